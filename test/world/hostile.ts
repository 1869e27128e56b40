import { gzipSync } from "node:zlib";
import { hostileDocuments } from "./hostile-document.js";
import { type Hostile, json, numbers, times } from "./hostile-words.js";

const mutateOffers = "mutation M($input: UpdateOffersInput!) { updateOffers(input: $input) { results { id: offerId } } }";
const manyOffers = "query Q($ids: [ID!]) { offers(filter: { ids: $ids }) { nodes { id } } }";
const newOffer = "mutation M($input: CreateOfferInput!) { createOffer(input: $input) { offer { id } } }";
const signIn = "mutation M($input: LogInUserInput!) { logInUser(input: $input) { apiKey } }";
const report = `query Q($filter: StatisticsFilter) { statistics(by: [OFFER], from: "2026-01-01", to: "2026-01-31", filter: $filter) { nodes { clicks } } }`;

const inVariables: Hostile[] = [
  {
    name: "60,000 offers to change",
    body: json(mutateOffers, { input: { changes: [{ offerIds: numbers(60_000), status: "ACTIVE" }] } }),
  },
  {
    name: "60,000 offers to delete",
    body: json("mutation M($input: DeleteOffersInput!) { deleteOffers(input: $input) { results { id: deletedId } } }", {
      input: { offerIds: numbers(60_000) },
    }),
  },
  {
    name: "30,000 changes of one offer",
    body: json(mutateOffers, { input: { changes: numbers(30_000).map((id) => ({ offerIds: [id] })) } }),
  },
  { name: "60,000 ids in a filter", body: json(manyOffers, { ids: numbers(60_000) }) },
  { name: "200,000 wrong ids in a filter", body: json(manyOffers, { ids: Array.from({ length: 200_000 }, () => [{}]) }) },
  { name: "200,000 ids in a report's filter", body: json(report, { filter: { offerIds: numbers(130_000) } }) },
  { name: "500,000 nulls in a filter", body: json(manyOffers, { ids: Array.from({ length: 200_000 }, () => null) }) },
  {
    name: "an input of 50,000 unknown fields",
    body: json(newOffer, { input: Object.fromEntries(numbers(50_000).map((id) => [`f${id}`, 1])) }),
  },
  {
    name: "an input of 100 unknown fields of 9 KB",
    body: json(newOffer, { input: Object.fromEntries(numbers(100).map((id) => [`f${id}`, "x".repeat(9_000)])) }),
  },
  {
    name: "100 unknown fields beside a text of 900 KB",
    body: json(newOffer, {
      input: { title: "x".repeat(900_000), ...Object.fromEntries(numbers(100).map((id) => [`f${id}`, 1])) },
    }),
  },
  { name: "an input of one unknown field of 900 KB", body: json(newOffer, { input: { ["x".repeat(900_000)]: 1 } }) },
  {
    name: "9,000 inputs of 5 fields",
    body: json("mutation M($input: ImportConversionsInput!) { importConversions(input: $input) { results { outcome } } }", {
      input: { conversions: numbers(9_000).map((id) => ({ offerId: id, a: 1, b: 2, c: 3, d: [] })) },
    }),
  },
  {
    name: "an input 60,000 levels deep",
    body: `{"query":${JSON.stringify(newOffer)},"variables":{"input":${'{"a":'.repeat(150_000)}1${"}".repeat(150_000)}}}`,
  },
  {
    name: "a list 400,000 levels deep",
    body: `{"query":${JSON.stringify(manyOffers)},"variables":{"ids":${"[".repeat(400_000)}${"]".repeat(400_000)}}}`,
  },
  { name: "unused variables of 1 MB", body: json("{ __typename }", { x: numbers(100_000) }) },
  {
    name: "100,000 unknown variables",
    body: json("{ __typename }", Object.fromEntries(numbers(70_000).map((id) => [`v${id}`, 1]))),
  },
  { name: "an id of 1 MB", body: json("query Q($id: ID!) { offer(id: $id) { id } }", { id: "9".repeat(1_000_000) }) },
  {
    name: "a date of 1 MB",
    body: json("query Q($d: Date!) { statistics(by: [OFFER], from: $d, to: $d) { nodes { clicks } } }", {
      d: "2".repeat(1_000_000),
    }),
  },
  {
    name: "an enum of 1 MB",
    body: json("query Q($c: [OfferStatus!]) { offers(filter: { status: $c }) { nodes { id } } }", { c: ["A".repeat(1_000_000)] }),
  },
  {
    name: "100,000 enums that are almost right",
    body: json("query Q($c: [OfferStatus!]) { offers(filter: { status: $c }) { nodes { id } } }", {
      c: Array.from({ length: 90_000 }, () => "ACTIV"),
    }),
  },
  { name: "an Int of 1 MB", body: json("query Q($n: Int) { offers(first: $n) { nodes { id } } }", { n: "1".repeat(1_000_000) }) },
  { name: "an email of 1 MB", body: json(signIn, { input: { email: `${"a@".repeat(490_000)}`, password: "x" } }) },
  { name: "a password of 1 MB", body: json(signIn, { input: { email: "a@b.cc", password: "x".repeat(1_000_000) } }) },
  {
    name: "a title of 1 MB of spaces",
    body: json(newOffer, { input: { title: `${" ".repeat(990_000)}x`, advertiserId: "a", url: "https://x" } }),
  },
  {
    name: "an id of 900 KB in 190 fields",
    body: json(`query Q($id: ID!) { ${times(190, (index) => `a${index}: offer(id: $id) { id }`)} }`, { id: "9".repeat(900_000) }),
  },
  {
    name: "10,000 ids in 190 fields",
    body: json(`query Q($ids: [ID!]) { ${times(190, (index) => `a${index}: offers(filter: { ids: $ids }) { totalCount }`)} }`, {
      ids: numbers(10_000),
    }),
  },
  {
    name: "300 changes of 200 values in 190 mutations",
    body: json(
      `mutation M($input: UpdateOffersInput!) { ${times(190, (index) => `a${index}: updateOffers(input: $input) { results { offerId } }`)} }`,
      { input: { changes: numbers(300).map((id) => ({ offerIds: [id], tags: numbers(200) })) } },
    ),
  },
  {
    name: "50 ids of 18 KB in 190 fields",
    body: json(`query Q($ids: [ID!]) { ${times(190, (index) => `a${index}: offers(filter: { ids: $ids }) { totalCount }`)} }`, {
      ids: numbers(50).map((id) => id.padStart(18_000, "0")),
    }),
  },
  {
    name: "600 ids in a filter of each of 10,000 rows",
    body: json(
      "query Q($ids: [ID!]) { offers(first: 10000) { nodes { conversions(first: 1, filter: { affiliateIds: $ids }) { totalCount } } } }",
      { ids: numbers(600) },
    ),
  },
  {
    name: "a cursor of 1 MB",
    body: json("query Q($a: String) { offers(after: $a) { nodes { id } } }", { a: "A".repeat(1_000_000) }),
  },
];

