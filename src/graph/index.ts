import { makeExecutableSchema } from "@graphql-tools/schema";
import { concatAST, type GraphQLSchema } from "graphql";
import { parsedSdl } from "../sdl.js";
import { routerSdl } from "../subgraph-sdl.js";
import * as adCost from "./advertiser/ad-cost.js";
import * as adCostWrite from "./advertiser/ad-cost-write.js";
import * as advertiser from "./advertiser/advertiser.js";
import * as advertiserAccess from "./advertiser/advertiser-access-write.js";
import * as advertiserAuth from "./advertiser/advertiser-auth-write.js";
import * as advertiserWrite from "./advertiser/advertiser-write.js";
import * as invoice from "./advertiser/invoice.js";
import * as invoiceWrite from "./advertiser/invoice-write.js";
import * as affiliate from "./affiliate/affiliate.js";
import * as affiliateAccount from "./affiliate/affiliate-account-write.js";
import * as affiliateWrite from "./affiliate/affiliate-write.js";
import * as news from "./affiliate/news.js";
import * as pixel from "./affiliate/pixel.js";
import * as pixelWrite from "./affiliate/pixel-write.js";
import * as postback from "./affiliate/postback.js";
import * as postbackLog from "./affiliate/postback-log.js";
import * as postbackWrite from "./affiliate/postback-write.js";
import * as subAccount from "./affiliate/sub-account.js";
import * as ticket from "./affiliate/ticket.js";
import * as ticketWrite from "./affiliate/ticket-write.js";
import { guardArguments } from "./column/argument.js";
import { bindColumns } from "./column/bind.js";
import * as customField from "./column/custom-field.js";
import { enumValues } from "./column/enum.js";
import { IdArguments } from "./column/id-argument.js";
import { bindNodeIds } from "./column/node-id.js";
import * as scalar from "./column/scalar.js";
import * as click from "./conversion/click.js";
import * as conversion from "./conversion/conversion.js";
import * as conversionEdit from "./conversion/conversion-edit-write.js";
import * as conversionImport from "./conversion/conversion-import-write.js";
import * as deletion from "./mutation/deletion.js";
import { guardMutations } from "./mutation/mutate.js";
import * as automation from "./network/automation.js";
import * as automationWrite from "./network/automation-write.js";
import * as entity from "./network/entity.js";
import * as node from "./network/node.js";
import * as reference from "./network/reference.js";
import * as cap from "./offer/cap.js";
import * as capWrite from "./offer/cap-write.js";
import * as category from "./offer/category.js";
import * as categoryWrite from "./offer/category-write.js";
import * as creative from "./offer/creative.js";
import * as creativeWrite from "./offer/creative-write.js";
import * as offer from "./offer/offer.js";
import * as offerAccess from "./offer/offer-access.js";
import * as offerAccessWrite from "./offer/offer-access-write.js";
import * as offerAvailable from "./offer/offer-available.js";
import * as offerBulkWrite from "./offer/offer-bulk-write.js";
import * as offerLink from "./offer/offer-link.js";
import * as offerPartWrite from "./offer/offer-part-write.js";
import * as offerPayment from "./offer/offer-payment.js";
import * as offerWrite from "./offer/offer-write.js";
import * as productFeed from "./offer/product-feed.js";
import * as promocode from "./offer/promocode.js";
import * as promocodeWrite from "./offer/promocode-write.js";
import * as smartlink from "./offer/smartlink.js";
import * as smartlinkWrite from "./offer/smartlink-write.js";
import * as source from "./offer/source.js";
import * as sourceWrite from "./offer/source-write.js";
import * as targeting from "./offer/targeting.js";
import * as payment from "./payment/payment.js";
import * as paymentWrite from "./payment/payment-write.js";
import * as report from "./statistics/report.js";
import * as reportAppsflyer from "./statistics/report-appsflyer.js";
import * as reportSubValue from "./statistics/report-sub-value.js";
import * as statistics from "./statistics/statistics.js";
import * as statisticsFigures from "./statistics/statistics-figures.js";
import * as statisticsKey from "./statistics/statistics-key.js";
import * as statisticsReport from "./statistics/statistics-report.js";
import * as permission from "./user/permission.js";
import * as preset from "./user/preset.js";
import * as presetWrite from "./user/preset-write.js";
import * as user from "./user/user.js";
import * as userAuth from "./user/user-auth-write.js";
import * as userWrite from "./user/user-write.js";
import * as viewer from "./user/viewer.js";

/** Every noun's resolvers; each module exports them by the SDL's own names, which begin with a capital (those of routers with an underscore before it). */
const nouns: object[] = [
  deletion,
  adCostWrite,
  advertiserWrite,
  invoiceWrite,
  pixelWrite,
  postbackWrite,
  ticketWrite,
  automationWrite,
  capWrite,
  categoryWrite,
  creativeWrite,
  offerAccessWrite,
  offerBulkWrite,
  offerPartWrite,
  promocodeWrite,
  smartlinkWrite,
  sourceWrite,
  presetWrite,
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
  statisticsFigures,
  statisticsKey,
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
  node,
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
    Object.entries(noun).flatMap(([name, type]) => (/^_?[A-Z]/.test(name) ? [[name, fieldsOf(type as object)] as const] : [])),
  );

export interface SchemaOptions {
  /** True adds what a router of a federated graph asks. */
  federation?: boolean;
}

const build = (federation: boolean): GraphQLSchema => {
  const sdl = parsedSdl();
  const typeDefs = federation ? concatAST([sdl, routerSdl(sdl)]) : sdl;
  const schema = bindNodeIds(
    bindColumns(
      makeExecutableSchema({
        typeDefs,
        // Codegen, and a test, read the same files with every rule.
        assumeValidSDL: true,
        assumeValid: true,
        resolvers: [
          enumValues(typeDefs),
          { Date: scalar.Date, LocalDateTime: scalar.LocalDateTime, Count: scalar.Count },
          ...nouns.map(resolversOf),
          ...(federation ? [resolversOf(entity)] : []),
        ],
      }),
    ),
  );
  const ids = new IdArguments(schema);
  return guardMutations(guardArguments(schema, ids), ids);
};

const built = new Map<boolean, GraphQLSchema>();

/**
 * The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. It is built once: what asks for the
 * same gets the same, and changes nothing of it.
 */
export const buildSchema = ({ federation = false }: SchemaOptions = {}): GraphQLSchema => {
  const schema = built.get(federation) ?? build(federation);
  built.set(federation, schema);
  return schema;
};
