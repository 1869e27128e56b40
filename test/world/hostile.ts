import { gzipSync } from "node:zlib";
import { getIntrospectionQuery } from "graphql";

/** A request that means harm: what of it is sent to `/graphql`, and the code it must be refused with, where one is sure. */
export interface Hostile {
  name: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const times = (count: number, text: string | ((index: number) => string), join = " "): string =>
  Array.from({ length: count }, (_, index) => (typeof text === "string" ? text : text(index))).join(join);

const json = (query: string, variables?: object, more: object = {}) => JSON.stringify({ query, variables, ...more });

const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => String(index + from));

const mutateOffers = "mutation M($input: UpdateOffersInput!) { updateOffers(input: $input) { results { id: offerId } } }";
const manyOffers = "query Q($ids: [ID!]) { offers(filter: { ids: $ids }) { nodes { id } } }";
const newOffer = "mutation M($input: CreateOfferInput!) { createOffer(input: $input) { offer { id } } }";
const signIn = "mutation M($input: LogInUserInput!) { logInUser(input: $input) { apiKey } }";
const report = `query Q($filter: StatisticsFilter) { statistics(by: [OFFER], from: "2026-01-01", to: "2026-01-31", filter: $filter) { nodes { clicks } } }`;

const typeOf = (depth: number): string => `type { name fields { name ${depth ? typeOf(depth - 1) : ""} } }`;

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
    name: "a cursor of 1 MB",
    body: json("query Q($a: String) { offers(after: $a) { nodes { id } } }", { a: "A".repeat(1_000_000) }),
  },
];

const inDocuments: Hostile[] = [
  { name: "1 MB of braces", body: json("{".repeat(900_000)) },
  { name: "1 MB of letters", body: json("a".repeat(900_000)) },
  { name: "1 MB of comments", body: json(`${"#\n".repeat(300_000)}{ __typename }`) },
  { name: "a block string of 1 MB", body: json(`{ offer(id: """${"\\n ".repeat(200_000)}""") { id } }`) },
  {
    name: "a string of 900 KB where a date is due",
    body: json(`{ statistics(by: [OFFER], from: "${"x".repeat(900_000)}", to: "") { nodes { clicks } } }`),
  },
  { name: "an unknown field of 900 KB", body: json(`{ ${"a".repeat(900_000)} }`) },
  { name: "an unknown enum of 900 KB", body: json(`{ offers(filter: { status: [${"A".repeat(900_000)}] }) { nodes { id } } }`) },
  { name: "an Int of 900 KB of digits", body: json(`{ offers(first: ${"1".repeat(900_000)}) { nodes { id } } }`) },
  {
    name: "an operationName of 900 KB",
    body: json("query A { __typename } query B { __typename }", undefined, { operationName: "x".repeat(900_000) }),
  },
  { name: "an operation with a name of 900 KB", body: json(`query ${"x".repeat(900_000)} { __typename }`) },
  { name: "5,000 aliases", body: json(`{ ${times(1_600, (index) => `a${index}: __typename`)} }`) },
  { name: "2,400 unknown fields", body: json(`{ ${times(4_900, (index) => `f${index}`)} }`) },
  { name: "2,400 almost right fields", body: json(`{ ${times(4_900, (index) => `offer${index}`)} }`) },
  { name: "4,900 times the same field", body: json(`{ ${times(4_900, "__typename")} }`) },
  { name: "1,200 times an object field", body: json(`{ ${times(1_200, "viewer { __typename }")} }`) },
  { name: "2,400 directives", body: json(`{ __typename ${times(2_400, "@skip")} }`) },
  { name: "1,600 unknown directives", body: json(`{ __typename ${times(2_400, (index) => `@d${index}`)} }`) },
  { name: "800 skips", body: json(`{ ${times(600, (index) => `a${index}: __typename @skip(if: true)`)} }`) },
  {
    name: "a fragment that doubles 20 times",
    body: json(
      `{ ...F0 } ${times(20, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F20 on Query { __typename }`,
    ),
  },
  {
    name: "a fragment that doubles 100 times, with fields",
    body: json(
      `{ ...F0 } ${times(100, (index) => `fragment F${index} on Query { a${index}: __typename ...F${index + 1} ...F${index + 1} }`)} fragment F100 on Query { __typename }`,
    ),
  },
  {
    name: "a circle of 300 fragments",
    body: json(`{ ...F0 } ${times(300, (index) => `fragment F${index} on Query { ...F${(index + 1) % 300} }`)}`),
  },
  {
    name: "300 fragments that spread each other",
    body: json(
      `{ ...F0 } ${times(60, (index) => `fragment F${index} on Query { ${times(60, (other) => (other > index ? `...F${other}` : "__typename"))} }`)}`,
    ),
  },
  {
    name: "700 fragments nobody uses",
    body: json(`{ __typename } ${times(700, (index) => `fragment F${index} on Query { __typename }`)}`),
  },
  {
    name: "1,200 operations",
    body: json(
      times(1_000, (index) => `query Q${index} { __typename }`),
      undefined,
      { operationName: "Q7" },
    ),
  },
  { name: "1,200 operations of one name", body: json(times(1_000, "query Q { __typename }"), undefined, { operationName: "Q" }) },
  { name: "600 variables, all wrong", body: json(`query Q(${times(900, (index) => `$v${index}: Int!`)}) { __typename }`) },
  { name: "1,200 levels of fields", body: json(`${"{ viewer ".repeat(2_000)}${"}".repeat(2_000)}`) },
  {
    name: "2,000 levels of lists in a value",
    body: json(`{ offers(filter: { ids: ${"[".repeat(2_400)}${"]".repeat(2_400)} }) { nodes { id } } }`),
  },
  {
    name: "1,200 levels of objects in a value",
    body: json(`{ offers(filter: ${"{ ids: ".repeat(1_200)}1${"}".repeat(1_200)}) { nodes { id } } }`),
  },
  {
    name: "4,000 ids in the document",
    body: json(`{ offers(filter: { ids: [${numbers(4_800).join(" ")}] }) { nodes { id } } }`),
  },
  {
    name: "4,000 wrong ids in the document",
    body: json(`{ offers(filter: { ids: [${times(4_800, "1.5")}] }) { nodes { id } } }`),
  },
  {
    name: "overlapping fields that differ in arguments",
    body: json(`{ ${times(600, (index) => `offer(id: ${index}) { id }`)} }`),
  },
  { name: "overlapping fields in inline fragments", body: json(`{ ${times(500, "... on Query { viewer { __typename } }")} }`) },
  {
    name: "300 logins in one request",
    body: json(
      `mutation { ${times(199, (index) => `a${index}: logInUser(input: { email: "a@b.cc", password: "Aa1!aaaa${index}" }) { apiKey }`)} }`,
    ),
  },
  {
    name: "an anonymous operation beside 1,000 others",
    body: json(`{ __typename } ${times(900, (index) => `query Q${index} { __typename }`)}`, undefined, { operationName: "Q1" }),
  },
];

