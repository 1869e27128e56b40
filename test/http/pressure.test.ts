import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { serving, tidyUp } from "../cli/launch.js";
import { openWorld } from "../world/world.js";

tidyUp();

const ask = (url: string) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
    body: '{"query":"{ __typename }"}',
  });

test("a server that is behind turns requests away, says so, and is ready again after", async () => {
  const world = await openWorld({ offers: 5, affiliates: 2, advertisers: 2, conversions: 0 }, { pressure: { lagMs: 60 } });
  let isBusy = true;
  const work = () => {
    for (const end = performance.now() + 150; performance.now() < end; );
    if (isBusy) setTimeout(work, 1);
  };
  work();
  await expect.poll(async () => (await fetch(`${world.url}/readyz`)).status).toBe(503);
  const refused = await ask(world.url);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "OVERLOADED" } }] });
  isBusy = false;
  await expect.poll(async () => (await ask(world.url)).status).toBe(200);
  await world.close();
});

const canLimit = spawnSync("prlimit", ["--version"]).status === 0;
if (!canLimit) process.stderr.write("SKIPPED: a server out of file descriptors needs prlimit (Linux).\n");

test.skipIf(!canLimit)("a server that has no file left to open outlives it", async () => {
  const { child, address, said } = await serving(["start", "--port", "0"]);
  spawnSync("prlimit", ["--pid", String(child.pid), "--nofile=40:40"]);
  const { port } = new URL(address);
  const sockets = Array.from({ length: 200 }, () => connect(Number(port), "127.0.0.1").on("error", () => undefined));
  // What looks at the process's own state does so every second.
  await sleep(2_500);
  for (const socket of sockets) socket.destroy();
  expect([child.exitCode, said.error]).toEqual([null, expect.not.stringContaining("EMFILE")]);
  await expect.poll(async () => ask(address).then(({ status }) => status, String)).toBe(200);
});
