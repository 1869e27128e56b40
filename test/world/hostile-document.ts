import { getIntrospectionQuery } from "graphql";
import { type Hostile, json, numbers, times } from "./hostile-words.js";

const typeOf = (depth: number): string => `type { name fields { name ${depth ? typeOf(depth - 1) : ""} } }`;

const lines = "\n".repeat(490_000);

const inDocuments: Hostile[] = [
  { name: "1 MB of braces", body: json("{".repeat(900_000)) },
  { name: "1 MB of letters", body: json("a".repeat(900_000)) },
  { name: "1 MB of comments", body: json(`${"#\n".repeat(300_000)}{ __typename }`) },
  { name: "a block string of 1 MB", body: json(`{ offer(id: """${"\\n ".repeat(200_000)}""") { id } }`) },
  {
    name: "a string of 900 KB where a date is due",
    body: json(`{ statistics(by: [OFFER], from: "${"x".repeat(900_000)}", to: "") { nodes { clicks } } }`),
  },
  { name: "490,000 lines before 150 unknown fields", body: json(`${lines}{ ${times(150, (index) => `f${index}`)} }`) },
  {
    name: "490,000 lines before 150 wrong ids",
    body: json(`${lines}{ offers(filter: { ids: [${times(150, "1.5")}] }) { totalCount } }`),
  },
  {
    name: "490,000 lines before 190 fields without a key",
    body: json(`${lines}{ ${times(190, (index) => `a${index}: viewer { __typename }`)} }`),
  },
  {
    name: "190 block strings of 1,500 lines",
    body: json(`{ ${times(190, (index) => `a${index}: offer(id: """${"\n ".repeat(1_500)}""") { id }`)} }`),
  },
  {
    name: "550 times the same field with a text of 1.5 KB",
    body: json(`{ ${times(550, `offer(id: "${"x".repeat(1_500)}") { id }`)} }`),
  },
  {
    name: "a field of 1,400 conflicts",
    body: json(`{ viewer { ${times(700, "a: id")} } viewer { ${times(700, "a: x")} } }`),
  },
  {
    name: "150 unknown types with almost right names",
    body: json(`query Q(${times(150, (index) => `$v${index}: OfferFilter${index}`)}) { __typename }`),
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
    body: json(`{ offers(first: 10000) { nodes { ${times(190, (index) => `a${index}: advertiser { id companyName }`)} } } }`),
  },
  {
    name: "10,000 rows of 1,000 fields, by fragments",
    body: json(
      `{ offers(first: 10000) { nodes { ${times(190, (index) => `a${index}: advertiser { ...F }`)} } } } fragment F on Advertiser { id companyName country city address1 address2 zipCode }`,
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
    name: "the inputs of all mutations under 100 aliases",
    body: json(
      `{ __type(name: "Mutation") { ${times(100, (index) => `a${index}: fields { args { type { ofType { inputFields { type { name ofType { name enumValues { name } } } } } } } }`)} } }`,
    ),
  },
  {
    name: "all Nodes under 150 aliases, their name in a variable",
    body: json(
      `query Q($name: String!) { __type(name: $name) { ${times(150, (index) => `a${index}: possibleTypes { fields { name description args { name description } } }`)} } }`,
      { name: "Node" },
    ),
  },
  {
    name: "introspection over 190 aliased schemas",
    body: json(`{ ${times(190, (index) => `a${index}: __schema { types { name fields { name } } }`)} }`),
  },
];

const nested: Hostile[] = [
  { name: "inline fragments 1,500 deep", body: json(`{ ${times(1_500, () => "...{")} __typename ${times(1_500, () => "}")} }`) },
  {
    name: "a literal 1,200 objects deep",
    body: json(`{ offers(filter: ${times(1_200, () => "{a:")}1${times(1_200, () => "}")}) { totalCount } }`),
  },
  { name: "a type 2,400 lists deep", body: json(`query Q($v: ${"[".repeat(2_400)}Int${"]".repeat(2_400)}) { __typename }`) },
];

/** Harm in the text of a document: its shape, its length, its answer. */
export const hostileDocuments: readonly Hostile[] = [...inDocuments, ...wideAnswers, ...introspection, ...nested];
