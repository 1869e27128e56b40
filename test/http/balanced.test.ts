import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, fetch as pooled } from "undici";
import { afterAll, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { builtCli } from "../world/build.js";
import { hasHaproxy, openHaproxy } from "../world/haproxy.js";

if (!hasHaproxy) console.log("SKIPPED: two servers behind haproxy, since there is no haproxy on this machine.");

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

const start = async (cli: string, upstream: string, delayMs: number) => {
  const args = ["start", "--port", "0", "--affise-api-url", upstream, "--shutdown-delay-ms", String(delayMs)];
  const child = spawn(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH, LOG_LEVEL: "silent" } });
  children.push(child);
  const exit = once(child, "close").then(([code]) => code as number | null);
  let said = "";
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const url = /GraphQL +(http\S+)\/graphql/.exec(said)?.[1];
    if (url) return { child, url, exit };
  }
  throw new Error(`did not start: ${said}`);
};

test.skipIf(!hasHaproxy)(
  "behind haproxy with its defaults, SIGTERM of one of two loses no request",
  { timeout: 120_000 },
  async () => {
    const cli = await builtCli();
    const sandbox = createSandbox({ offers: 20, affiliates: 5, advertisers: 2, conversions: 10 });
    const upstream = await sandbox.listen();
    const [one, two] = await Promise.all([start(cli, upstream.url, 4_000), start(cli, upstream.url, 4_000)]);
    const balancer = await openHaproxy([one.url, two.url], 400);
    await fetch(`${upstream.url}/sandbox/faults`, { method: "POST", body: '{"operation":"*","kind":"delay","ms":100}' });

    const agent = new Agent({ connections: 64 });
    const outcomes: string[] = [];
    let isOver = false;
    const client = async (first: number) => {
      for (let index = first; !isOver; index += 64) {
        const body = JSON.stringify({ query: `{ offers(first: 1, filter: { ids: [${(index % 500) + 1}] }) { totalCount } }` });
        const headers = { "content-type": "application/json", "api-key": "sandbox-general-manager" };
        try {
          const response = await pooled(`${balancer.url}/graphql`, { method: "POST", headers, body, dispatcher: agent });
          const { data } = (await response.json()) as { data?: { offers?: object } };
          outcomes.push(response.status === 200 && data?.offers ? "answered" : `status ${response.status}`);
        } catch (error) {
          outcomes.push(String((error as Error).cause ?? error));
        }
      }
    };
    const clients = Array.from({ length: 64 }, (_, first) => client(first));
    await expect.poll(() => outcomes.length, { timeout: 20_000 }).toBeGreaterThan(200);
    one.child.kill("SIGTERM");
    await sleep(200);
    // It says that it ends, and still takes what comes.
    const readiness = await fetch(`${one.url}/readyz`);
    expect([readiness.status, await readiness.json()]).toEqual([503, { status: "stopping" }]);
    expect((await fetch(`${one.url}/healthz`)).status).toBe(200);
    expect(await one.exit).toBe(0);
    const before = outcomes.length;
    await expect.poll(() => outcomes.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    isOver = true;
    await Promise.all(clients);
    expect(outcomes.filter((outcome) => outcome !== "answered")).toEqual([]);
    process.stdout.write(`haproxy, SIGTERM of one of two: ${outcomes.length} requests, all answered\n`);
    await agent.destroy();
    two.child.kill("SIGTERM");
    await balancer.stop();
    await upstream.close();
  },
);
