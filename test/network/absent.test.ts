import { type GraphQLNamedType, getNamedType, isLeafType, isObjectType, isRequiredArgument } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({ offers: 5, affiliates: 3, advertisers: 2, conversions: 5 });
beforeAll(async () => {
  await fetch(`${w.upstream}/sandbox/faults`, { method: "POST", body: '{"operation":"*","kind":"status","status":404}' });
});
afterAll(() => w.close());

/** What lists without being told an id: a 404 there says that a network does not have it, and not that an id is unknown. */
const lists = Object.values(buildSchema().getQueryType()?.getFields() ?? {}).filter(
  ({ name, args }) => !name.startsWith("_") && name !== "viewer" && !args.some(isRequiredArgument),
);

const selected = (type: GraphQLNamedType): string => {
  if (isLeafType(type)) return "";
  if (!isObjectType(type)) return "{ __typename }";
  const { nodes } = type.getFields();
  if (nodes) return "{ nodes { __typename } }";
  return `{ ${Object.values(type.getFields()).find((field) => isLeafType(getNamedType(field.type)) && !field.args.length)?.name} }`;
};

test.each(lists)("$name: a 404 is told as what the network does not have", async ({ name, type }) => {
  const { errors } = await w.ask(`{ ${name} ${selected(getNamedType(type))} }`);
  expect(errors?.map(({ extensions }) => extensions?.code)).toContain("NOT_FOUND");
  for (const { message } of errors ?? []) expect(message).not.toContain("the id is unknown");
});
