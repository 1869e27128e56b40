import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { freePort } from "../world/redis.js";
import { cli, folder, launch, tidyUp } from "./launch.js";

tidyUp();

test("who reads the output may stop when it has seen enough", async () => {
  const { child, said, ended } = launch(["schema"]);
  child.stdout.destroy();
  expect([await ended, said.error]).toEqual([0, ""]);
});

test.skipIf(!existsSync("/dev/full"))("a disk that is full is told in a sentence, and is 1", async () => {
  for (const args of [["schema"], ["completion", "bash"], ["doctor"], ["query", "{ viewer { __typename } }"]]) {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect([status, stderr.replace(/^Asking .* …\n/gm, "")]).toEqual([
      1,
      expect.stringMatching(/^affise-graphql: the output cannot be written: ENOSPC[^\n]*\n$/),
    ]);
  }
});

test("a server whose words nobody reads any more serves on", { timeout: 60_000 }, async () => {
  const port = await freePort();
  const { child } = launch(["start", "--port", String(port), "--workers", "2", "--log-level", "silent", "--sandbox-offers", "5"]);
  child.stderr.destroy();
  child.stdout.destroy();
  const status = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 40_000 }).toBe(200);
  expect(child.exitCode).toBeNull();
});
