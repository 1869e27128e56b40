import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { typeDefs } from "../sdl.js";
import * as cap from "./cap.js";
import * as category from "./category.js";
import * as offer from "./offer.js";
import * as offerPayment from "./offer-payment.js";
import * as offerWrite from "./offer-write.js";
import { bindColumns } from "./read.js";
import * as scalar from "./scalar.js";
import * as source from "./source.js";
import * as statistics from "./statistics.js";
import * as subAccount from "./sub-account.js";
import * as targeting from "./targeting.js";
import { enumWords } from "./words.js";

/** Every noun's resolvers; each module exports them by the SDL's own names, which begin with a capital. */
const nouns: object[] = [scalar, cap, category, offer, offerPayment, offerWrite, source, statistics, subAccount, targeting];

type Resolvers = Record<string, object>;

const resolversOf = (noun: object): Resolvers => Object.fromEntries(Object.entries(noun).filter(([name]) => /^[A-Z]/.test(name)));

/** The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. */
export const buildSchema = (): GraphQLSchema => {
  const parts = typeDefs();
  const words = enumWords(makeExecutableSchema({ typeDefs: parts }));
  return bindColumns(makeExecutableSchema({ typeDefs: parts, resolvers: [words, ...nouns.map(resolversOf)] }));
};
