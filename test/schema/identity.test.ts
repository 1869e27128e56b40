import { isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { everyList } from "../world/every-list.js";
import { openWorld, type World } from "../world/world.js";

type Row = Record<string, unknown>;

let world: World;
beforeAll(async () => {
  const limits = { depth: 100, aliases: 10_000, directives: 1_000, cost: 1e9, calls: 1e6, tokens: 1e6, values: 1e9 };
  const sandbox = { offers: 30, affiliates: 20, advertisers: 8, conversions: 400, now: new Date("2026-03-01T12:00:00Z") };
  world = await openWorld(sandbox, { limits });
});
afterAll(() => world.close());

const isRow = (value: unknown): value is Row => value !== null && typeof value === "object" && !Array.isArray(value);
const nameOf = (value: unknown) =>
  isRow(value) && typeof value.id === "string" ? `${String(value.__typename)} ${value.id}` : undefined;

/** Where two answers about the same thing differ in what both tell; undefined where they agree. */
const difference = (one: unknown, other: unknown, path: string): string | undefined => {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    for (const [index, item] of one.entries()) {
      const found = difference(item, other[index], `${path}.${index}`);
      if (found) return found;
    }
    return undefined;
  }
  if (isRow(one) && isRow(other)) {
    if (nameOf(one) !== nameOf(other)) return `${path}: ${nameOf(one)} and ${nameOf(other)}`;
    if (nameOf(one) !== undefined) return undefined;
    for (const name of Object.keys(one)) {
      const found = name in other ? difference(one[name], other[name], `${path}.${name}`) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  return one === other ? undefined : `${path}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`;
};

test("the same type and id are the same thing with the same fields, whichever list of whichever key told it", async () => {
  const queries = everyList(buildSchema(), { first: 200, depth: 2 });
  expect(queries.length).toBeGreaterThan(60);
  const differences = new Map<string, string>();
  const faults = new Map<string, string>();
  const seen = new Map<string, Map<string, { value: unknown; list: string }>>();

  const walk = (value: unknown, key: string, list: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key, list);
    if (!isRow(value)) return;
    const name = nameOf(value);
    if (name) {
      const known = seen.get(`${key} ${name}`) ?? new Map<string, { value: unknown; list: string }>();
      seen.set(`${key} ${name}`, known);
      for (const [field, told] of Object.entries(value)) {
        const before = known.get(field);
        const found = before && difference(before.value, told, field);
        if (found) differences.set(`${String(value.__typename)}.${field}`, `${name} in ${before.list} and ${list}: ${found}`);
        else if (!before) known.set(field, { value: told, list });
      }
    }
    for (const inner of Object.values(value)) walk(inner, key, list);
  };

  for (const { name, key, query } of queries) {
    const { data, errors } = await world.ask(query, { key });
    for (const { message, path } of errors ?? [])
      faults.set(`${name} ${path?.filter((one) => typeof one === "string").join(".")}`, message);
    walk(data, key, name);
  }
  expect(Object.fromEntries(differences)).toEqual({});
});

test("an id is an ID and never null, and an object with one is an object of its own", () => {
  const withId = Object.values(buildSchema().getTypeMap()).filter((type) => isObjectType(type) && type.getFields().id);
  expect(withId.length).toBeGreaterThan(20);
  expect(withId.filter(({ name }) => /(Payload|Connection|Edge|Result)$/.test(name))).toEqual([]);
  const ids = withId.flatMap((type) => (isObjectType(type) ? [`${type.name} ${type.getFields().id?.type}`] : []));
  // Affise prints some of these without one; a cache then keeps them in their parent.
  expect(ids.filter((id) => !id.endsWith(" ID!"))).toEqual(["Currency ID", "TrackingDomain ID"]);
});
