import { getNamedType, isObjectType } from "graphql";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { everyList } from "../world/every-list.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 5, affiliates: 3, advertisers: 2, conversions: 20 });
afterAll(() => world.close());

const schema = buildSchema();
const dated = everyList(schema, { first: 1, depth: 0 }).filter(({ query }) => query.includes("from: "));

test("lists over a time are found", () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    (field) => field.args.some(({ name }) => name === "from") && isObjectType(getNamedType(field.type)),
  );
  expect(dated.length).toBeGreaterThan(fields.length / 2);
});

const ranges = [
  ["0001-01-01", "9999-12-31"],
  ["0001-01-01", "0099-12-31"],
  ["9999-01-01", "9999-12-31"],
  ["9999-12-31", "9999-12-31"],
  ["2026-01-01", "9999-12-31"],
  ["0050-02-28", "0051-02-28"],
];

test.each(ranges)("from %s to %s is answered, or refused in words, by every list over a time", async (from, to) => {
  for (const { name, query, key } of dated) {
    const text = query.replaceAll(/from: "[^"]*"/g, `from: "${from}"`).replaceAll(/to: "[^"]*"/g, `to: "${to}"`);
    const { errors } = await world.ask(text, { key });
    const codes = (errors ?? []).map(({ extensions }) => extensions.code);
    expect(codes, name).not.toContain("INTERNAL_SERVER_ERROR");
    expect(codes, name).not.toContain("UPSTREAM_TIMEOUT");
  }
});
