import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import { flatten } from "../../src/contract/schema.js";
import { openProxied } from "../world/proxied.js";
import { openWorld } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { askedFor, names, payloadOf, queryOf, toldBy } from "./walk.js";

// What is looked up is a sandbox's; what answers writes is here, and carries out nothing.
const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const { world, proxy } = await openProxied(few, { session: { breakMs: 0, timeoutMs: 60_000 } });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

type Answer = (response: ServerResponse) => void;

/** An answer, what became of the write that got it, the code of the error, and whether the answer says why. */
interface Kind {
  what: string;
  answer: Answer;
  outcome: "REFUSED" | "UNKNOWN";
  code: string;
  says?: string;
}

const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

const lost = { outcome: "UNKNOWN", code: "UPSTREAM_FAILED" } as const;
const reason = "Affiliate cannot use this offer";
const refusals = [
  { status: "2", message: reason },
  { status: 2, error: reason },
  { status: 0, error: [reason] },
  { status: 3, errors: { offer: reason } },
  { success: false, message: { text: reason } },
  { errors: [reason] },
  { status: "error", error: reason },
  { status: "failed", message: reason },
];
const silent = [
  ...[{ status: "2" }, { status: 2 }, { status: 0 }, { status: 3 }, { success: false }, { status: "error" }, { status: null }],
  ...[{ status: "7" }, { status: {} }, { status: [] }, { errors: [] }, {}, [], [{ status: 1 }], 42, 1, null, "ok", true, false],
  ...[
    { status: 1, error: reason },
    { status: 1, errors: { offer: reason } },
    { status: 1, success: false },
    { status: 1, success: 0 },
  ],
];

const kinds: Kind[] = [
  ...refusals.map((one): Kind => {
    const body = JSON.stringify(one);
    return { what: body, answer: text(200, body), outcome: "REFUSED", code: "BAD_USER_INPUT", says: reason };
  }),
  ...silent.map((one): Kind => ({ what: JSON.stringify(one), answer: text(200, JSON.stringify(one)), ...lost })),
  ...[
    ...[{ errors: [reason] }, { error: reason }, { errors: { offer: reason } }].flatMap((wrong) =>
      [{ status: 1 }, { status: "1" }, { success: true }].map((good) => ({ ...good, ...wrong })),
    ),
    { status: 1, success: false, message: reason },
  ].map((one): Kind => ({ what: JSON.stringify(one), answer: text(200, JSON.stringify(one)), ...lost, says: reason })),
  { what: "a web page", answer: text(200, "<!DOCTYPE html><html>Welcome</html>", { "content-type": "text/html" }), ...lost },
  { what: "an empty body", answer: text(200, ""), ...lost },
  { what: "no content", answer: text(204, ""), ...lost },
  { what: "half of an answer", answer: text(200, '{"status":1,"offer":{"id":1'), ...lost },
  {
    what: "a connection cut before the answer",
    answer: (response) => response.destroy(),
    ...lost,
    code: "UPSTREAM_UNREACHABLE",
  },
  {
    what: "a connection cut in the middle of it",
    answer: (response) => {
      response.writeHead(200, { "content-length": "100" }).write('{"status":1,', () => response.destroy());
    },
    ...lost,
    code: "UPSTREAM_UNREACHABLE",
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Kind => ({ what: `${status}`, answer: text(status, "", { location: "/elsewhere" }), ...lost }),
  ),
  ...[408, 460, 499, 500, 502, 503, 504, 524].flatMap((status): Kind[] => [
    { what: `${status}`, answer: text(status, "<html>Bad gateway</html>"), ...lost },
    { what: `${status} in words`, answer: text(status, JSON.stringify({ status: 2, error: reason })), ...lost, says: reason },
  ]),
  ...[400, 401, 403, 404, 409, 429].flatMap((status) =>
    [{ status: 1 }, { status: "success", message: reason }, { success: true, error: reason }].map((one): Kind => {
      const body = JSON.stringify(one);
      return { what: `${status} ${body}`, answer: text(status, body), ...lost, says: "error" in one ? reason : "" };
    }),
  ),
  { what: "429", answer: text(429, "", { "retry-after": "1" }), outcome: "REFUSED", code: "UPSTREAM_RATE_LIMITED" },
  { what: "400", answer: text(400, ""), outcome: "REFUSED", code: "BAD_USER_INPUT" },
  {
    what: "400 in words",
    answer: text(400, JSON.stringify({ status: 2, error: reason })),
    outcome: "REFUSED",
    code: "BAD_USER_INPUT",
    says: reason,
  },
  { what: "401", answer: text(401, '{"status":2}'), outcome: "REFUSED", code: "UNAUTHENTICATED" },
  { what: "403", answer: text(403, '{"status":2}'), outcome: "REFUSED", code: "FORBIDDEN" },
  { what: "404", answer: text(404, '{"status":2}'), outcome: "REFUSED", code: "NOT_FOUND" },
];

/** A login that is refused is not about an API key, whatever its status. */
const isLogin = (name: string) => name.startsWith("logIn");
const codeFor = (name: string, code: string) =>
  isLogin(name) && ["FORBIDDEN", "NOT_FOUND"].includes(code) ? "UNAUTHENTICATED" : code;

/** Where a network's Affise has no page for these (404), they are asked for once at the older path. */
const olderPaths: Record<string, string> = {
  rotateOwnApiKey: "POST /3.1/partner/api_key",
  deletePayments: "POST /3.1/payments/delete/{id}",
};

