import { type GraphQLType, getNamedType, isInputObjectType, isListType, isNonNullType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();
const named = (type: GraphQLType) => String(getNamedType(type));

const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
  (isObjectType(type) || isInputObjectType(type)) && !type.name.startsWith("__")
    ? Object.values(type.getFields()).map((field) => ({ at: `${type.name}.${field.name}`, name: field.name, type: field.type }))
    : [],
);

/** Names of their own: lines of an address, what Affise names so, a pair of two, the only sub that there is. */
const ownNames = /^(address[12]|ext[1-3]|deniesIpv6|base64|impressionsUniqueBySub3)$/;
const pairs = /^(SubRestriction(Input)?\.sub|((Create|Update)KpiRuleInput|KpiRule)\.goal)[12]$/;
const single = /^(AdCost|SetAdCostInput|DeleteAdCostInput)\.sub8$/;

test("what Affise numbers is a list, and no field for each number", () => {
  const numbered = fields.filter(({ name }) => /\d$/.test(name) && !ownNames.test(name));
  expect(numbered.map(({ at }) => at).filter((at) => !pairs.test(at) && !single.test(at))).toEqual([]);
});

test("subs and custom fields have one form wherever they are read, looked for or written", () => {
  const lists = fields.filter(({ name }) => /^(subs|customFields)$/.test(name));
  expect(lists.length).toBeGreaterThan(25);
  const forms = new Map(lists.map(({ at, type }) => [at, named(type)]));
  // The network's own fields of an affiliate or advertiser have names, and those of targeting are texts.
  const own =
    /^((Affiliate|Advertiser|(Create|Update)(Affiliate|Advertiser)Input)\.customFields|Query\.customFields|(Targeting\w*|SubGroup(Input)?)\.subs)$/;
  const others = [...forms].filter(([at, form]) => !/^NumberedValues?(Input)?$/.test(form) && !own.test(at));
  expect(others).toEqual([]);
  expect(lists.filter(({ at, type }) => !own.test(at) && !isListType(isNonNullType(type) ? type.ofType : type))).toEqual([]);
});

test("whoever has a list of subs or custom fields to read has each of them for a column of its own", () => {
  const singles = new Set(fields.filter(({ name }) => /^(sub|customField)$/.test(name)).map(({ at }) => at));
  const without = fields
    .filter(({ type }) => named(type) === "NumberedValue")
    .map(({ at }) => at.replace(/s$/, ""))
    .filter((at) => !singles.has(at));
  expect(without).toEqual([]);
});
