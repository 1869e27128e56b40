import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Audit, AuditEntry } from "../../src/audit/audit.js";
import { openAudit } from "../../src/audit/open.js";
import { logOptions } from "../../src/telemetry/log.js";
import { openWorld, type World } from "../world/world.js";
import { prepare } from "./prepare.js";
import { type Sample, samples } from "./sample.js";
import { askedFor, names } from "./walk.js";

const small = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };

/** A logger whose lines are read back. */
const openLog = () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      for (const line of String(chunk).trim().split("\n")) lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  return { logger: pino(logOptions("info"), sink), lines };
};

const inMemory = () => {
  const entries: AuditEntry[] = [];
  const audit: Audit = { take: (entry) => entries.push(entry), close: async () => {} };
  return { audit, entries };
};

const { audit, entries } = inMemory();
const world = await openWorld(small, { audit });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

const valuesIn = (input: unknown): string[] => {
  if (typeof input === "string") return [input];
  return input !== null && typeof input === "object" ? Object.values(input).flatMap(valuesIn) : [];
};

const fault = (one: Record<string, unknown>) =>
  fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify(one) });

describe("Every write has its line", () => {
  beforeEach(async () => {
    await world.sandbox.reset();
    await prepare(world);
    entries.length = 0;
  });

  test.for(names)("%s: one for each POST and DELETE, without a value that was sent", async (name) => {
    const { input, key = "sandbox-general-manager" } = known[name] ?? {};
    const { calls } = await world.askCounting(askedFor(name, "__typename"), {
      variables: { input },
      key,
      headers: { "idempotency-key": `secret-of-mine-${name}`, "x-request-id": `request-${name}` },
    });
    const writes = calls.filter((call) => !call.startsWith("GET "));
    expect(writes.length).toBeGreaterThan(0);
    expect(entries.map(({ operation }) => operation).sort()).toEqual(writes);
    for (const entry of entries) {
      expect(entry).toMatchObject({
        tenant: "sandbox",
        field: name,
        requestId: `request-${name}`,
        outcome: "DONE",
        status: 200,
      });
      expect(entry.path).toMatch(/^\/\d\.\d\/[\w/-]+$/);
      expect(Date.parse(entry.time)).toBeGreaterThan(0);
    }
    const text = JSON.stringify(entries);
    expect(text).not.toContain("secret-of-mine");
    expect(text).not.toContain(key);
    const ids = new Set(entries.flatMap((entry) => [...entry.ids, ...entry.path.split("/")]));
    for (const value of valuesIn(input)) if (!ids.has(value) && value.length > 3) expect(text).not.toContain(`"${value}"`);
  });

  test("what is read, refused unsent or only tried dry has none", async () => {
    await world.ask("{ offers(first: 3) { nodes { id } } }");
    await world.ask('mutation { updateOffer(input: { id: 1, title: "" }) { outcome } }');
    await world.ask('mutation { updateOffer(input: { id: 1, title: "x" }) { outcome } }', {
      headers: { "x-affise-dry-run": "1" },
    });
    expect(entries).toEqual([]);
  });

  test("a write that Affise refuses, and one that gets no answer, say so", async () => {
    await fault({ operation: "POST /3.0/admin/offer/{id}", kind: "status", status: 403, count: 1 });
    await world.ask('mutation { updateOffer(input: { id: 1, title: "One" }) { outcome } }');
    await fault({ operation: "POST /3.0/admin/offer/{id}", kind: "status", status: 502, count: 1 });
    await world.ask('mutation { updateOffer(input: { id: 2, title: "Two" }) { outcome } }');
    expect(entries).toMatchObject([
      { outcome: "REFUSED", status: 403, ids: ["1"], path: "/3.0/admin/offer/1" },
      { outcome: "UNKNOWN", status: 502, ids: ["2"], path: "/3.0/admin/offer/2" },
    ]);
  });

  test("names the items of a bulk change, and the user once the profile has been read", async () => {
    await world.ask("{ viewer { __typename ... on User { id } } }");
    await world.ask(
      "mutation { updateOffers(input: { changes: [{ offerIds: [1, 2, 3], status: SUSPENDED }] }) { results { outcome } } }",
    );
    expect(entries).toMatchObject([
      { ids: ["1", "2", "3"], field: "updateOffers", user: expect.stringMatching(/\w+ .*\d+|\w+/) },
    ]);
  });
});

const change = 'mutation { updateOffer(input: { id: 1, title: "Another" }) { outcome } }';
const opened: World[] = [];
const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});
const openAudited = async (...[to, logger]: Parameters<typeof openAudit>) => {
  const made = openAudit(to, logger);
  const one = await openWorld(small, { logger, audit: made });
  opened.push(one);
  return { world: one, audit: made };
};

