import type { Input } from "../../affise/operation.js";
import type { Context } from "../../context.js";
import type {
  AdvertiserResolvers,
  CreateAdvertiserInput,
  MutationResolvers,
  QueryResolvers,
  UpdateAdvertiserInput,
} from "../../generated/schema.js";
import { subRule, subRules } from "../affiliate/sub-account.js";
import { column, detailColumn } from "../column/column.js";
import { connection } from "../column/connection.js";
import { customFieldColumns } from "../column/custom-field.js";
import { affiliateIdsIn, affiliatesIn, foreignKey, ownHex } from "../column/foreign-key.js";
import { nullIfNotFound } from "../column/null-if-not-found.js";
import type { AdvertiserRow } from "../column/row.js";
import { columns, each, hex, ids, int, type Way } from "../mutation/write.js";
import { offerConnection } from "../offer/offer.js";
import { together } from "../statistics/own-figures.js";
import { figures, reportArgs } from "../statistics/statistics.js";
import { userIn } from "../user/user.js";

export const Query = {
  advertiser: (_, { id }, { load }) => load.advertiser.load(hex(id, "id")),

  advertisers: (_, { filter, orderBy, ...page }, { load }) => {
    const query = {
      id: ids(hex, filter?.ids, "filter.ids"),
      name: filter?.search ?? undefined,
      tags: filter?.tags ?? undefined,
      updated_at: filter?.updatedSince ?? undefined,
      with_offers: filter?.hasOffers ? (1 as const) : undefined,
      order: orderBy?.field ?? undefined,
      orderType: orderBy?.direction ?? undefined,
    };
    return connection(page, load.pages.advertisers({ query }));
  },
} satisfies QueryResolvers;

const fromListed = detailColumn((row: AdvertiserRow, { load }: Context) => load.advertiser.load(ownHex(row.id)));
const fromDetail = detailColumn((row: AdvertiserRow, { load }: Context) =>
  nullIfNotFound(load.advertiserDetail.load(ownHex(row.id))),
);

export const Advertiser = {
  managerId: foreignKey("user", "manager_obj", "manager").id,
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
  enabledAffiliateIds: ({ affiliates_enabled }) => affiliateIdsIn(affiliates_enabled),
  enabledAffiliates: ({ affiliates_enabled }, _, { load }) => affiliatesIn(load, affiliates_enabled),
  disabledAffiliateIds: ({ affiliates_disabled }) => affiliateIdsIn(affiliates_disabled),
  disabledAffiliates: ({ affiliates_disabled }, _, { load }) => affiliatesIn(load, affiliates_disabled),
  locksPostbackStatus: fromDetail("disabled_choice_postback_status"),
  postbackSecret: column("hash_password"),
  offers: ({ id, viewer }, args, context) => offerConnection(context, args, viewer ? {} : { advertiser: [ownHex(id)] }),
  statistics: async ({ id, viewer }, args, { load }, info) => {
    const asked = reportArgs(args, info);
    if (viewer) return together(await load.ownFigures.load(ownHex(id), asked));
    return figures(await load.advertiserFigures.load(ownHex(id), asked));
  },
} satisfies AdvertiserResolvers;

const linesTo = (column: string) => (lines: readonly string[]) => ({ [column]: lines.join("\n") });

const ways: Record<string, Way> = {
  managerId: (id: string, argument) => ({ manager: id && hex(id, argument) }),
  allowedIps: linesTo("allowed_ip"),
  disallowedIps: linesTo("disallowed_ip"),
  postbackSecret: "hash_password",
  personalTargetingOnly: (only: boolean) => ({ consider_personal_targeting_only: String(only) }),
  clickSigning: "sign_clicks_integration",
  signsClicks: "sign_clicks_appsflyer_key",
  skadNetworkIds: "skad_network_id",
  locksPostbackStatus: "disabled_choice_postback_status",
  enabledAffiliateIds: each("affiliates_enabled", int),
  disabledAffiliateIds: each("affiliates_disabled", int),
  uniqueClicksOnly: "hosts_only",
  hidesConversionStatus: "hide_conversion_status",
  encryptsSubAccounts: "subaccounts_encryption",
  uniqueClicksPerVisitor: "host_uniqueness_number_unique_clicks",
  uniqueClicksHours: "host_uniqueness_time_frame",
  sub1Rule: subRule(1),
  sub2Rule: subRule(2),
  customFields: customFieldColumns,
};

type Body = Input<"POST /3.0/admin/advertiser">["body"];

const bodyOf = (input: CreateAdvertiserInput | Omit<UpdateAdvertiserInput, "id">): Body => columns(input, ways) as Body;

export const Mutation = {
  createAdvertiser: (_, { input }, { call }) => call("POST /3.0/admin/advertiser", { body: bodyOf(input) }),

  updateAdvertiser: (_, { input: { id, ...changes } }, { call }) =>
    call("POST /3.0/admin/advertiser/{id}", { path: { id: hex(id, "id") }, body: bodyOf(changes) }),
} satisfies MutationResolvers;
