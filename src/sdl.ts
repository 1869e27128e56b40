import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { enumValues } from "./graph/column/enum.js";
import { withPages } from "./paged-sdl.js";

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

let texts: readonly string[] | undefined;

const textsOfSdl = (): readonly string[] => {
  texts ??= readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".graphql"))
    .sort((left, right) => rank(basename(left)) - rank(basename(right)) || left.localeCompare(right, "en"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  return texts;
};

/** The files of `schema/` as one document, lists in pages with their arguments. */
export const parsedSdl = (): DocumentNode => withPages(parse(textsOfSdl().join("\n"), { noLocation: true }));

/** The names of all fields that the schema marks as secrets, read off its text: the log wants them before there is a schema. */
export const secretNames = (): string[] => [
  ...new Set(
    textsOfSdl().flatMap((text) => [...text.matchAll(/^\s*(\w+)[^:\n]*:[^\n]*@secret\b/gm)].map(([, name = ""]) => name)),
  ),
];

/** The schema without resolvers, its enums bound to Affise's words. Throws where the SDL is no valid schema. */
export const bareSchema = (): GraphQLSchema => {
  const typeDefs = parsedSdl();
  return makeExecutableSchema({ typeDefs, resolvers: enumValues(typeDefs) });
};

/** The whole SDL as one text, its cost directives too, as `affise-graphql schema` and `/schema.graphql` give it. */
export const printedSchema = (): string => printSchemaWithDirectives(makeExecutableSchema({ typeDefs: parsedSdl() }));
