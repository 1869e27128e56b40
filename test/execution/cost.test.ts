import { type DocumentNode, type GraphQLObjectType, isObjectType, Kind, type OperationDefinitionNode, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { costReader } from "../../src/execution/cost.js";
import { fieldCosts } from "../../src/execution/field-cost.js";
import type { Cost } from "../../src/execution/operation-cost.js";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld, type World } from "../world/world.js";
import { type FieldCase, fieldCases } from "./field-walk.js";

const schema = buildSchema();
const costOf = costReader(schema);
const costsOfField = fieldCosts(schema);
const { cases, unreached } = fieldCases(schema);

const callsOf = ({ type, field }: FieldCase) => {
  const parent = schema.getType(type) as GraphQLObjectType;
  const found = parent.getFields()[field];
  if (!found) throw new Error(`${type}.${field} is no field`);
  return costsOfField(found, parent).calls;
};

const reckoned = (document: DocumentNode, variables?: Record<string, unknown>): Cost => {
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error("no operation");
  return costOf(document, operation, variables);
};

let world: World;
beforeAll(async () => {
  const limits = { depth: 100, aliases: 10_000, directives: 1_000, cost: 1e9, calls: 1e6, tokens: 1e6 };
  const sandbox = { offers: 60, affiliates: 60, advertisers: 40, conversions: 1_500, now: new Date("2026-03-01T12:00:00Z") };
  world = await openWorld(sandbox, { limits });
});
afterAll(() => world.close());

const bare = new Map<string, number>();
const made = async (one: FieldCase, first: number): Promise<number> => {
  const without = one.query(first, true);
  const known = bare.get(`${without} ${one.key}`) ?? (await world.askCounting(without, { key: one.key })).calls.length;
  bare.set(`${without} ${one.key}`, known);
  return (await world.askCounting(one.query(first), { key: one.key })).calls.length - known;
};

const told = (one: FieldCase, first: number): number =>
  reckoned(parse(one.query(first))).calls - reckoned(parse(one.query(first, true))).calls;

const costly = cases.filter((one) => callsOf(one).length > 0);
const free = cases.filter((one) => callsOf(one).length === 0);

describe("REST calls as reckoned, and as made", () => {
  test("every type is looked at, but what only mutations give and what stands beside a list's rows", () => {
    expect(unreached.sort()).toEqual(["CurrencyFigures", "Deletion", "MutationError"]);
    expect(costly.length).toBeGreaterThan(100);
  });

  test.each(costly.map((one) => [`${one.type}.${one.field}`, one] as const))("%s", async (_name, one) => {
    const isExact = !one.isAssumed && callsOf(one).every(({ atMost }) => !atMost);
    for (const first of [1, 12]) {
      const [real, most] = [await made(one, first), told(one, first)];
      expect(real).toBeLessThanOrEqual(most);
      if (isExact) expect(real).toBeGreaterThanOrEqual(0.9 * most);
    }
  });

  const types = [...new Set(free.map(({ type }) => type))];
  test.each(types)("%s: the other fields cost none", async (type) => {
    for (const one of free.filter((each) => each.type === type)) expect([one.field, await made(one, 5)]).toEqual([one.field, 0]);
  });
});

