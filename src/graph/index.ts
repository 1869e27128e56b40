import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { typeDefs } from "../sdl.js";
import * as category from "./category.js";
import { bindColumns } from "./read.js";
import * as scalar from "./scalar.js";
import * as source from "./source.js";
import { enumWords } from "./words.js";

/** Every noun's resolvers; each module exports them by the SDL's own names. */
const nouns = [scalar, category, source];

/** The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. */
export const buildSchema = (): GraphQLSchema => {
  const parts = typeDefs();
  const words = enumWords(makeExecutableSchema({ typeDefs: parts }));
  return bindColumns(makeExecutableSchema({ typeDefs: parts, resolvers: [words, ...nouns] }));
};