const bodies: Hostile[] = [
  { name: "gzip that unpacks to 1 GB", body: gzipSync(Buffer.alloc(200_000_000, 32)), headers: { "content-encoding": "gzip" } },
  {
    name: "gzip that unpacks to 1 MB of JSON",
    body: gzipSync(json(manyOffers, { ids: numbers(100_000) })),
    headers: { "content-encoding": "gzip" },
  },
  { name: "JSON 500,000 levels deep", body: "[".repeat(1_000_000) },
  { name: "an object 150,000 levels deep", body: `${'{"a":'.repeat(150_000)}1${"}".repeat(150_000)}` },
  {
    name: "100,000 keys in extensions",
    body: json("{ __typename }", undefined, { extensions: Object.fromEntries(numbers(70_000).map((id) => [`e${id}`, 1])) }),
  },
  { name: "a batch of 50,000 operations", body: `[${times(40_000, '{"query":"{a}"}', ",")}]` },
  {
    name: "the key __proto__ 10,000 times",
    body: `{"query":"{ __typename }","variables":{${times(60_000, '"__proto__":{}', ",")}}}`,
  },
  { name: "a number of 1 MB", body: `{"query":"{ __typename }","variables":{"n":${"9".repeat(1_000_000)}}}` },
];

/** One of each kind of hostile request, none above 1 MB on the wire, all without a key. */
export const hostileRequests: readonly Hostile[] = [...inVariables, ...hostileDocuments, ...bodies];
