import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import { type Sample, samples } from "./sample.js";
import { names, queryOf, type Told, toldBy } from "./walk.js";

// What is looked up before a write is a sandbox's, and lacks a column on its way.
const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const { world, proxy } = await openProxied(few, { session: { breakMs: 0 } });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

/** A copy is made of what is told of the original, and nothing is written over. */
const isCopy = (name: string) => name === "copyOffer";

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

/** The rows of an answer: those of its lists, or the single one; and what stands beside them. */
const rowsOf = (answer: unknown): Row[] =>
  Object.values(Object(answer))
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isRow);

/** Every column of an answer's rows, and of its pagination, that is no id. */
const columnsOf = (answer: unknown): string[] =>
  [...new Set(rowsOf(answer).flatMap(Object.keys))].filter((column) => !/^_?id$/.test(column));

/** The answer with something else in some columns of its rows, or without them. */
const spoilt = (answer: unknown, columns: readonly string[], value: unknown): unknown => {
  for (const row of rowsOf(answer)) for (const column of columns) row[column] = value;
  return answer;
};

/** What a mutation would send, and what it tells of it. */
const plan = async (name: string) => {
  const { input, key } = known[name] ?? {};
  const reply = await world.ask(queryOf(name), { variables: { input }, key, headers: { "x-affise-dry-run": "1" } });
  return { sent: reply.extensions?.affise?.dryRun ?? [], told: toldBy(name, reply), errors: reply.errors };
};

/** The columns that are looked up before a mutation is sent, by the operations that have them. */
const lookedUp = async (name: string) => {
  const columns = new Map<string, string[]>();
  proxy.rewrite = (operation) => (answer) => {
    columns.set(operation, [...new Set([...(columns.get(operation) ?? []), ...columnsOf(answer)])]);
    return answer;
  };
  const { sent } = await plan(name);
  expect(sent.length).toBeGreaterThan(0);
  return { columns, sent };
};

const isTold = ({ outcome, error }: Told) => outcome === "NOT_SENT" && error !== null;
const isFault = ({ error }: Told) => error?.code === "INTERNAL_SERVER_ERROR";

describe.each(names)("%s", (name) => {
  let found: ReturnType<typeof lookedUp> | undefined;
  const lookUps = () => {
    found ??= lookedUp(name);
    return found;
  };
  const without = async (of: string, columns: readonly string[], value?: unknown) => {
    proxy.rewrite = (operation) => (operation === of ? (answer) => spoilt(answer, columns, value) : undefined);
    return plan(name);
  };

  if (!isCopy(name)) {
    test("sends the same whatever its look-ups lack, or nothing and says why", async () => {
      const { columns, sent: whole } = await lookUps();
      const fate = async (operation: string, some: readonly string[]) => {
        const { sent, told, errors } = await without(operation, some);
        if (JSON.stringify(sent) === JSON.stringify(whole)) return "the same";
        return sent.length === 0 && told.every(isTold) ? "nothing" : { sent, told, errors };
      };
      for (const [operation, all] of columns) {
        // Where none of them matters it need not be asked which.
        if ((await fate(operation, all)) === "the same") continue;
        for (const column of all)
          expect(["the same", "nothing"], `${operation} without ${column}`).toContainEqual(await fate(operation, [column]));
      }
    });
  }

  test.each([[["x"]], [[[7]]], [{ x: { y: [] } }], ["x"], [7], [null], [[null]]])(
    "what is looked up and holds %j is no fault of this server",
    async (value) => {
      const { columns, sent: whole } = await lookUps();
      for (const [operation, all] of columns) {
        const { sent, told, errors } = await without(operation, all, value);
        expect(errors, operation).toBeUndefined();
        expect(told.filter(isFault), operation).toEqual([]);
        if (JSON.stringify(sent) === JSON.stringify(whole)) continue;
        for (const column of all) {
          const one = await without(operation, [column], value);
          expect(one.errors, `${operation} ${column}`).toBeUndefined();
          expect(one.told.filter(isFault), `${operation} ${column}`).toEqual([]);
        }
      }
    },
  );
});
