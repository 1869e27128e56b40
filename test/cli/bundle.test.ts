import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { at } from "../world/build.js";
import { cli, launch, run, tidyUp } from "./launch.js";

const built = dirname(cli);

// The command as it is built, with no package in any folder above it.
const alone = mkdtempSync(join(tmpdir(), "affise-graphql-alone-"));
mkdirSync(join(alone, "dist"));
for (const name of readdirSync(built).filter((one) => one.endsWith(".js"))) cpSync(join(built, name), join(alone, "dist", name));
for (const name of ["schema", "package.json"]) cpSync(at(name), join(alone, name), { recursive: true });
afterAll(() => rmSync(alone, { recursive: true }));

const command = join(alone, "dist/cli.js");
const small = { SANDBOX_OFFERS: "20", SANDBOX_CONVERSIONS: "10" };
tidyUp();

describe("the built command, with no packages beside it", () => {
  test("asks, and prints the schema", async () => {
    const { code, out } = await run(["query", "{ offers(first: 1) { nodes { id } } }", "--json"], small, command);
    expect([code, JSON.parse(out)]).toEqual([0, { data: { offers: { nodes: [{ id: "1" }] } } }]);
    expect(await run(["schema"], small, command)).toMatchObject({ code: 0, out: readFileSync(at("schema.graphql"), "utf8") });
  });

  test("serves, in workers, with metrics and its log for people", async () => {
    const flags = ["--port", "0", "--workers", "2", "--federation", "--log-format", "pretty"];
    const { child, said, ended } = launch(["start", ...flags], small, command);
    await expect.poll(() => said.error).toMatch(/GraphQL +http/);
    const [url = ""] = /(?<=GraphQL +)http:\S+/.exec(said.error) ?? [];
    const headers = { "content-type": "application/json", "api-key": "sandbox-general-manager" };
    const body = JSON.stringify({ query: "{ viewer { __typename } }" });
    expect(await (await fetch(url, { method: "POST", headers, body })).json()).toMatchObject({ data: { viewer: {} } });
    expect(await (await fetch(new URL("/metrics", url))).text()).toContain("process_cpu_seconds_total");
    child.kill();
    expect(await ended).toBe(0);
  });

  test("carries the notices of what it is made of", () => {
    const notices = readFileSync(join(built, "licenses.md"), "utf8");
    const { dependencies } = JSON.parse(readFileSync(at("package.json"), "utf8")) as { dependencies: Record<string, string> };
    const missing = Object.entries(dependencies).filter(([name, version]) => !notices.includes(`## ${name} - ${version} (`));
    expect(missing).toEqual([]);
  });

  test("says which packages traces need", async () => {
    const { code, error } = await run(
      ["start", "--port", "0"],
      { ...small, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" },
      command,
    );
    expect(code).toBe(2);
    expect(error).toMatch(/needs the optional packages @opentelemetry\/.*: npm install --include=optional\.\n/);
    expect(error).not.toMatch(/\n +at /);
  });
});
