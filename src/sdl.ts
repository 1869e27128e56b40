import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { type GraphQLSchema, printSchema } from "graphql";
import { enumValues } from "./graph/column/enum.js";

const folder = new URL("../schema/", import.meta.url);

/** The nouns people come for, in the order in which they shall find them; the others follow by name. */
const first = [
  "base",
  "offer-filter",
  "offer-write",
  "offer",
  "cap",
  "affiliate",
  "advertiser",
  "statistics",
  "report",
  "conversion",
  "payment",
  "invoice",
  "ticket",
  "user",
];

const rank = (name: string): number => {
  const at = first.findIndex((noun) => name === `${noun}.graphql` || name.startsWith(`${noun}-`));
  return at === -1 ? first.length : at;
};

/** The files of `schema/`, as text. */
export const typeDefs = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".graphql"))
    .sort((left, right) => rank(basename(left)) - rank(basename(right)) || left.localeCompare(right, "en"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));

/** The schema without resolvers, its enums bound to Affise's words. */
export const bareSchema = (): GraphQLSchema => {
  const parts = typeDefs();
  return makeExecutableSchema({ typeDefs: parts, resolvers: enumValues(makeExecutableSchema({ typeDefs: parts })) });
};

/** The whole SDL as one text, as `affise-graphql schema` and `/schema.graphql` give it. */
export const printedSchema = (): string => printSchema(makeExecutableSchema({ typeDefs: typeDefs() }));
