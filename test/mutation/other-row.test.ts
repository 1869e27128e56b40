import { afterAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import { samples } from "./sample.js";
import { names, queryOf, toldBy } from "./walk.js";

const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const { world, proxy } = await openProxied(few, { session: { breakMs: 0 } });
const known = await samples(world);
afterAll(() => world.close());

/** Another id of the same kind. */
const another = (id: unknown): unknown =>
  typeof id === "number" ? id + 4711 : String(id).replace(/.$/, (last) => (last === "a" ? "b" : "a"));

/** Gives the row of an answer another id, and notes both. */
const changing = (write: string, noted: [asked: string, told: string][]) => (operation: string) =>
  operation === write
    ? (answer: unknown) =>
        Object.fromEntries(
          Object.entries(answer as object).map(([name, row]) => {
            const column = ["id", "_id"].find((one) => Object(row)[one] !== undefined);
            if (!column || Array.isArray(row)) return [name, row];
            const id = another(row[column]);
            noted.push([String(row[column]), String(id)]);
            return [name, { ...row, [column]: id }];
          }),
        )
    : undefined;

const changes = names.filter((name) => /\{\w+\}/.test(known[name]?.write ?? "") && !/\{\w+\}.*\{/.test(known[name]?.write ?? ""));
const told = new Set<string>();

describe("a change that is answered with another thing's row is unknown, and both are named", () => {
  test.each(changes)("%s", async (name) => {
    const { input, key, write = "" } = known[name] ?? {};
    const noted: [string, string][] = [];
    proxy.rewrite = changing(write, noted);
    const reply = await world.ask(queryOf(name), { variables: { input }, key });
    proxy.rewrite = undefined;
    if (!noted.length) return;
    told.add(write);
    const results = toldBy(name, reply);
    expect(results.length).toBeGreaterThan(0);
    for (const { outcome, error } of results) {
      expect(outcome).toBe("UNKNOWN");
      expect(error).toMatchObject({ code: "UPSTREAM_FAILED", operation: write });
      const ids = noted.find(([asked]) => error?.message.includes(`not about ${asked}.`));
      expect(error?.message).toBe(
        `Affise's answer is about ${ids?.[1]} and not about ${ids?.[0]}. Whether Affise carried it out is unknown: look before you repeat it.`,
      );
    }
  });

  test("these are not a few", () => expect(told.size).toBeGreaterThan(15));
});