const unknown = /look before you repeat it/;

const run = async (name: string, query = queryOf(name), { ask } = world) => {
  const { input, key } = known[name] ?? {};
  const reply = await ask(query, { variables: { input }, key });
  expect(JSON.stringify(reply)).not.toContain("INTERNAL_SERVER_ERROR");
  return reply;
};

/** Runs a mutation whose writes get an answer; tells the writes that came, by their addresses. */
const answered = async (name: string, answer: Answer, query?: string) => {
  const writes: string[] = [];
  proxy.intercept = (operation, url) => {
    if (operation.startsWith("GET ")) return undefined;
    expect([known[name]?.write, olderPaths[name]]).toContain(operation);
    writes.push(url.href);
    return answer;
  };
  return { ...(await run(name, query)), writes };
};

/** How many writes a mutation makes. */
const planned = async (name: string): Promise<number> => {
  const { input, key } = known[name] ?? { input: {} };
  const reply = await world.ask(queryOf(name), { variables: { input }, key, headers: { "x-affise-dry-run": "1" } });
  return reply.extensions?.affise?.dryRun?.length ?? 0;
};

describe.each(names)("%s", (name) => {
  test("is told by what the answer proves, and is sent once", async () => {
    const { write } = known[name] ?? {};
    const sent = await planned(name);
    expect(sent).toBeGreaterThan(0);
    const seen: unknown[] = [];
    const wanted: unknown[] = [];
    for (const { what, answer, outcome, code, says = "" } of kinds) {
      const { writes, errors, ...reply } = await answered(name, answer);
      const older = what === "404" ? olderPaths[name] : undefined;
      const times = older ? 2 * sent : sent;
      const told = toldBy(name, reply);
      expect(told.length, what).toBeGreaterThan(0);
      const each = told.map((one) => ({
        outcome: one.outcome,
        code: one.error?.code,
        operation: one.error?.operation,
        isUnknown: unknown.test(one.error?.message ?? ""),
        isSaid: one.error?.message.includes(says),
      }));
      seen.push({ what, writes: writes.length, addresses: new Set(writes).size, errors, each });
      const one = { outcome, code: codeFor(name, code), operation: older ?? write };
      const is = { ...one, isUnknown: outcome === "UNKNOWN", isSaid: true };
      wanted.push({ what, writes: times, addresses: times, errors: undefined, each: told.map(() => is) });
      if (!("outcome" in payloadOf(name))) continue;
      const alone = await answered(name, answer, askedFor(name, "__typename"));
      const failed = alone.errors?.map(({ message, extensions }) => [message, extensions.code, extensions.outcome]);
      seen.push({ what, data: alone.data, failed });
      wanted.push({ what, data: { [name]: null }, failed: [[told[0]?.error?.message, one.code, outcome]] });
    }
    expect(seen).toEqual(wanted);
  });

  test("is done where the answer says so, or unknown, whatever else it holds", async () => {
    const { answer: declared = {} } = operations.get(known[name]?.write ?? "") ?? {};
    for (const value of [undefined, null, "", "x", 7, [], {}, [null], ["x"], { id: {} }, { id: "x" }, [{ id: {} }]]) {
      const { status: _, ...others } = flatten(declared).properties;
      const odd = Object.fromEntries(Object.keys(others).map((column) => [column, value]));
      const reply = await answered(name, text(200, JSON.stringify({ ...odd, status: 1 })));
      for (const { outcome, error } of toldBy(name, reply)) {
        // An answer that lists what it removed says so of the others, too.
        const proven =
          name === "deleteCreatives"
            ? /^(UNKNOWN UPSTREAM_FAILED|REFUSED NOT_FOUND)$/
            : /^(DONE undefined|UNKNOWN UPSTREAM_FAILED)$/;
        expect(`${outcome} ${error?.code}`).toMatch(proven);
        expect(unknown.test(error?.message ?? "")).toBe(outcome === "UNKNOWN");
      }
      for (const { path } of reply.errors ?? []) expect(path?.length).toBeGreaterThan(1);
    }
  });
});

describe("an answer that never comes", () => {
  const impatient = openWorld(few, {
    tenants: [{ name: "foreign", url: proxy.url }],
    session: { breakMs: 0, timeoutMs: 5_000, concurrency: 200 },
  });
  afterAll(async () => (await impatient).close());

  const slow: [what: string, answer: Answer][] = [
    ["at all", () => undefined],
    ["to its end", (response) => response.writeHead(200).write('{"status":1')],
  ];
  test.each(slow)("%s leaves the fate of every write open, and none is sent again", async (_, answer) => {
    const counts = await Promise.all(names.map(planned));
    let writes = 0;
    proxy.intercept = (operation) => {
      if (operation.startsWith("GET ")) return undefined;
      writes += 1;
      return answer;
    };
    const at = await impatient;
    const waiting = names.values();
    const work = async () => {
      for (const name of waiting) {
        for (const { outcome, error } of toldBy(name, await run(name, undefined, at))) {
          expect({ name, outcome, error }).toMatchObject({ name, outcome: "UNKNOWN", error: { code: "UPSTREAM_TIMEOUT" } });
          expect(error?.message).toMatch(unknown);
        }
      }
    };
    await Promise.all(Array.from({ length: 60 }, work));
    expect(writes).toBe(counts.reduce((sum, count) => sum + count, 0));
  });
});