describe("reckoning", () => {
  const rowsOf = (query: string, variables?: Record<string, unknown>) => reckoned(parse(query), variables);

  test("lists cost their own pages", () => {
    const own = (field: string) => `{ viewer { ... on Affiliate { ${field}(first: 10000) { nodes { id } } } } }`;
    const viewer = rowsOf("{ viewer { __typename } }").calls;
    expect(rowsOf(own("news")).calls - viewer).toBe(100);
    expect(rowsOf(own("liveOffers")).calls - viewer).toBe(20);
    expect(rowsOf("{ payments(first: 10000) { nodes { id } } }").calls).toBe(100);
    expect(rowsOf("{ offers(first: 10000) { nodes { id } } }").calls).toBe(20);
  });

  test("lists read from their end cost a look at it, and a page that is cut in two", () => {
    const calls = (page: string, variables?: Record<string, unknown>) =>
      rowsOf(`query ($n: Int, $at: String) { offers(${page}) { nodes { id } } }`, variables).calls;
    expect([calls("last: 50"), calls('last: 50, before: "x"'), calls('before: "x"')]).toEqual([2, 1, 1]);
    expect([calls("last: 500"), calls('last: 500, before: "x"'), calls("last: 10000")]).toEqual([3, 2, 22]);
    expect([calls("last: $n, before: $at", { n: 50 }), calls("last: $n, before: $at", { n: 50, at: "x" })]).toEqual([2, 1]);
    expect(rowsOf("{ offers(last: 300) { nodes { id } } }").rows).toBe(300);
    expect(rowsOf("{ offers(first: null, last: 300) { nodes { id } } }").rows).toBe(300);
  });

  test("joins cost as many calls as their ids fill, details one a row, and what one call tells costs one", () => {
    expect(rowsOf("{ offers(first: 1000) { nodes { advertiser { companyName } } } }").calls).toBe(2 + 5);
    expect(rowsOf("{ offers(first: 100) { nodes { capsTimezone redirectType hidesCaps } } }").calls).toBe(1 + 100);
    expect(rowsOf('{ a: ticket(id: "1") { id } b: ticket(id: "2") { id } }').calls).toBe(2);
  });

  test("a list read once for all its rows is one call", () => {
    expect(rowsOf("{ affiliates(first: 1000) { nodes { manager { name } } } }").calls).toBe(2 + 1);
  });

  test("what Affise cannot look for costs the whole list, however it is said", () => {
    const days = 'from: "2026-01-01", to: "2026-02-01", by: [OFFER]';
    const inVariables = (type: string, argument: string, value: unknown) =>
      rowsOf(`query ($v: ${type}) { statistics(${days}, first: 5, ${argument}: $v) { totalCount } }`, { v: value }).calls;
    const having = "having: { clicks: { atLeast: 1 } }";
    expect(rowsOf(`{ statistics(${days}, first: 5, orderBy: { field: CLICKS }) { totalCount } }`).calls).toBe(1);
    expect(rowsOf(`{ statistics(${days}, first: 5, orderBy: { field: EPC }) { totalCount } }`).calls).toBe(20);
    expect(rowsOf(`{ statistics(${days}, first: 5, ${having}) { totals { clicks } } }`).calls).toBe(20 + 1);
    expect(rowsOf(`{ statistics(${days}) { totalsByCurrency(currencies: ["USD", "EUR"]) { currency } } }`).calls).toBe(1 + 2);
    expect(inVariables("StatisticsHaving", "having", { clicks: { atLeast: 1 } })).toBe(20);
    expect(inVariables("StatisticsHaving", "having", null)).toBe(1);
    expect(inVariables("StatisticsOrder", "orderBy", { field: "epc", direction: "desc" })).toBe(20);
    expect(inVariables("StatisticsOrder", "orderBy", { field: "raw", direction: "desc" })).toBe(1);
  });

  test("calls that an argument asks for cost nothing without it, however it is said", () => {
    const caps = (args: string, variables?: Record<string, unknown>) =>
      rowsOf(`query ($full: Float) { offers(first: 1000) { nodes { caps${args} { value } } } }`, variables).calls;
    expect([caps(""), caps("(periods: [DAY])"), caps("(fullerThan: null)"), caps("(fullerThan: $full)", {})]).toEqual([
      2, 2, 2, 2,
    ]);
    expect(caps("(fullerThan: 80)")).toBeGreaterThan(2);
    expect(caps("(fullerThan: $full)", { full: 80 })).toBe(caps("(fullerThan: 80)"));
  });

  test("a call that a field of a filter asks for costs nothing without it, however it is said", () => {
    const made = (filter: string, variables?: Record<string, unknown>) =>
      rowsOf(
        `query ($filter: ConversionFilter, $codes: [String!]) { conversions(first: 10, filter: ${filter}) { totalCount } }`,
        variables,
      ).calls;
    expect([made("null"), made("{ currencies: null }"), made("{ currencies: $codes }", {}), made("$filter", {})]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(made("$filter", { filter: { goals: ["1"] } })).toBe(1);
    expect([made('{ currencies: "EUR" }'), made("{ currencies: $codes }", { codes: ["EUR"] })]).toEqual([2, 2]);
    expect(made("$filter", { filter: { currencies: ["EUR"] } })).toBe(2);
  });

  test("values of variables are not taken for one another", () => {
    const document = parse("query ($n: Int) { offers(first: $n) { nodes { id } } }");
    expect([2, 10_000, 2, null, undefined].map((n) => reckoned(document, { n }).rows)).toEqual([2, 10_000, 2, 50, 50]);
    for (let n = 1; n < 500; n += 1) expect(reckoned(document, { n }).rows).toBe(n);
  });

  test("every directive names an operation of the contract", () => {
    const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
    const all = objects.flatMap((type) => Object.values(type.getFields()).flatMap((field) => costsOfField(field, type).calls));
    expect(all.filter(({ operation }) => operation).length).toBeGreaterThan(200);
  });

  test("every list with pages says its size, and every root of queries its calls", () => {
    const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
    const silent = objects.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const { size, calls, type: named } = costsOfField(field, type);
        const isSilent =
          (/Connection$/.test(named.name) && !size) || (type.name === "Query" && !calls.every(({ operation }) => operation));
        return isSilent ? [`${type.name}.${field.name}`] : [];
      }),
    );
    expect(silent).toEqual([]);
  });
});
