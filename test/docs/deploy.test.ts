import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { settings } from "../../src/config.js";
import { hasHaproxy } from "../world/haproxy.js";

const hasNginx = spawnSync("nginx", ["-v"]).status === 0;
for (const [name, has] of Object.entries({ haproxy: hasHaproxy, nginx: hasNginx })) {
  if (!has) console.log(`SKIPPED: the syntax of the example for ${name}, which is not on this machine.`);
}

test.skipIf(!hasHaproxy)("the example for haproxy is taken by haproxy", () => {
  const { status, stderr } = spawnSync("haproxy", ["-c", "-f", "deploy/proxy/haproxy.cfg"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, expect.not.stringMatching(/WARNING|ALERT/)]);
});

test.skipIf(!hasNginx)("the example for nginx is taken by nginx", () => {
  const folder = mkdtempSync(join(tmpdir(), "affise-graphql-nginx-"));
  const globals = `pid ${folder}/nginx.pid; error_log stderr;`;
  const { status, stderr } = spawnSync(
    "nginx",
    ["-t", "-q", "-p", folder, "-c", `${process.cwd()}/deploy/proxy/nginx.conf`, "-g", globals],
    { encoding: "utf8" },
  );
  rmSync(folder, { recursive: true, force: true });
  expect([status, stderr]).toEqual([0, expect.not.stringMatching(/\[emerg\]/)]);
});

test("the Kustomize base is whole: its files are there, and its settings are ours", () => {
  const folder = "deploy/kustomize";
  const files = readdirSync(folder).filter((name) => name !== "kustomization.yaml");
  const read = (name: string) => parseAllDocuments(readFileSync(join(folder, name), "utf8")).map((one) => one.toJS());
  for (const name of files)
    for (const one of read(name))
      expect([name, one.kind, one.metadata.name]).toEqual([name, expect.any(String), "affise-graphql"]);
  const [base] = read("kustomization.yaml");
  expect([...base.resources].sort()).toEqual(files.sort());
  const given = new Map<string, string>(
    base.configMapGenerator[0].literals.map((one: string) => one.split(/=(.*)/s).slice(0, 2)),
  );
  const [{ spec }] = read("deployment.yaml");
  const [server] = spec.template.spec.containers;
  for (const name of [...given.keys(), ...server.env.map((one: { name: string }) => one.name)]) {
    expect([...Object.keys(settings), "NODE_ENV"]).toContain(name);
  }
  const needed = Number(given.get("SHUTDOWN_DELAY_MS")) + Number(given.get("SHUTDOWN_TIMEOUT_MS"));
  expect(spec.template.spec.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(needed);
  expect(server.env[0].valueFrom.secretKeyRef).toMatchObject({ key: "STORE_SECRET" });
});

test("each promise of SECURITY.md names tests that there are", () => {
  const text = readFileSync("SECURITY.md", "utf8");
  const named = [...text.matchAll(/`([a-z-]+\/[\w.-]+\.test\.ts)`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !existsSync(join("test", name)))).toEqual([]);
  const promises = text
    .slice(text.indexOf("## What is promised"), text.indexOf("## What it leaves to you"))
    .split(/\n- /)
    .slice(1);
  expect(promises.filter((promise) => !/`[a-z-]+\/[\w.-]+\.test\.ts`/.test(promise))).toEqual([]);
});
