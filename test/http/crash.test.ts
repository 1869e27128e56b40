import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Agent, request } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { folder, serving, tidyUp } from "../cli/launch.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";

tidyUp();

/** An Affise that makes a category with each POST, and answers it when it is told to. */
const held: ServerResponse[] = [];
let posts = 0;
let holds = true;
const answer = (response: ServerResponse) =>
  response
    .setHeader("content-type", "application/json")
    .end(JSON.stringify({ status: 1, category: { id: "5f0000000000000000000001", title: "New" } }));
const upstream = createServer((asked, response) => {
  asked.resume();
  if (asked.method === "POST") posts += 1;
  if (asked.method === "POST" && holds) held.push(response);
  else answer(response);
});
const release = () => {
  for (const one of held.splice(0)) answer(one);
};
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const one of held.splice(0)) one.destroy();
  posts = 0;
  holds = true;
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

const create = 'mutation ($title: String! = "New") { createCategory(input: { title: $title }) { category { title } } }';

interface Sent {
  status: number;
  replayed: boolean;
  code?: string | undefined;
  outcome?: string | undefined;
  message?: string | undefined;
}

/** One connection, which stays with the process that it came to. */
const caller = (address: string) => {
  const dispatcher = new Agent({ connections: 1, keepAliveTimeout: 60_000 });
  return async (idempotencyKey: string, { key = "any", title }: { key?: string; title?: string } = {}): Promise<Sent> => {
    const { statusCode, headers, body } = await request(`${address}/graphql`, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/json", "api-key": key, "idempotency-key": idempotencyKey },
      body: JSON.stringify({ query: create, variables: { title } }),
    });
    const { errors } = (await body.json()) as { errors?: { message: string; extensions: Pick<Sent, "code" | "outcome"> }[] };
    const replayed = headers["idempotent-replayed"] === "true";
    const { message, extensions } = errors?.[0] ?? {};
    return { status: statusCode, replayed, message, code: extensions?.code, outcome: extensions?.outcome };
  };
};

const settings = () => ({ AFFISE_API_URL: url, UPSTREAM_TIMEOUT_MS: "3000" });
const start = (args: readonly string[], environment: Record<string, string> = {}) =>
  serving(["start", "--port", "0", ...args], { ...settings(), ...environment });
const workersOf = (pid: number | undefined) =>
  spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
    .map(Number);
/** A connection that Node's cluster had handed to a worker just as that was killed is never answered: it is given up, and asked anew. */
const isThere = (address: string) => {
  const probe = () =>
    fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
      ({ status }) => status,
      () => 0,
    );
  return expect.poll(probe).toBe(200);
};
const unknown = {
  status: 409,
  outcome: "UNKNOWN",
  replayed: false,
  message: expect.stringContaining("look before you repeat it with a new key"),
};

/** Sends a write and ends whoever carries it out before its answer is there. */
const crashed = async (address: string, kill: () => void) => {
  const lost = caller(address)("crashed").catch(() => "cut off");
  await expect.poll(() => posts).toBe(1);
  kill();
  expect(await lost).toBe("cut off");
};

/** What holds after a crash, at whoever is there now. */
const isTold = async (address: string) => {
  const ask = caller(address);
  expect(await ask("crashed")).toMatchObject(unknown);
  expect(await ask("crashed")).toMatchObject(unknown);
  expect(await ask("crashed", { title: "Other" })).toMatchObject({ status: 422, code: "BAD_USER_INPUT" });
  expect(posts).toBe(1);
  holds = false;
  expect(await ask("crashed", { key: "another" })).toMatchObject({ status: 200, replayed: false, code: undefined });
  expect(await ask("crashed-not")).toMatchObject({ status: 200, replayed: false, code: undefined });
  expect(posts).toBe(3);
};

describe("killed between a write and its answer", () => {
  test("workers without Redis: the repeat is told that nobody knows, and sends nothing", async () => {
    const { address, child } = await start(["--workers", "2"]);
    await crashed(address, () => {
      for (const pid of workersOf(child.pid)) process.kill(pid, "SIGKILL");
    });
    await isThere(address);
    await isTold(address);
  });
});

describe("workers whose first process stands still", () => {
  const frozen = async (during: () => Promise<Sent>, pid: number | undefined): Promise<Sent> => {
    process.kill(pid as number, "SIGSTOP");
    try {
      return await during();
    } finally {
      process.kill(pid as number, "SIGCONT");
    }
  };

  test("send nothing, and take the same request as the first afterwards", async () => {
    const { address, child } = await start(["--workers", "2"]);
    const ask = caller(address);
    holds = false;
    await ask("before");
    const refused = await frozen(() => ask("frozen"), child.pid);
    expect(refused).toMatchObject({ status: 503, code: "OVERLOADED", outcome: "NOT_SENT" });
    expect(posts).toBe(1);
    await expect.poll(() => ask("frozen"), { interval: 200 }).toMatchObject({ status: 200, code: undefined });
    expect(posts).toBe(2);
  });

  test("tell what was done, and repeat it afterwards", async () => {
    const { address, child } = await start(["--workers", "2"]);
    const ask = caller(address);
    const first = ask("done");
    await expect.poll(() => posts).toBe(1);
    const told = await frozen(() => {
      release();
      return first;
    }, child.pid);
    expect(told).toMatchObject({ status: 200, replayed: false, code: undefined });
    expect(await ask("done")).toMatchObject({ status: 200, replayed: true, code: undefined });
    expect(posts).toBe(1);
  });
});

describe.skipIf(!hasRedis)("killed between a write and its answer, over Redis", () => {
  let store: RedisProcess;
  beforeEach(async () => {
    store = await openRedis();
  });
  afterEach(() => store.stop());
  const ready = async (address: string) => {
    holds = false;
    await expect.poll(() => caller(address)("ready"), { interval: 200 }).toMatchObject({ status: 200 });
    holds = true;
    posts = 0;
  };

  test("one process: whoever comes after it tells that nobody knows, and its audit has whole lines", async () => {
    const AUDIT_FILE = join(folder, "crash.jsonl");
    const { address, child, ended } = await start([], { REDIS_URL: store.url, AUDIT_FILE });
    await ready(address);
    await crashed(address, () => child.kill("SIGKILL"));
    await ended;
    const again = await start([], { REDIS_URL: store.url, AUDIT_FILE });
    await isTold(again.address);
    const lines = readFileSync(AUDIT_FILE, "utf8").trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(["DONE", "DONE", "DONE"]);
  });

  test("two workers: the other one tells it", async () => {
    const { address, child } = await start(["--workers", "2"], {
      REDIS_URL: store.url,
      AUDIT_FILE: join(folder, "crash-2.jsonl"),
    });
    await ready(address);
    await crashed(address, () => {
      for (const pid of workersOf(child.pid)) process.kill(pid, "SIGKILL");
    });
    await isThere(address);
    await isTold(address);
  });
});