describe("Where it goes", () => {
  test("the log, unless told otherwise", async () => {
    const { logger, lines } = openLog();
    const one = await openWorld(small, { logger });
    opened.push(one);
    await one.ask(change);
    expect(lines.filter(({ msg }) => msg === "write")).toMatchObject([
      { audit: { field: "updateOffer", operation: "POST /3.0/admin/offer/{id}", ids: ["1"], outcome: "DONE" } },
    ]);
  });

  test("a file, which may be moved away under it", async () => {
    const { logger, lines } = openLog();
    const file = join(folder, "audit.jsonl");
    const { world: one } = await openAudited({ file }, logger);
    await one.ask(change);
    const first = readFileSync(file, "utf8").trim().split("\n");
    expect(first.map((line) => JSON.parse(line) as AuditEntry)).toMatchObject([{ ids: ["1"], outcome: "DONE" }]);
    renameSync(file, `${file}.1`);
    process.emit("SIGHUP");
    await one.ask(change);
    await expect.poll(() => readFileSync(file, "utf8")).toContain('"outcome":"DONE"');
    expect(readFileSync(`${file}.1`, "utf8").trim().split("\n")).toHaveLength(1);
    expect(lines.filter(({ msg }) => msg === "write")).toEqual([]);
  });

  test("a file whose folder is gone goes on as it was, and is found again", async () => {
    const { logger, lines } = openLog();
    const place = join(folder, "rotated");
    const file = join(place, "audit.jsonl");
    mkdirSync(place);
    const { world: one } = await openAudited({ file }, logger);
    renameSync(place, `${place}.1`);
    process.emit("SIGHUP");
    await one.ask(change);
    expect(lines).toContainEqual(expect.objectContaining({ msg: expect.stringContaining("cannot be opened anew") as string }));
    expect(readFileSync(join(`${place}.1`, "audit.jsonl"), "utf8")).toContain('"outcome":"DONE"');
    mkdirSync(place);
    process.emit("SIGHUP");
    await one.ask(change);
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
    expect(lines.filter(({ msg }) => msg === "write")).toEqual([]);
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that is full: each line is in the log", async () => {
    const { logger, lines } = openLog();
    const { world: one } = await openAudited({ file: "/dev/full" }, logger);
    await one.ask(change);
    await one.ask(change);
    expect(lines.filter(({ msg }) => msg === "write")).toMatchObject([
      { audit: { ids: ["1"], outcome: "DONE" } },
      { audit: { ids: ["1"], outcome: "DONE" } },
    ]);
  });

  test("a file that cannot be opened is a fault at the start", () => {
    const { logger } = openLog();
    expect(() => openAudit({ file: join(folder, "nowhere", "audit.jsonl") }, logger)).toThrow();
  });

  test("a webhook gets lists; one that fails is tried again, and what it never takes is in the log", async () => {
    const { logger, lines } = openLog();
    const taken: AuditEntry[][] = [];
    let answers = [503, 200];
    const hook = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += String(chunk);
      });
      request.on("end", () => {
        const status = answers.shift() ?? 200;
        if (status === 200) taken.push(JSON.parse(text) as AuditEntry[]);
        response.writeHead(status).end();
      });
    }).listen(0, "127.0.0.1");
    await once(hook, "listening");
    const webhook = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/audit`;
    const { world: one, audit: made } = await openAudited({ webhook }, logger);
    await one.ask(change);
    await one.ask(change);
    await made.close();
    expect(taken.flat()).toMatchObject([{ ids: ["1"] }, { ids: ["1"] }]);
    answers = [400];
    await one.ask(change);
    await made.close();
    expect(taken.flat()).toHaveLength(2);
    expect(lines.filter(({ msg }) => msg === "write")).toMatchObject([{ audit: { ids: ["1"] } }]);
    expect(JSON.stringify(lines)).toContain("takes nothing");
    hook.close();
  });
});

test("A fault of this server that the answer holds as data is one line of the log, with the request", async () => {
  const { logger, lines } = openLog();
  const broken: Audit = {
    take() {
      throw new TypeError("broken on purpose");
    },
    close: async () => {},
  };
  const one = await openWorld(small, { logger, audit: broken });
  opened.push(one);
  const { data } = await one.ask(
    "mutation { updateOffers(input: { changes: [{ offerIds: [1], status: SUSPENDED }] }) { results { outcome error { code } } } }",
    { headers: { "x-request-id": "the-request" } },
  );
  expect(data).toEqual({ updateOffers: { results: [{ outcome: "UNKNOWN", error: { code: "INTERNAL_SERVER_ERROR" } }] } });
  expect(lines.filter(({ level }) => level === 50)).toMatchObject([
    { requestId: "the-request", err: { stack: expect.stringContaining("broken on purpose") } },
  ]);
});
