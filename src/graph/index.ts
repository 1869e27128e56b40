import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { typeDefs } from "../sdl.js";
import * as adCost from "./ad-cost.js";
import * as advertiser from "./advertiser.js";
import * as advertiserAccess from "./advertiser-access.js";
import * as advertiserAuth from "./advertiser-auth.js";
import * as affiliate from "./affiliate.js";
import * as affiliateAccount from "./affiliate-account.js";
import * as affiliateWrite from "./affiliate-write.js";
import * as automation from "./automation.js";
import * as cap from "./cap.js";
import * as category from "./category.js";
import * as click from "./click.js";
import * as conversion from "./conversion.js";
import * as conversionEdit from "./conversion-edit.js";
import * as conversionImport from "./conversion-import.js";
import * as creative from "./creative.js";
import * as customField from "./custom-field.js";
import * as invoice from "./invoice.js";
import * as news from "./news.js";
import * as offer from "./offer.js";
import * as offerAccess from "./offer-access.js";
import * as offerAvailable from "./offer-available.js";
import * as offerLink from "./offer-link.js";
import * as offerPayment from "./offer-payment.js";
import * as offerWrite from "./offer-write.js";
import * as payment from "./payment.js";
import * as paymentWrite from "./payment-write.js";
import * as permission from "./permission.js";
import * as pixel from "./pixel.js";
import * as postback from "./postback.js";
import * as postbackLog from "./postback-log.js";
import * as preset from "./preset.js";
import * as productFeed from "./product-feed.js";
import * as promocode from "./promocode.js";
import { bindColumns } from "./read.js";
import * as reference from "./reference.js";
import * as report from "./report.js";
import * as reportAppsflyer from "./report-appsflyer.js";
import * as reportSubValue from "./report-sub-value.js";
import * as scalar from "./scalar.js";
import * as smartlink from "./smartlink.js";
import * as source from "./source.js";
import * as statistics from "./statistics.js";
import * as statisticsReport from "./statistics-report.js";
import * as subAccount from "./sub-account.js";
import * as targeting from "./targeting.js";
import * as ticket from "./ticket.js";
import * as user from "./user.js";
import * as userAuth from "./user-auth.js";
import * as userWrite from "./user-write.js";
import * as viewer from "./viewer.js";
import { enumWords } from "./words.js";

/** Every noun's resolvers; each module exports them by the SDL's own names, which begin with a capital. */
const nouns: object[] = [
  advertiser,
  affiliate,
  affiliateWrite,
  cap,
  category,
  click,
  conversion,
  conversionEdit,
  conversionImport,
  pixel,
  postback,
  postbackLog,
  customField,
  invoice,
  offer,
  offerPayment,
  offerWrite,
  payment,
  paymentWrite,
  permission,
  preset,
  source,
  statistics,
  subAccount,
  targeting,
  user,
  userWrite,
  promocode,
  offerAccess,
  creative,
  offerAvailable,
  offerLink,
  affiliateAccount,
  userAuth,
  advertiserAuth,
  advertiserAccess,
  news,
  smartlink,
  ticket,
  viewer,
  adCost,
  automation,
  productFeed,
  reference,
  report,
  reportAppsflyer,
  reportSubValue,
  statisticsReport,
];

type Resolvers = Record<string, object>;

/** As objects: graphql-tools binds bare functions to their map, and `bindColumns` would not know a bound one again. */
const fieldsOf = (type: object): object =>
  Object.fromEntries(Object.entries(type).map(([name, resolve]) => [name, name.startsWith("__") ? resolve : { resolve }]));

const resolversOf = (noun: object): Resolvers =>
  Object.fromEntries(
    Object.entries(noun).flatMap(([name, type]) => (/^[A-Z]/.test(name) ? [[name, fieldsOf(type as object)] as const] : [])),
  );

/** The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. */
export const buildSchema = (): GraphQLSchema => {
  const parts = typeDefs();
  const words = enumWords(makeExecutableSchema({ typeDefs: parts }));
  return bindColumns(
    makeExecutableSchema({
      typeDefs: parts,
      resolvers: [
        words,
        { Date: scalar.Date, LocalDateTime: scalar.LocalDateTime, Count: scalar.Count },
        ...nouns.map(resolversOf),
      ],
    }),
  );
};
