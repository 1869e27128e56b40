import { getIntrospectionQuery } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({
  offers: 30,
  affiliates: 20,
  advertisers: 6,
  conversions: 200,
  now: new Date("2026-03-01T12:00:00Z"),
});

afterAll(() => world.close());

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  key?: string;
}

const ask = async ({ key = "sandbox-general-manager", ...body }: Asked) => {
  const headers = { "content-type": "application/json", "api-key": key };
  const response = await fetch(`${world.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
};

const days = `from: "2026-01-01", to: "2026-03-01"`;
const affiliate = "sandbox-affiliate";
const advertiser = "sandbox-advertiser";

const fields: Record<string, Asked> = {
  "a list": { query: "{ offers(first: 3) { totalCount nodes { id title status } } }" },
  "edges and cursors": {
    query: "{ offers(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage endCursor startCursor } } }",
  },
  "aliases of one field": { query: "{ a: offer(id: 1) { id } b: offer(id: 2) { id } }" },
  "aliases on leaves": { query: "{ offer(id: 1) { first: title second: title number: id } }" },
  "the same field twice": { query: "{ offer(id: 1) { id title id } offer(id: 1) { status } }" },
  "sub-selections merged": { query: "{ offer(id: 1) { advertiser { id } advertiser { companyName } } }" },
  "joins in joins": {
    query: "{ offers(first: 5) { nodes { advertiser { manager { name } offers(first: 2) { nodes { id } } } } } }",
  },
  "lists in lists": {
    query: "{ offers(first: 9) { nodes { caps { period affiliates { id email } namedGoals { value title } } } } }",
  },
  "__typename everywhere": { query: "{ __typename offers(first: 2) { __typename nodes { __typename caps { __typename } } } }" },
  "null for nothing there": { query: "{ offer(id: 99999) { id title } affiliate(id: 99999) { id } }" },
  "an empty selection of nothing": {
    query: '{ offers(first: 2, filter: { search: "nothing of the kind" }) { totalCount nodes { id } } }',
  },
  figures: {
    query: `{ offers(first: 4) { nodes { id statistics(${days}) { clicks conversions { confirmed { count income } } } } } }`,
  },
  "a figure asked for twice": { query: `{ offer(id: 1) { a: statistics(${days}) { clicks } b: statistics(${days}) { epc } } }` },
};

const fragments: Record<string, Asked> = {
  "a fragment": { query: "{ offers(first: 2) { nodes { ...O } } } fragment O on Offer { id title }" },
  "a fragment in a fragment": {
    query:
      "{ offers(first: 2) { nodes { ...O } } } fragment O on Offer { id advertiser { ...A } } fragment A on Advertiser { companyName }",
  },
  "a fragment at two places": {
    query: "{ a: offer(id: 1) { ...O } b: offer(id: 2) { ...O } } fragment O on Offer { id caps { value } }",
  },
  "an inline fragment with its type": { query: "{ offer(id: 1) { ... on Offer { id ... on Offer { title } } } }" },
  "an inline fragment without a type": { query: "{ offer(id: 1) { ... { id title } } }" },
  "a union as a user": {
    query: "{ viewer { __typename ... on User { id role } ... on Affiliate { id email } ... on Advertiser { id } } }",
  },
  "a union as an affiliate": {
    query:
      "{ viewer { __typename ... on User { id role } ... on Affiliate { id email status manager { name } } ... on Advertiser { id } } }",
    key: affiliate,
  },
  "a union as an advertiser": {
    query: "{ viewer { __typename ... on User { id } ... on Advertiser { id ownOffers(first: 2) { nodes { offerId } } } } }",
    key: advertiser,
  },
  "a union through fragments": {
    query: "{ viewer { ...U ...A } } fragment U on User { name } fragment A on Affiliate { companyName balances { currency } }",
    key: affiliate,
  },
  "a union in which nothing fits": { query: "{ viewer { ... on Advertiser { id } } }" },
};

const directives: Record<string, Asked> = {
  "@include true": { query: "query ($yes: Boolean!) { offer(id: 1) { id title @include(if: $yes) } }", variables: { yes: true } },
  "@include false": {
    query: "query ($yes: Boolean!) { offer(id: 1) { id title @include(if: $yes) } }",
    variables: { yes: false },
  },
  "@skip true": { query: "query ($no: Boolean!) { offer(id: 1) { id title @skip(if: $no) } }", variables: { no: true } },
  "@skip and @include": {
    query: "query ($a: Boolean!, $b: Boolean!) { offer(id: 1) { id title @skip(if: $a) @include(if: $b) } }",
    variables: { a: false, b: true },
  },
  "@skip on a fragment": {
    query: "query ($no: Boolean!) { offer(id: 1) { id ...T @skip(if: $no) } } fragment T on Offer { title }",
    variables: { no: true },
  },
  "@include on an inline fragment": {
    query: "query ($yes: Boolean!) { offer(id: 1) { id ... @include(if: $yes) { title } } }",
    variables: { yes: false },
  },
  "@skip on a root field": {
    query: "query ($no: Boolean!) { offer(id: 1) { id } affiliate(id: 1) @skip(if: $no) { id } }",
    variables: { no: true },
  },
  "@include by a default": { query: "query ($yes: Boolean = false) { offer(id: 1) { id title @include(if: $yes) } }" },
  "@skip of everything": { query: "query ($no: Boolean!) { offer(id: 1) @skip(if: $no) { id } }", variables: { no: true } },
  "one of two of the same field": {
    query: "query ($no: Boolean!) { offer(id: 1) { title @skip(if: $no) ... on Offer { title } } }",
    variables: { no: true },
  },
};

const variables: Record<string, Asked> = {
  "a variable": { query: "query ($id: ID!) { offer(id: $id) { id title } }", variables: { id: "3" } },
  "a number for an ID": { query: "query ($id: ID!) { offer(id: $id) { id } }", variables: { id: 3 } },
  "a default that is used": { query: "query ($first: Int = 2) { offers(first: $first) { nodes { id } } }" },
  "a default that is not": {
    query: "query ($first: Int = 2) { offers(first: $first) { nodes { id } } }",
    variables: { first: 4 },
  },
  "null over a default": {
    query: "query ($first: Int = 2) { offers(first: $first) { nodes { id } } }",
    variables: { first: null },
  },
  "a variable left out": { query: "query ($after: String) { offers(first: 2, after: $after) { nodes { id } } }" },
  "a variable inside an object": {
    query:
      "query ($search: String, $ids: [ID!]) { offers(first: 5, filter: { search: $search, ids: $ids, isTop: null }) { nodes { id } } }",
    variables: { ids: ["1", "2"] },
  },
  "a variable inside a list inside an object": {
    query: "query ($one: ID!) { offers(filter: { ids: [1, $one] }) { nodes { id } } }",
    variables: { one: "5" },
  },
  "a whole object": {
    query: "query ($filter: OfferFilter) { offers(first: 5, filter: $filter) { nodes { id status } } }",
    variables: { filter: { status: ["STOPPED", "SUSPENDED"], ids: [1, 2, 3, 4, 5, 6, 7, 8] } },
  },
  "one value for a list": {
    query: "query ($filter: OfferFilter) { offers(first: 5, filter: $filter) { nodes { id } } }",
    variables: { filter: { status: "STOPPED", ids: "4" } },
  },
  "nulls inside an object": {
    query: "query ($filter: OfferFilter) { offers(first: 2, filter: $filter) { nodes { id } } }",
    variables: { filter: { status: null, search: null } },
  },
  "null for an object": {
    query: "query ($filter: OfferFilter) { offers(first: 2, filter: $filter) { nodes { id } } }",
    variables: { filter: null },
  },
  "an enum in a variable": {
    query:
      "query ($by: [StatisticsSlice!]!, $from: Date!, $to: Date!) { statistics(by: $by, from: $from, to: $to) { nodes { slice { day offer { id } } figures { clicks } } } }",
    variables: { by: ["DAY", "OFFER"], from: "2026-02-20", to: "2026-03-01" },
  },
  "an enum in the text": { query: "{ offers(first: 4, orderBy: { field: EPC, direction: DESC }) { nodes { id epc } } }" },
  "scalars out": {
    query: `{ conversions(first: 5, ${days}) { nodes { createdAt status payout ip } } news: offer(id: 1) { createdAt startsAt } }`,
  },
  "scalars in": {
    query: "query ($since: Date) { offers(first: 3, filter: { updatedFrom: $since }) { totalCount } }",
    variables: { since: "2026-01-01" },
  },
};

const errors: Record<string, Asked> = {
  "a forbidden field": {
    query: "{ offers(first: 2) { nodes { id advertiser { id } } } affiliates(first: 1) { nodes { id } } }",
    key: affiliate,
  },
  "a forbidden field in every row": { query: "{ offers(first: 4) { nodes { caps { usage { current } } } } }", key: affiliate },
  "a wrong argument deep inside": {
    query: `{ offer(id: 1) { id statistics(from: "2026-02-02", to: "2026-02-01") { clicks } } }`,
  },
  "a wrong argument at one of two aliases": { query: '{ good: offer(id: 1) { id } bad: offer(id: "abc") { id } }' },
  "a wrong cursor": { query: '{ offers(after: "nonsense") { totalCount nodes { id } edges { cursor } } }' },
  "an error under an error": { query: '{ a: offers(first: 0) { nodes { id } } b: affiliate(id: "x") { manager { id } } }' },
  "a wrong key": { query: "{ offers(first: 1) { nodes { id } } viewer { __typename } }", key: "nobody" },
  "a missing variable": { query: "query ($id: ID!) { offer(id: $id) { id } }" },
  "null where none may be": { query: "query ($id: ID!) { offer(id: $id) { id } }", variables: { id: null } },
  "a variable of the wrong type": {
    query: "query ($first: Int) { offers(first: $first) { totalCount } }",
    variables: { first: "many" },
  },
  "a broken date": {
    query: "query ($d: Date!) { statistics(by: [DAY], from: $d, to: $d) { totalCount } }",
    variables: { d: "2026-02-30" },
  },
  "an unknown enum value": {
    query: "query ($f: OfferFilter) { offers(filter: $f) { totalCount } }",
    variables: { f: { status: ["RUNNING"] } },
  },
  "an unknown input field": {
    query: "query ($f: OfferFilter) { offers(filter: $f) { totalCount } }",
    variables: { f: { colour: 1 } },
  },
  "an unknown field": { query: "{ offers { nodes { colour } } }" },
  "no query at all": { query: "{ offers {" },
};

const operations: Record<string, Asked> = {
  "the first of two": { query: "query A { offer(id: 1) { id } } query B { affiliate(id: 1) { id } }", operationName: "A" },
  "the second of two": { query: "query A { offer(id: 1) { id } } query B { affiliate(id: 1) { id } }", operationName: "B" },
  "none of two": { query: "query A { offer(id: 1) { id } } query B { affiliate(id: 1) { id } }", operationName: "C" },
  "no name for two": { query: "query A { offer(id: 1) { id } } query B { affiliate(id: 1) { id } }" },
  "two with one fragment": {
    query: "query A { offer(id: 1) { ...O } } query B { offer(id: 2) { ...O } } fragment O on Offer { id title }",
    operationName: "B",
  },
  introspection: { query: getIntrospectionQuery() },
  "introspection beside data": {
    query: '{ __type(name: "Offer") { name fields { name type { kind name } } } offer(id: 1) { id } }',
  },
  "enum values": { query: '{ __type(name: "OfferStatus") { enumValues(includeDeprecated: true) { name description } } }' },
};

const all = Object.entries({ ...fields, ...fragments, ...directives, ...variables, ...errors, ...operations });

describe("the same question gets the same answer at every sight, to the letter", () => {
  test.each(all)("%s", async (_, asked) => {
    const first = await ask(asked);
    expect(first.status).toBeLessThan(500);
    expect(first.text).not.toContain('"code":"INTERNAL_SERVER_ERROR"');
    // The second time its document is kept, the third its plan, and the fourth that plan runs.
    for (const sight of ["second", "third", "fourth"]) expect(await ask(asked), sight).toEqual(first);
  });
});
