import { type GraphQLArgument, getNamedType, isInputObjectType, isNonNullType } from "graphql";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 5, affiliates: 5, advertisers: 2, conversions: 10 });
afterAll(() => world.close());

const given: Record<string, string> = {
  ...{ from: '"2026-02-01"', to: '"2026-02-02"', by: "[DAY]", kind: "OFFER", code: '"DE"', country: '"DE"', countries: '["DE"]' },
  ...{ affiliateId: "1", offerId: "1", timezone: '"UTC"', os: '"Windows"', baseEvent: '"install"', events: '["sale"]' },
};

const isNeeded = ({ type, defaultValue }: GraphQLArgument) => isNonNullType(type) && defaultValue === undefined;
const mayBeNull = ({ type }: GraphQLArgument) => !isNonNullType(type);

/** Null for an argument, and for all that an input object has inside. */
const nothing = ({ type }: GraphQLArgument): string => {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return "null";
  const inner = Object.values(named.getFields()).filter((field) => !isNonNullType(field.type));
  return inner.length === Object.keys(named.getFields()).length
    ? `{ ${inner.map(({ name }) => `${name}: null`).join(", ")} }`
    : "null";
};

const roots = Object.values(buildSchema().getQueryType()?.getFields() ?? {}).filter(({ args }) => args.some(mayBeNull));

test.each(roots.map((root) => [root.name, root] as const))("%s: null says what leaving out says", async (name, { args }) => {
  const needed = args.filter(isNeeded).map((arg) => `${arg.name}: ${given[arg.name] ?? '"0123456789abcdef01234567"'}`);
  const nulls = args.filter(mayBeNull).map((arg) => `${arg.name}: ${nothing(arg)}`);
  const ask = async (some: readonly string[]) => {
    const { data, errors, calls } = await world.askCounting(
      `{ ${name}${some.length ? `(${some.join(", ")})` : ""} { __typename } }`,
    );
    return { data, errors: errors?.map(({ message }) => message), calls };
  };
  expect(await ask([...needed, ...nulls])).toEqual(await ask(needed));
});
