import type { Context } from "../../context.js";
import type { Resolvers } from "../../generated/schema.js";
import { subRules } from "../affiliate/sub-account.js";
import { column, detailColumn } from "../column/column.js";
import { connection } from "../column/connection.js";
import { nullIfNotFound } from "../column/failure.js";
import { affiliateKeys, foreignKey, ownHex } from "../column/foreign-key.js";
import type { AdvertiserRow } from "../column/row.js";
import { hex, ids } from "../mutation/write.js";
import { offerConnection } from "../offer/offer.js";
import { reportArgs } from "../statistics/statistics.js";
import { figuresOf, wholeFigures } from "../statistics/statistics-figures.js";
import { userIn } from "../user/user.js";

export const Query = {
  advertiser: (_, { id }, { load }) => load.advertiser.load(hex(id, "id")),

  advertisers: (_, { filter, orderBy, ...page }, { load }) => {
    const query = {
      id: ids(hex, filter?.ids, "filter.ids"),
      name: filter?.search,
      tags: filter?.tags,
      updated_at: filter?.updatedFrom,
      with_offers: filter?.hasOffers ? (1 as const) : undefined,
      order: orderBy?.field,
      orderType: orderBy?.direction,
    };
    return connection(page, load.pages.advertisers({ query }));
  },
} satisfies Resolvers["Query"];

const fromListed = detailColumn((row: AdvertiserRow, { load }: Context) => load.advertiser.load(ownHex(row.id)));
const fromDetail = detailColumn((row: AdvertiserRow, { load }: Context) =>
  nullIfNotFound(load.advertiserDetail.load(ownHex(row.id))),
);

export const Advertiser = {
  companyName: column("title"),
  managerId: foreignKey("manager", "manager_obj", "manager").managerId,
  manager: ({ manager_obj, manager }, _, { load }) => userIn(load, manager_obj, manager),
  allowedIps: column("allowed_ip"),
  disallowedIps: column("disallowed_ip"),
  personalTargetingOnly: column("consider_personal_targeting_only"),
  skadNetworkIds: column("skad_network_id"),
  hidesConversionStatus: column("hide_conversion_status"),
  uniqueClicksOnly: column("hosts_only"),
  clickSigning: column("sign_clicks_integration"),
  subAccounts: ({ sub_accounts }) => subRules(sub_accounts),
  offersCount: fromListed("offers"),
  hasUser: fromListed("has_user"),
  ...affiliateKeys("enabledAffiliate", "affiliates_enabled"),
  ...affiliateKeys("disabledAffiliate", "affiliates_disabled"),
  locksPostbackStatus: fromDetail("disabled_choice_postback_status"),
  postbackSecret: column("hash_password"),
  offers: ({ id, viewer }, args, context) => offerConnection(context, args, viewer ? {} : { advertiser: [ownHex(id)] }),
  statistics: ({ id, viewer }, args, { load }, info) => {
    const asked = reportArgs(args, info);
    return viewer ? wholeFigures(load, asked) : figuresOf(load.advertiserFigures, ownHex(id), asked);
  },
} satisfies Resolvers["Advertiser"];
