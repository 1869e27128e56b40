import {
  GraphQLID,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
} from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { typesNamedBy } from "../../src/graph/column/id-argument.js";
import { nodeIdOf } from "../../src/graph/column/node-id.js";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";
import { samples } from "./sample.js";

const schema = buildSchema();
const mutations = schema.getMutationType() as GraphQLObjectType;
const node = schema.getType("Node");
const nodeTypes = new Set(isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : []);

const w = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
afterAll(() => w.close());

/** An input in which every id is another text, by the types that its argument names. */
const withIds = (
  type: GraphQLInputType,
  value: unknown,
  owner: string,
  name: string,
  change: (id: string, types: readonly string[]) => string,
): unknown => {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return withIds(type.ofType, value, owner, name, change);
  if (isListType(type)) return (value as unknown[]).map((item) => withIds(type.ofType, item, owner, name, change));
  if (type === GraphQLID) return change(String(value), typesNamedBy(schema, owner, name));
  if (!isInputObjectType(type)) return value;
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const field = fields[key];
      return [key, field ? withIds(field.type, inner, type.name, key, change) : inner];
    }),
  );
};

const globalOf = (id: string, types: readonly string[]): string => {
  const type = types.find((one) => nodeTypes.has(one) && (types.length === 1 || /^\d+$/.test(id) === (one === "Affiliate")));
  return type ? nodeIdOf(type, id) : id;
};

const known = await samples(w);
const takeIds = Object.entries(known).filter(([name, { input }]) => {
  const arg = mutations.getFields()[name]?.args[0];
  let found = false;
  if (arg) {
    withIds(arg.type, input, name, "input", (id, types) => {
      found ||= types.some((type) => nodeTypes.has(type));
      return id;
    });
  }
  return found;
});

const dryRun = async (name: string, input: unknown, key?: string | null) => {
  const arg = mutations.getFields()[name]?.args[0];
  const payload = getNamedType(mutations.getFields()[name]?.type) as GraphQLObjectType;
  const asked =
    "outcome" in payload.getFields()
      ? "outcome error { code argument message }"
      : "results { outcome error { code argument message } }";
  const { data, errors, extensions, calls } = await w.askCounting(
    `mutation ($input: ${arg?.type}) { ${name}(input: $input) { ${asked} } }`,
    {
      variables: { input },
      key,
      headers: { "x-affise-dry-run": "1" },
    },
  );
  return { data, errors, planned: extensions?.affise?.dryRun, calls };
};

describe("mutations take either form of an id", () => {
  test("most of them take one", () => expect(takeIds.length).toBeGreaterThan(50));

  test.each(takeIds)("%s would send the same", async (name, { input, key }) => {
    const type = mutations.getFields()[name]?.args[0]?.type as GraphQLInputType;
    const plain = await dryRun(name, input, key);
    const global = await dryRun(name, withIds(type, input, name, "input", globalOf), key);
    expect(plain.planned?.length).toBeGreaterThan(0);
    expect(global).toEqual(plain);
  });

  test.each(takeIds)("%s refuses the ids of another type, and names both", async (name, { input, key }) => {
    const type = mutations.getFields()[name]?.args[0]?.type as GraphQLInputType;
    const wrong = withIds(type, input, name, "input", (id, types) => (types.length ? nodeIdOf("Goal", id) : id));
    const { planned, calls, ...answer } = await dryRun(name, wrong, key);
    expect([planned ?? [], calls]).toEqual([[], []]);
    expect(JSON.stringify(answer)).toMatch(/input\.[\w.]+ is the nodeId of Goal \w+; an id of \w+( or \w+)* belongs here\./);
    expect(JSON.stringify(answer)).toContain("BAD_USER_INPUT");
  });
});
