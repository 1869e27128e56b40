import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { costReader } from "../../src/execution/cost.js";
import { fieldCosts } from "../../src/execution/field-cost.js";
import { defaultLimits } from "../../src/execution/limit.js";
import type { Cost } from "../../src/execution/operation-cost.js";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld, type World } from "../world/world.js";

const schema = buildSchema();
const costOf = costReader(schema);
const costsOfField = fieldCosts(schema);

let world: World;
let wide: World;
beforeAll(async () => {
  const sandbox = { offers: 60, affiliates: 60, advertisers: 40, conversions: 1_500 };
  world = await openWorld(sandbox);
  wide = await openWorld(sandbox, { limits: { tokens: 1e6, depth: 30 } });
});
afterAll(() => Promise.all([world.close(), wide.close()]));

const isFree = (field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType) => {
  const { calls, size } = costsOfField(field, parent);
  return !calls.length && !size && !field.args.some(({ type }) => String(type).endsWith("!"));
};

/** Everything that a row has without another REST call. */
const columns = (type: GraphQLNamedType, depth = 4): string =>
  !isObjectType(type)
    ? ""
    : Object.values(type.getFields())
        .flatMap((field) => {
          const named = getNamedType(field.type);
          if (!isFree(field, type)) return [];
          if (isLeafType(named)) return [field.name];
          const inner = depth ? columns(named, depth - 1) : "";
          return inner ? [`${field.name} { ${inner} }`] : [];
        })
        .join(" ");

const valuesIn = (value: unknown): number =>
  value && typeof value === "object" ? Object.values(value).reduce((sum: number, one) => sum + 1 + valuesIn(one), 0) : 0;

const reckoned = (query: string, variables?: Record<string, unknown>): Cost => {
  const document = parse(query);
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error("no operation");
  return costOf(document, operation, variables);
};

const days = '(first: $n, from: "2026-10-01", to: "2026-11-30")';

describe("the size of an answer", () => {
  test.each([
    ["offers(first: $n)", "Offer"],
    ["affiliates(first: $n)", "Affiliate"],
    ["advertisers(first: $n)", "Advertiser"],
    [`conversions${days}`, "Conversion"],
    ["payments(first: $n)", "Payment"],
    ["users(first: $n)", "User"],
  ])("%s is reckoned as it comes, and in proportion", async (list, type) => {
    const named = schema.getType(type);
    if (!named) throw new Error(`${type} is no type`);
    const query = `query ($n: Int) { ${list} { nodes { ${columns(named)} } } }`;
    const { data } = await wide.ask(query, { variables: { n: 50 } });
    const [found] = Object.values(data as Record<string, { nodes: object[] }>);
    const rows = found?.nodes.length ?? 0;
    const { values } = reckoned(query, { n: rows });
    expect(rows).toBeGreaterThan(0);
    expect(valuesIn(data)).toBeLessThanOrEqual(1.5 * values);
    expect(values).toBeLessThanOrEqual(2 * valuesIn(data));
  });

  test("ten thousand conversions with every column are within the limits", async () => {
    const conversion = schema.getType("Conversion");
    if (!conversion) throw new Error("Conversion is no type");
    const query = `query ($n: Int) { conversions${days} { totalCount edges { cursor } nodes { ${columns(conversion)} } } }`;
    expect(columns(conversion).split(" ").length).toBeGreaterThan(50);
    expect(reckoned(query, { n: 10_000 }).values).toBeLessThan(defaultLimits.values);
    const { data, errors } = await world.ask(query, { variables: { n: 10_000 } });
    expect(errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain("QUERY_TOO_EXPENSIVE");
    expect(data).toHaveProperty("conversions.nodes.1000");
  });
});

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");
const long = (index: number) => `a${index}_${"x".repeat(4_400)}`;

describe("an answer whose lists are longer than could be known", () => {
  test("is given up at twice the limit, with one error and no data", async () => {
    const tight = await openWorld({ offers: 6, affiliates: 6, advertisers: 4, conversions: 0 }, { limits: { values: 100 } });
    const fits = "{ users(first: 12) { nodes { permissions { name } } } }";
    expect(reckoned(fits).values).toBeLessThanOrEqual(100);
    const { data, errors } = await tight.ask(fits);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^The answer has more than 200 values, twice what MAX_VALUES lets through/),
        extensions: { code: "QUERY_TOO_EXPENSIVE", limit: 200 },
      },
    ]);
    expect(data).toBeNull();
    expect((await tight.ask("{ users(first: 12) { nodes { id email } } }")).errors).toBeUndefined();
    await tight.close();
  });
});

