import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type GraphQLField, isObjectType, print } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Cancellation } from "../../src/affise/request/cancellation.js";
import { Scope } from "../../src/affise/scope.js";
import type { Session } from "../../src/affise/session.js";
import { Sessions } from "../../src/affise/sessions.js";
import { buildSchema } from "../../src/graph/index.js";
import { loadersFor } from "../../src/loaders.js";
import { openWorld, type World } from "../world/world.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is left of some objects once all that nobody holds is gone. */
const alive = async (refs: readonly WeakRef<object>[]): Promise<number> => {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  return refs.filter((ref) => ref.deref()).length;
};

/** The address last asked for may be remembered. */
const remembered = 1;

let asked = 0;
/** Rows of which no two answers are alike. */
const upstream = createServer((_, response) => {
  asked += 1;
  const rows = Array.from({ length: 10 }, (_, index) => ({ id: index + 1, text: `${asked} ${index} `.repeat(4_000) }));
  response
    .setHeader("content-type", "application/json")
    .end(JSON.stringify({ status: 1, offers: rows, pagination: { page: 1, per_page: 10, total_count: 10 } }));
});

let sessions: Sessions;
let session: Session;
beforeAll(async () => {
  await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
  sessions = new Sessions();
  session = sessions.of({ name: "big", url: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` }, "key");
});
afterAll(async () => {
  await sessions.close();
  upstream.closeAllConnections();
  await new Promise((closed) => upstream.close(closed));
});

const page = async (scope: Scope, page: number): Promise<WeakRef<object>> => {
  const { offers } = await session.callFor(scope)("GET /3.0/offers", { query: { page } });
  return new WeakRef(offers[0] as object);
};

test("an answer is let go of although its client stays: no listener is left on the client's token", async () => {
  const cancellation = new Cancellation();
  const scope = new Scope({ cancellation });
  const rows: WeakRef<object>[] = [];
  for (let number = 1; number <= 20; number += 1) rows.push(await page(scope, number));
  // Joined by others.
  rows.push(...(await Promise.all([page(scope, 21), page(scope, 21), page(scope, 21)])));
  expect(cancellation.listening).toBe(0);
  expect(await alive(rows)).toBeLessThanOrEqual(3 * remembered);
});

test("loads that several clients share leave no listener on any of them", async () => {
  const clients = Array.from({ length: 5 }, () => new Cancellation());
  const scopes = clients.map((cancellation) => new Scope({ cancellation }));
  const loaded = scopes.map((scope) => loadersFor(session, scope).offer.load(1));
  await Promise.all(loaded);
  expect(clients.map(({ listening }) => listening)).toEqual([0, 0, 0, 0, 0]);
});

test("what a request has loaded goes with its end, whoever still holds its context", async () => {
  const held: unknown[] = [];
  const ask = async (): Promise<WeakRef<object>> => {
    const scope = new Scope({ cancellation: new Cancellation() });
    const load = loadersFor(session, scope);
    const [row] = await load.offer.loadMany([1, 2, 3]);
    scope.end();
    held.push(scope, load);
    return new WeakRef(row as object);
  };
  const rows: WeakRef<object>[] = [];
  for (let count = 0; count < 20; count += 1) rows.push(await ask());
  expect(await alive(rows)).toBeLessThanOrEqual(remembered);
  expect(held).toHaveLength(40);
});

let world: World;
beforeAll(async () => {
  world = await openWorld({ offers: 1_000, affiliates: 5, advertisers: 5, conversions: 0 });
});
afterAll(() => world.close());

test("through the public door: after many large answers the heap is where it was", async () => {
  const ask = async () => {
    const { errors } = await world.ask("{ offers(first: 1000) { nodes { id title description advertiser { companyName } } } }");
    expect(errors).toBeUndefined();
  };
  const heap = async () => {
    await alive([]);
    return process.memoryUsage().heapUsed;
  };
  for (let count = 0; count < 5; count += 1) await ask();
  const before = await heap();
  for (let count = 0; count < 15; count += 1) await ask();
  // One answer's rows take about seven megabytes.
  expect((await heap()) - before).toBeLessThan(30_000_000);
});

test("a field that waits for another row does not hold its own, and with it the answer it came in", async () => {
  const waiting: Promise<unknown>[] = [];
  const never = () => {
    const promise = new Promise<never>(() => {});
    waiting.push(promise);
    return promise;
  };
  const loaders = { load: never, loadMany: never };
  const context = { call: never, load: new Proxy({}, { get: () => loaders }), tenant: {}, headers: {} };
  /** A row that has every column, with this in it. */
  const rowOf = (value: unknown) =>
    new Proxy(
      { [`row ${String(value)}`]: value },
      { get: (_, name) => (typeof name === "string" ? value : undefined), has: () => true },
    );
  /** Whole pages of rows wait for what is read for many at once. */
  const isMerged = ({ astNode }: GraphQLField<unknown, unknown>) =>
    astNode?.directives?.some((one) => one.name.value === "restCalls" && print(one).includes("per: BATCH")) ?? false;
  const ask = (field: GraphQLField<unknown, unknown>, value: unknown): WeakRef<object> | undefined => {
    const row = rowOf(value);
    try {
      const found: unknown = field.resolve?.(row, {}, context, {} as never);
      if (!(found instanceof Promise)) return undefined;
      waiting.push(found.catch(() => {}));
      return new WeakRef(row);
    } catch {
      return undefined;
    }
  };
  const asked = Object.values(buildSchema().getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(isMerged)
          .flatMap((field) =>
            [7, "5a".repeat(12)].flatMap((value) => {
              const row = ask(field, value);
              return row ? [{ name: `${type.name}.${field.name}`, row }] : [];
            }),
          )
      : [],
  );
  await alive([]);
  const held = [...new Set(asked.flatMap(({ name, row }) => (row.deref() ? [name] : [])))];
  expect(held).toEqual([]);
  expect(asked.length).toBeGreaterThan(50);
});