const wideAnswers: Hostile[] = [
  {
    name: "10,000 rows of 190 aliases of 4 KB",
    body: json(`{ offers(first: 10000) { nodes { ${times(190, (index) => `a${index}_${"x".repeat(4_500)}: title`)} } } }`),
  },
  {
    name: "10,000 rows of 190 aliased objects",
    body: json(`{ offers(first: 10000) { nodes { ${times(190, (index) => `a${index}: advertiser { id title }`)} } } }`),
  },
  {
    name: "10,000 rows of 1,000 fields, by fragments",
    body: json(
      `{ offers(first: 10000) { nodes { ${times(190, (index) => `a${index}: advertiser { ...F }`)} } } } fragment F on Advertiser { id title country city address1 address2 zipCode }`,
    ),
  },
  {
    name: "190 lists of 10,000 rows",
    body: json(`{ ${times(190, (index) => `a${index}: offers(first: 10000) { nodes { id } }`)} }`),
  },
];

const introspection: Hostile[] = [
  { name: "the whole schema once", body: json(getIntrospectionQuery()) },
  { name: "all types, each with its fields' types, 4 levels", body: json(`{ __schema { types { fields { ${typeOf(2)} } } } }`) },
  { name: "all types, each with its fields' types, 7 levels", body: json(`{ __schema { types { fields { ${typeOf(5)} } } } }`) },
  {
    name: "all types' interfaces' possible types' fields",
    body: json("{ __schema { types { interfaces { possibleTypes { fields { args { name } } } } fields { name } } } }"),
  },
  {
    name: "all types under 100 aliases",
    body: json(`{ __schema { ${times(100, (index) => `a${index}: types { name description fields { name description } }`)} } }`),
  },
  {
    name: "one type under 190 aliases",
    body: json(
      `{ ${times(190, (index) => `a${index}: __type(name: "Offer") { fields { name description type { name } args { name description } } }`)} }`,
    ),
  },
  {
    name: "__typename of all types by fragments",
    body: json(
      `{ __schema { types { ...A } } } fragment A on __Type { ...B ...B fields { ...C } } fragment B on __Type { name } fragment C on __Field { type { fields { type { fields { name } } } } }`,
    ),
  },
  {
    name: "introspection over 190 aliased schemas",
    body: json(`{ ${times(190, (index) => `a${index}: __schema { types { name fields { name } } }`)} }`),
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
export const hostileRequests: readonly Hostile[] = [...inVariables, ...inDocuments, ...wideAnswers, ...introspection, ...bodies];
