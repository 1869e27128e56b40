import { listRows } from "../../affise/list/list.js";
import type { Resolvers, SmartlinkCategoryFilter } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { list, whole } from "../column/decode.js";
import { affiliateKeys, found, hexIn, idIn } from "../column/foreign-key.js";
import { hex, ids } from "../mutation/write.js";

const listQuery = (filter: SmartlinkCategoryFilter | undefined) => ({
  id: ids(hex, filter?.ids, "filter.ids"),
  name: filter?.search,
});

export const Query = {
  smartlinkCategory: (_, { id }, { load }) => load.smartlinkCategory.load(hex(id, "id")),
  smartlinkCategories: async (_, { filter }, { call }) => [
    ...(await listRows(call, "GET /3.0/admin/smartlink/categories", "data", { query: listQuery(filter) })),
  ],
} satisfies Resolvers["Query"];

/** Stands on the rows of an affiliate's own list, whose offers are counted by another operation. */
const own = { isOwn: true };

export const Affiliate = {
  smartlinkCategories: async (_, { filter }, { load }) =>
    (await load.ownSmartlinkCategories.load("own", listQuery(filter)))?.map((row) => ({ ...row, ...own })) ?? [],
} satisfies Resolvers["Affiliate"];

export const Offer = {
  smartlinkCategories: ({ smartlink_categories }, _, { load }) => {
    const named = list(smartlink_categories)?.map(hexIn);
    if (!named) return null;
    return Promise.all(named.map((id) => (id ? load.smartlinkCategory.load(id) : null))).then(found);
  },
} satisfies Resolvers["Offer"];

export const StatisticsKey = {
  smartlinkCategory: ({ smart_id }, _, { load }) => {
    const id = hexIn(idIn(smart_id));
    return id ? load.smartlinkCategory.load(id) : null;
  },
} satisfies Resolvers["StatisticsKey"];

export const SmartlinkCategory = {
  id: column("_id"),
  title: column("name"),
  trackingDomain: column("domain", "tracking_domain"),
  usesHttps: column("use_https"),
  privacy: column("privacy_level"),
  ...affiliateKeys("includedAffiliate", "included_affiliates"),
  ...affiliateKeys("excludedAffiliate", "excluded_affiliates"),
  offersCount: async ({ _id, isOwn }, _, { load }) => {
    const id = hexIn(_id);
    if (!id) return null;
    const counted = await (isOwn ? load.ownSmartlinkOffersCount.load(id) : load.smartlinkOffersCount.load(id));
    return whole(counted?.count);
  },
} satisfies Resolvers["SmartlinkCategory"];
