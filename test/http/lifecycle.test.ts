import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { Agent, fetch as pooled } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { builtCli } from "../world/build.js";
import { hasRedis, openRedis } from "../world/redis.js";
import { openWorld } from "../world/world.js";

const cli = await builtCli();
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const small = "--sandbox-offers 20 --sandbox-affiliates 5 --sandbox-advertisers 2 --sandbox-conversions 10".split(" ");

interface Running {
  child: ChildProcess;
  said(): string;
  logged(): string;
  exit: Promise<number | null>;
}

const run = (args: readonly string[], environment: Record<string, string> = {}): Running => {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
  });
  running.push(child);
  let said = "";
  let logged = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  child.stdout?.on("data", (chunk) => {
    logged += String(chunk);
  });
  return { child, said: () => said, logged: () => logged, exit: once(child, "close").then(([code]) => code as number | null) };
};

const ready = async ({ said, exit }: Running): Promise<string> => {
  let code: number | null | undefined;
  void exit.then((found) => {
    code = found;
  });
  for (;;) {
    const url = /GraphQL +(http\S+)\/graphql/.exec(said())?.[1];
    if (url) return url;
    if (code !== undefined) throw new Error(`ended with ${code}: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Progress, which a slow machine shows, is not the line that counts. */
const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .filter((line) => !line.endsWith(" …"));

describe("one clear line and exit code 2", { timeout: 60_000 }, () => {
  test.each([
    ["a bad URL", ["start", "--affise-api-url", "acme"], {}, /^affise-graphql: --affise-api-url must be a URL such as/],
    [
      "a password in the API URL",
      ["start"],
      { AFFISE_API_URL: "https://me:geheim@api.acme.com" },
      /^affise-graphql: AFFISE_API_URL must not hold a user or password, not "https:\/\/…@api/,
    ],
    [
      "an address of another machine",
      ["start", "--port", "0", "--host", "203.0.113.7", ...small],
      {},
      /^affise-graphql: HOST 203\.0\.113\.7 is no address/,
    ],
    [
      "Redis out of reach",
      ["start", "--redis-url", "redis://127.0.0.1:1", ...small],
      {},
      /^affise-graphql: REDIS_URL: Redis at 127\.0\.0\.1:1 cannot be reached \(.*ECONNREFUSED/,
    ],
  ] as const)("%s", async (_what, args, environment, line) => {
    const server = run(args, environment);
    expect(await server.exit).toBe(2);
    expect(lines(server.said())).toEqual([expect.stringMatching(line)]);
  });
});

describe("SIGTERM", { timeout: 60_000 }, () => {
  test("under load loses no accepted request, and the process ends with 0", async () => {
    const sandbox = createSandbox({ offers: 20, affiliates: 5, advertisers: 2, conversions: 10 });
    const upstream = await sandbox.listen();
    const server = run(["start", "--port", "0", "--affise-api-url", upstream.url]);
    const url = await ready(server);
    await fetch(`${upstream.url}/sandbox/faults`, { method: "POST", body: '{"operation":"*","kind":"delay","ms":60}' });

    const agent = new Agent({ connections: 16 });
    const body = JSON.stringify({ query: "{ offer(id: 1) { id advertiser { id } } }" });
    const headers = { "content-type": "application/json", "api-key": "sandbox-general-manager" };
    const outcomes: string[] = [];
    let killed = false;
    const client = async () => {
      for (;;) {
        const before = killed;
        try {
          const response = await pooled(`${url}/graphql`, { method: "POST", headers, body, dispatcher: agent });
          const { data } = (await response.json()) as { data?: { offer?: { id: string } } };
          outcomes.push(response.status === 200 && data?.offer?.id === "1" ? "answered" : `status ${response.status}`);
        } catch (error) {
          const { code } = (error as Error).cause as NodeJS.ErrnoException;
          // Nobody listens any more: the one thing that a stopping server may do to new requests.
          if (code === "ECONNREFUSED") return;
          outcomes.push(`${code} ${before ? "after" : "before"} the signal`);
          return;
        }
      }
    };
    const clients = Array.from({ length: 16 }, client);
    while (outcomes.length < 100) await new Promise((resolve) => setTimeout(resolve, 10));
    killed = true;
    server.child.kill("SIGTERM");
    await Promise.all(clients);
    expect(await server.exit).toBe(0);
    expect(outcomes.filter((outcome) => outcome !== "answered")).toEqual([]);
    process.stdout.write(`SIGTERM under load: ${outcomes.length} requests, all answered\n`);
    await agent.destroy();
    await upstream.close();
  });

  test("a request that never ends is given up in the end", async () => {
    const sandbox = createSandbox({ offers: 20, affiliates: 5, advertisers: 2, conversions: 10 });
    const upstream = await sandbox.listen();
    const server = run(["start", "--port", "0", "--affise-api-url", upstream.url, "--shutdown-timeout-ms", "300"]);
    const url = await ready(server);
    await fetch(`${upstream.url}/sandbox/faults`, { method: "POST", body: '{"operation":"*","kind":"hang"}' });
    const hanging = fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
      body: JSON.stringify({ query: "{ offer(id: 1) { id } }" }),
    }).then(
      () => "answered",
      () => "given up",
    );
    while (!Object.keys(sandbox.calls()).length) await new Promise((resolve) => setTimeout(resolve, 10));
    const start = performance.now();
    server.child.kill("SIGTERM");
    expect(await server.exit).toBe(0);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await hanging).toBe("given up");
    await upstream.close();
  });
});

describe("stopping", () => {
  test("readyz says so on connections that are still open, and what runs is answered", async () => {
    const world = await openWorld({ offers: 20, affiliates: 5, advertisers: 2, conversions: 10 });
    const agent = new Agent({ connections: 1 });
    const ask = (path: string) => pooled(`${world.url}${path}`, { dispatcher: agent });
    expect((await ask("/readyz")).status).toBe(200);
    await fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: '{"operation":"*","kind":"delay","ms":200}' });
    const asked = world.ask("{ offer(id: 1) { id } }");
    while (!Object.keys(world.sandbox.calls()).length) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = world.close();
    const readiness = await ask("/readyz");
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toEqual({ status: "stopping" });
    expect(readiness.headers.get("connection")).toBe("close");
    expect((await asked).data).toEqual({ offer: { id: "1" } });
    await closed;
    await agent.destroy();
  });
});

test("keys that travel in clear: a warning names each network that they go to so, and no other", {
  timeout: 60_000,
}, async () => {
  const networks = {
    "http://api-acme.example.com": true,
    "http://localhost.example.com": true,
    "http://10.example.com": true,
    "http://203.0.113.7:8080": true,
    "https://api-acme.example.com": false,
    "http://127.0.0.1:9": false,
    "http://localhost:9": false,
    "http://affise": false,
    "http://192.168.1.2": false,
  };
  const tenants = Object.keys(networks).map((url, index) => `network${index}=${url}`);
  const server = run(["start", "--port", "0", "--affise-tenants", tenants.join(","), "--log-level", "silent"]);
  await ready(server);
  const warned = Object.entries(networks).flatMap(([url, isWarned]) => (isWarned ? [new URL(url).host] : []));
  expect(server.said().match(/WARNING.*/g)).toEqual([
    `WARNING: API keys go to ${warned.join(", ")} by http://, in clear. Use https://.`,
  ]);
});

