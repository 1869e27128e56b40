import { makeExecutableSchema } from "@graphql-tools/schema";
import { GraphQLScalarType, type GraphQLSchema } from "graphql";
import { typeDefs } from "../sdl.js";
import * as advertiser from "./advertiser.js";
import * as affiliate from "./affiliate.js";
import * as affiliateWrite from "./affiliate-write.js";
import * as cap from "./cap.js";
import * as category from "./category.js";
import * as click from "./click.js";
import * as conversion from "./conversion.js";
import * as customField from "./custom-field.js";
import * as offer from "./offer.js";
import * as offerPayment from "./offer-payment.js";
import * as offerWrite from "./offer-write.js";
import { bindColumns } from "./read.js";
import * as scalar from "./scalar.js";
import * as source from "./source.js";
import * as statistics from "./statistics.js";
import * as subAccount from "./sub-account.js";
import * as targeting from "./targeting.js";
import * as user from "./user.js";
import * as viewer from "./viewer.js";
import { enumWords } from "./words.js";

/** Every noun's resolvers; each module exports them by the SDL's own names, which begin with a capital. */
const nouns: object[] = [
  scalar,
  advertiser,
  affiliate,
  affiliateWrite,
  cap,
  category,
  click,
  conversion,
  customField,
  offer,
  offerPayment,
  offerWrite,
  source,
  statistics,
  subAccount,
  targeting,
  user,
  viewer,
];

type Resolvers = Record<string, object>;

/** As objects: graphql-tools binds bare functions to their map, and `bindColumns` would not know a bound one again. */
const fieldsOf = (type: object): object =>
  type instanceof GraphQLScalarType
    ? type
    : Object.fromEntries(Object.entries(type).map(([name, resolve]) => [name, name.startsWith("__") ? resolve : { resolve }]));

const resolversOf = (noun: object): Resolvers =>
  Object.fromEntries(
    Object.entries(noun).flatMap(([name, type]) => (/^[A-Z]/.test(name) ? [[name, fieldsOf(type as object)] as const] : [])),
  );

/** The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. */
export const buildSchema = (): GraphQLSchema => {
  const parts = typeDefs();
  const words = enumWords(makeExecutableSchema({ typeDefs: parts }));
  return bindColumns(makeExecutableSchema({ typeDefs: parts, resolvers: [words, ...nouns.map(resolversOf)] }));
};
