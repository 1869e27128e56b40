import { type DocumentNode, extendSchema, parse, specifiedRules, validate } from "graphql";
import { expect, test } from "vitest";
import { combineRules, quickRules } from "../../src/execution/rules.js";
import { buildSchema } from "../../src/graph/index.js";

const schema = extendSchema(
  buildSchema(),
  parse("type Subscription { a: Int b: Int } extend schema { subscription: Subscription }"),
);
const rules = [combineRules(quickRules)];

/** Documents against which each rule of the specification has something to say. */
const wrong = [
  "type A { a: Int } query { viewer { __typename } }",
  "query A { __typename } query A { __typename }",
  "query A { __typename } { __typename }",
  "subscription { a b }",
  "query ($a: Nobody) { offer(id: $a) { id } ... on Nowhere { id } }",
  "query ($a: Offer) { __typename }",
  "{ offers(first: 1) { nodes { ... on DeviceType { a } } } }",
  "fragment F on DeviceType { a }",
  "{ offer(id: 1) offers { id { x } } }",
  "{ offer(id: 1) { id { x } title { y } advertiser } }",
  "{ offer(id: 1) { idd titel advertiser { nothing } } nobody { a { b } } }",
  "fragment F on Offer { id } fragment F on Offer { id } { offer(id: 1) { ...F } }",
  "{ offer(id: 1) { ...Missing } }",
  "fragment Unused on Offer { id } { __typename }",
  "{ offer(id: 1) { ... on Advertiser { id } } }",
  "fragment F on Offer { ...G } fragment G on Offer { ...F } { offer(id: 1) { ...F } }",
  "query ($a: ID, $a: ID) { offer(id: $a) { id } }",
  "{ offer(id: $missing) { id } }",
  "query ($unused: Int) { __typename }",
  "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
  "{ __typename @nowhere }",
  "query @skip(if: true) { __typename }",
  "{ __typename @skip(if: true) @skip(if: false) }",
  "{ offer(id: 1) { id @deprecated } }",
  "{ offer(id: 1, ix: 2) { id @skip(when: true) } }",
  "{ offer(id: 1, id: 2) { id @skip(if: true, if: false) } }",
  '{ offers(first: "ten", filter: { ids: { a: 1 }, statuses: NEVER, nonsense: [[1]] }) { nodes { id } } }',
  "{ offer { id } viewer { __typename @include } }",
  "query ($a: Int!, $b: [ID]) { offer(id: $b) { id } offers(filter: { ids: $a }) { totalCount } }",
  "{ a: offer(id: 1) { id } a: offer(id: 2) { id title: url title } }",
  "{ offers(filter: { ids: [1], ids: [2] }) { totalCount } }",
  'query ($a: Int = "x") { offers(first: $a) { totalCount } }',
].map((text) => parse(text));

const told = (document: DocumentNode, by: Parameters<typeof validate>[2], options?: Parameters<typeof validate>[3]) =>
  validate(schema, document, by, options).map((error) => error.toJSON());

test.each(wrong.map((document) => [document.loc?.source.body, document] as const))(
  "all at once say what one by one do: %s",
  (_, document) => {
    const plain = told(document, specifiedRules);
    expect(plain).not.toEqual([]);
    expect(told(document, rules)).toEqual(plain);
    expect(told(document, rules, { maxErrors: 1 })).toEqual(told(document, specifiedRules, { maxErrors: 1 }));
  },
);

test("each rule has something to say here", () => {
  const silent = specifiedRules.filter((rule) => wrong.every((document) => told(document, [rule]).length === 0));
  expect(silent.map(({ name }) => name)).toEqual([]);
});