/** The processes that a process has started. */
const childrenOf = (pid = 0): number[] => {
  const task = `/proc/${pid}/task/${pid}/children`;
  return existsSync(task) ? readFileSync(task, "utf8").trim().split(" ").filter(Boolean).map(Number) : [];
};

test.skipIf(!hasRedis || !existsSync("/proc/self/task"))(
  "workers that die while Redis is away are started again, later each time, until it is back",
  { timeout: 90_000 },
  async () => {
    const redis = await openRedis();
    const server = run(["start", "--port", "0", "--workers", "2", "--log-level", "silent", "--redis-url", redis.url, ...small]);
    const url = await ready(server);
    expect(childrenOf(server.child.pid)).toHaveLength(2);
    await redis.stop();
    for (const pid of childrenOf(server.child.pid)) process.kill(pid, "SIGKILL");
    // Both died, were tried again, and could not come up.
    const deaths = () => server.said().match(/^Worker \d+ ended/gm)?.length ?? 0;
    await expect.poll(deaths, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
    await redis.start();
    const answers = async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.status;
    await expect.poll(answers, { timeout: 60_000 }).toBe(200);
    await expect.poll(() => childrenOf(server.child.pid).length, { timeout: 60_000 }).toBe(2);
    server.child.kill("SIGTERM");
    expect(await server.exit).toBe(0);
    await redis.stop();
  },
);

test("two workers without Redis hold one promise: 200 repeats of a mutation at once are one write", {
  timeout: 120_000,
}, async () => {
  const server = run(["start", "--port", "0", "--workers", "2", "--log-level", "silent", ...small]);
  const url = await ready(server);
  const query = 'mutation { createCategory(input: { title: "One" }) { category { id } } }';
  const pool = new Agent({ connections: 40, pipelining: 0 });
  const post = async () => {
    const response = await pooled(`${url}/graphql`, {
      method: "POST",
      dispatcher: pool,
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager", "idempotency-key": "workers" },
      body: JSON.stringify({ query }),
    });
    return response.text();
  };
  const answers = new Set(await Promise.all(Array.from({ length: 200 }, post)));
  expect([...answers]).toEqual([expect.stringMatching(/"createCategory":\{"category":\{"id":"\w+"\}\}/)]);
  const calls = (await (await fetch(`${url}/sandbox/calls`)).json()) as Record<string, number>;
  expect(calls["POST /3.0/admin/category"]).toBe(1);
  await pool.close();
  server.child.kill("SIGTERM");
  expect(await server.exit).toBe(0);
});

test("where answers are too much to keep, a repeat is told so and sends nothing", { timeout: 120_000 }, async () => {
  const server = run(["start", "--port", "0", "--workers", "2", "--cache-bytes", "1000000", "--log-level", "silent", ...small]);
  const url = await ready(server);
  const columns = Array.from({ length: 100 }, (_, at) => `title${at}: title`).join(" ");
  const query = `mutation ($title: String!) { createCategory(input: { title: $title }) { category { ${columns} } } }`;
  const post = async (key: number) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager", "idempotency-key": `large-${key}` },
      body: JSON.stringify({ query, variables: { title: `${key} ${"x".repeat(200)}` } }),
    });
    return `${response.status} ${await response.text()}`;
  };
  const many = 40;
  const first = await Promise.all(Array.from({ length: many }, (_, key) => post(key)));
  for (const answer of first) expect(answer).toMatch(/^200 \{"data":\{"createCategory":\{"category":\{"title0":/);
  const again = await Promise.all(Array.from({ length: many }, (_, key) => post(key)));
  const gone = again.filter((answer, key) => answer !== first[key]);
  expect(gone.length).toBeGreaterThan(0);
  for (const answer of gone) expect(answer).toMatch(/^409 .*too much to keep.*"outcome":"UNKNOWN"/);
  const calls = (await (await fetch(`${url}/sandbox/calls`)).json()) as Record<string, number>;
  expect(calls["POST /3.0/admin/category"]).toBe(many);
  server.child.kill("SIGTERM");
  expect(await server.exit).toBe(0);
});
