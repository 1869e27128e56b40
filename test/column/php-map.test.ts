import { afterAll, beforeAll, expect, test } from "vitest";
import { bareSchema } from "../../src/sdl.js";
import { everyList } from "../world/every-list.js";
import { openProxied } from "../world/proxied.js";
import type { Proxy } from "../world/proxy.js";
import type { Reply, World } from "../world/world.js";

let proxy: Proxy;
let world: World;
beforeAll(async () => {
  const small = { offers: 12, affiliates: 40, advertisers: 4, conversions: 1_500, now: new Date("2026-03-01T12:00:00Z") };
  ({ world, proxy } = await openProxied(small));
});
afterAll(() => world.close());

const isRow = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists of rows as PHP prints one that was filtered, at whatever depth: a map by place, every second place missing. */
const mapped = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(mapped);
    return items.length && items.every(isRow) ? Object.fromEntries(items.map((item, index) => [2 * index + 1, item])) : items;
  }
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, item]) => [name, mapped(item)]));
};

/** The lists of the root and of who asks; those under an offer or affiliate are the same. */
const queries = everyList(bareSchema(), { first: 20 }).filter(({ name }) => !/^(offers|affiliates|advertisers)[.]/.test(name));

/** Errors come in no order. */
const sorted = ({ data, errors = [] }: Reply) => ({ data, errors: errors.map((error) => JSON.stringify(error)).sort() });

test.each(queries.map((one) => [one.name, one] as const))(
  "%s: the same where lists of rows are maps",
  async (_, { query, key }) => {
    const plain = await world.ask(query, { key });
    proxy.rewrite = () => mapped;
    try {
      expect(sorted(await world.ask(query, { key }))).toEqual(sorted(plain));
    } finally {
      proxy.rewrite = undefined;
    }
  },
);
