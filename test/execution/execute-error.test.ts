import { makeExecutableSchema } from "@graphql-tools/schema";
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  parse,
} from "graphql";
import { describe, expect, test } from "vitest";
import { openExecutor } from "../../src/execution/execute.js";
import { buildSchema } from "../../src/graph/index.js";

const fails = () => {
  throw new GraphQLError("not this one", { extensions: { code: "FORBIDDEN", operation: "GET /3.0/offers" } });
};

const rows = [{ id: "1" }, { id: null }, { id: "3" }];

const schema = makeExecutableSchema({
  typeDefs: `
    scalar Day
    enum Colour { RED GREEN }
    interface Named { name: String! }
    type Row implements Named { id: ID! name: String! late: String! colour: Colour day: Day broken: Int inner: Row needed: Row! list: [Row!] sure: [Row!]! loose: [Row] numbers: [Int!] }
    input Deeper { colour: Colour = RED days: [Day!] }
    input Wish { colour: Colour = GREEN days: [Day!] inner: Deeper }
    type Query { row: Row sure: Row! rows: [Row!] loose: [Row] named: [Named!] echo(wish: Wish, colour: Colour = RED, day: Day): String }
  `,
  resolvers: {
    Day: {
      parseValue: (value: unknown) => `in ${value}`,
      serialize: (value: unknown) => `out ${value}`,
      parseLiteral: (node: { kind: string; value?: string }) => (node.kind === Kind.STRING ? `in ${node.value}` : undefined),
    },
    Colour: { RED: "#f00", GREEN: "#0f0" },
    Named: { __resolveType: () => "Row" },
    Query: {
      row: () => ({ id: "1" }),
      sure: () => null,
      rows: () => rows,
      loose: async () => rows,
      named: () => [{ id: "7" }],
      echo: (_: unknown, { wish, colour, day }: Record<string, unknown>) => JSON.stringify({ wish, colour, day }),
    },
    Row: {
      name: fails,
      late: async () => null,
      colour: ({ id }: { id: string }) => (id === "3" ? "#abc" : "#0f0"),
      day: () => "2026-01-31",
      broken: () => "many",
      inner: () => ({ id: "2" }),
      needed: async () => fails(),
      list: () => rows,
      sure: () => [null],
      loose: () => [new GraphQLError("this one", { extensions: { code: "NOT_FOUND" } }), { id: "5" }, null],
      numbers: () => [1, "2", "x"],
    },
  },
});

const compiled = async (query: string, variables?: Record<string, unknown>): Promise<ExecutionResult> => {
  const document = parse(query);
  const [operation] = document.definitions;
  const { executor } = await openExecutor(schema, { compileAt: 1 }).gateway.load({ engine: {} } as never);
  if (!executor) throw new Error("The gateway has no executor.");
  return (await executor({
    document,
    operation,
    source: query,
    request: { variables },
    context: { run: {} },
  } as never)) as ExecutionResult;
};

const told = ({ data, errors = [] }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  errors: errors
    .map(({ path, extensions }) => ({ path, code: extensions.code }))
    .sort((a, b) => JSON.stringify(a.path).localeCompare(JSON.stringify(b.path))),
});

/** The input types that hold themselves, however deep. */
const recursive = (whole: GraphQLSchema): string[] => {
  const inputs = Object.values(whole.getTypeMap()).filter(isInputObjectType);
  const within = (type: GraphQLInputObjectType, seen: Set<GraphQLInputObjectType>): Set<GraphQLInputObjectType> => {
    for (const { type: inner } of Object.values(type.getFields())) {
      const named = getNamedType(inner);
      if (!isInputObjectType(named) || seen.has(named)) continue;
      seen.add(named);
      within(named, seen);
    }
    return seen;
  };
  return inputs.filter((type) => within(type, new Set()).has(type)).map(({ name }) => name);
};

test("no input type holds itself: the compiler would unfold it until the memory ends", () => {
  expect(recursive(buildSchema())).toEqual([]);
});

describe("what fails takes as much with it, compiled or not", () => {
  test.each([
    "{ row { id name } }",
    "{ row { id late } }",
    "{ row { id broken } }",
    "{ row { inner { id } needed { id } } }",
    "{ row { id inner { inner { name } } } }",
    "{ sure { id } }",
    "{ row { id } sure { id } }",
    "{ rows { id } }",
    "{ loose { id } }",
    "{ row { list { id } loose { id } } }",
    "{ row { sure { id } } }",
    "{ row { loose { id name } } }",
    "{ row { numbers id } }",
    "{ loose { colour day } }",
    "{ named { name } }",
    "{ named { ... on Row { id day } } }",
    "{ row { a: needed { id } } b: row { id } }",
    "{ rows { ... on Named { __typename } day } }",
  ])("%s", async (query) => {
    expect(told(await compiled(query))).toEqual(told(await execute({ schema, document: parse(query) })));
  });

  test.each([
    ["{ echo }", {}],
    ['{ echo(colour: GREEN, day: "x") }', {}],
    ["{ echo(colour: null) }", {}],
    ["{ echo(wish: {}) }", {}],
    ['{ echo(wish: { colour: RED, days: "one", inner: { days: ["a", "b"] } }) }', {}],
    ["query ($c: Colour) { echo(colour: $c) }", {}],
    ["query ($c: Colour = GREEN) { echo(colour: $c, wish: { colour: $c }) }", {}],
    ["query ($c: Colour) { echo(wish: { colour: $c, inner: { colour: $c } }) }", { c: "RED" }],
    ["query ($c: Colour) { echo(wish: { colour: $c }) }", { c: null }],
    ["query ($w: Wish) { echo(wish: $w) }", { w: { days: ["a"], inner: { colour: null } } }],
    ["query ($w: Deeper) { echo(wish: { inner: $w }) }", { w: { days: "a" } }],
    ['query ($d: Day!) { echo(day: $d, wish: { days: [$d, "b"] }) }', { d: "a" }],
    ["query ($d: [Day!]) { echo(wish: { days: $d }) }", { d: null }],
    ["query ($w: Wish) { echo(wish: $w) }", { w: { colour: "BLUE" } }],
    ["query ($w: Wish!) { echo(wish: $w) }", {}],
  ])("arguments arrive alike: %s with %j", async (query, variables) => {
    const variableValues: Record<string, unknown> = variables;
    expect(told(await compiled(query, variableValues))).toEqual(
      told(await execute({ schema, document: parse(query), variableValues })),
    );
  });
});