describe("an answer that would be too large is refused unsent, with the number of rows that fits", () => {
  const offers = (inner: string, first = 10_000) => `{ offers(first: ${first}) { nodes { ${inner} } } }`;

  test.each([
    ["many aliases", offers(many(199, (index) => `a${index}: title`)), "offers.first"],
    ["long aliases", offers(many(190, (index) => `${long(index)}: title`)), "offers.first"],
    ["objects in rows", offers(many(150, (index) => `a${index}: advertiser { companyName }`)), "offers.first"],
    ["type names", offers(many(199, (index) => `a${index}: __typename`)), "offers.first"],
    ["long type names", offers(many(20, (index) => `${long(index)}: __typename`)), "offers.first"],
    ["aliased lists", `{ b: offers(first: 10000) { nodes { ${many(150, (index) => `a${index}: title`)} } } }`, "b.first"],
    ["edges", `{ offers(first: 10000) { edges { node { ${many(150, (index) => `a${index}: title`)} } } } }`, "offers.first"],
    [
      "fragments",
      `{ ...F } fragment F on Query { ...G } fragment G on Query { offers(first: 10000) { nodes { ...A ...A } } } fragment A on Offer { ${many(90, (index) => `a${index}: title ${"...B "}`)} } fragment B on Offer { advertiser { id companyName } categories { id title } countries tags status }`,
      "offers.first",
    ],
    [
      "a list under one row",
      `{ affiliate(id: 1) { conversions(first: 10000) { nodes { ${many(150, (index) => `a${index}: id`)} } } } }`,
      "affiliate.conversions.first",
    ],
    [
      "a list under a list of one",
      `{ offers(first: 1) { nodes { conversions(first: 10000) { nodes { ${many(150, (index) => `a${index}: id`)} } } } } }`,
      "offers.nodes.conversions.first",
    ],
  ])("%s", async (_, query, argument) => {
    const { errors, data, calls } = await world.askCounting(query);
    expect(data).toBeUndefined();
    expect(calls).toEqual([]);
    const [error] = errors ?? [];
    expect(error?.message).toMatch(/MAX_VALUES\)\. Ask for at most [\d,]+ with [\w.]+, or for fewer fields/);
    expect(error?.extensions).toMatchObject({ code: "QUERY_TOO_EXPENSIVE", limit: defaultLimits.values, fits: { argument } });
    const { values, limit, fits } = (error?.extensions ?? {}) as Record<"values" | "limit", number> & { fits: { most: number } };
    expect(values).toBeGreaterThan(defaultLimits.values);
    const smaller = query.replace("10000", String(fits.most));
    expect(reckoned(smaller).values).toBeLessThanOrEqual(limit);
    expect(reckoned(smaller).values).toBeGreaterThan(0.9 * limit);
    expect((await world.ask(smaller)).errors).toBeUndefined();
  });

  test.each([
    ["a call for each row", "{ offers(first: 10000) { nodes { capsTimezone } } }"],
    ["a list for each row", "{ offers(first: 10000) { nodes { conversions(first: 100) { nodes { id } } } } }"],
    ["pages for each row", "{ affiliates(first: 10000) { nodes { conversions(first: 1000) { nodes { id } } } } }"],
    [
      "joins beside it",
      "{ offers(first: 10000) { nodes { capsTimezone advertiser { companyName manager { name } } categories { title } } } }",
    ],
    [
      "another list beside it",
      "{ advertisers(first: 500) { nodes { id } } offers(first: 10000) { nodes { hidesCaps redirectType } } }",
    ],
    ["a list under one row", "{ advertiser(id: 1) { offers(first: 10000) { nodes { capsTimezone } } } }"],
  ])("for the work as for the size: %s", async (_, query) => {
    const { errors, calls } = await world.askCounting(query);
    expect(calls).toEqual([]);
    const [error] = errors ?? [];
    expect(error?.message).toMatch(/\(MAX_COST\)\. Ask for at most [\d,]+ with [\w.]+\.first/);
    const { limit, fits } = (error?.extensions ?? {}) as { limit: number; fits: { most: number } };
    const smaller = reckoned(query.replace("10000", String(fits.most)));
    expect(smaller.total).toBeLessThanOrEqual(limit);
    expect(smaller.calls).toBeLessThanOrEqual(defaultLimits.calls);
    expect(Math.max(smaller.total / limit, smaller.calls / defaultLimits.calls)).toBeGreaterThan(0.8);
  });

  test("a variable's number is told by its list", async () => {
    const query = `query ($n: Int = 10000) { offers(first: $n) { nodes { ${many(150, (index) => `a${index}: title`)} } } }`;
    expect((await world.ask(query)).errors?.[0]?.message).toContain("Ask for at most 6,622 with offers.first");
    expect((await world.ask(query, { variables: { n: 6_622 } })).errors).toBeUndefined();
  });

  test("a field that several fragments ask for is one", () => {
    const twice =
      "{ ...A ...B } fragment A on Query { offers(first: 100) { nodes { id } } } fragment B on Query { offers(first: 100) { nodes { id title } } }";
    expect(reckoned(twice)).toMatchObject({
      rows: 100,
      calls: 1,
      values: reckoned("{ offers(first: 100) { nodes { id title } } }").values,
    });
  });
});
