// graphql-eslint over the schema and every operation of the repository, as test/interop/lint.test.ts lays them out. Each rule that is off or loosened says why.
import { readdirSync, readFileSync } from "node:fs";
import graphql from "@graphql-eslint/eslint-plugin";
import { Kind, parse } from "graphql";

const isType = ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION;

/** Values that live inside a parent, rows of reports, payloads, connections and edges: they have no id on purpose. */
const typesWithoutId = parse(readFileSync("schema.graphql", "utf8"))
  .definitions.filter((type) => isType(type) && !type.fields.some(({ name }) => name.value === "id"))
  .map(({ name }) => name.value);

const schema = "schema/**/*.graphql";

/** A folder of operations is a program of its own: names of operations and fragments are unique in each. */
const programs = readdirSync("operations").map((name) => [name, { schema, documents: `operations/${name}/**/*.graphql` }]);

const rules = (name, changes = {}) => ({
  ...graphql.configs[`flat/${name}`].rules,
  ...Object.fromEntries(Object.entries(changes).map(([rule, how]) => [`@graphql-eslint/${rule}`, how])),
});

const off = (files, ...names) => ({
  files,
  rules: Object.fromEntries(names.map((rule) => [`@graphql-eslint/${rule}`, "off"])),
});

export default [
  {
    files: ["**/*.graphql"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { projects: { schema: { schema }, ...Object.fromEntries(programs) } } },
    },
    plugins: { "@graphql-eslint": graphql },
  },
  {
    files: [schema],
    rules: {
      ...rules("schema-recommended", {
        // A sentence stands in single quotes, a paragraph in a block; the rule wants one of them everywhere.
        "description-style": "off",
        // Affise prints some currencies and tracking domains without an id; a cache then keeps them in their parent.
        "strict-id-in-types": ["error", { exceptions: { types: [...typesWithoutId, "Currency", "TrackingDomain"] } }],
      }),
      ...rules("schema-relay", {
        // What Affise cannot give by its id is no Node (clicks, corrections, rows of reports); connections have `nodes` beside `edges`, and what is
        // short and has no pages is a plain list.
        "relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
      }),
    },
  },
  // `landingId` and `creativeId`: values in a parent have no `id`, lest a cache take one for another. `nodeId` of Node: `id` is Affise's own.
  // `paymentSystemId` and its like: a payment's, of another noun.
  off(["schema/offer/offer-part.graphql", "schema/network/node.graphql", "schema/payment/payment.graphql"], "no-typename-prefix"),
  // What extends a connection has only what it adds; the connection itself is written by @connection, like all others.
  off(["schema/statistics/statistics.graphql"], "relay-connection-types"),
  {
    files: ["operations/**/*.graphql"],
    rules: {
      ...rules("operations-all", {
        // Fields stand in the order in which people read them and tables show them.
        alphabetize: "off",
        // The typed client has its reads in one file and its writes in another.
        "lone-executable-definition": "off",
        "match-document-filename": "off",
      }),
      ...rules("operations-recommended"),
    },
  },
  // The page shows its examples' answers as tables and keeps them in no cache.
  off(["operations/playground/*.graphql"], "require-selections"),
];
