import { AffiseError, badInput } from "../../affise/error/error.js";
import type { AvailableOfferFilter, AvailableOfferOrder, LiveOfferFilter, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { whole } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { ownNumber } from "../column/foreign-key.js";
import { hex, ids, int, toZeroOne } from "../mutation/write.js";
import { Offer } from "./offer.js";

export const Query = {
  activeOffersCount: async (_, __, { call }) => whole((await call("GET /3.0/offers/count")).count),
} satisfies Resolvers["Query"];

/** Affise would ignore the others without a word, and list offers that were not asked for. */
const alone = (filter: AvailableOfferFilter | LiveOfferFilter | undefined): void => {
  const other = Object.keys(filter ?? {}).find((name) => name !== "hasRoomIn" && name !== "capCountries");
  if (!other || (!filter?.hasRoomIn && !filter?.capCountries)) return;
  const argument = `filter.${other}`;
  throw badInput(argument, `${argument}: Affise heeds nothing else beside hasRoomIn and capCountries.`);
};

const availableQuery = (filter: AvailableOfferFilter | undefined, orderBy: AvailableOfferOrder | undefined) => {
  alone(filter);
  return {
    int_id: ids(int, filter?.ids, "filter.ids"),
    q: filter?.search,
    countries: filter?.countries,
    categories: ids(hex, filter?.categoryIds, "filter.categoryIds"),
    caps_type: filter?.hasRoomIn,
    caps_country: filter?.capCountries,
    sort: orderBy ? { [orderBy.field]: orderBy.direction } : undefined,
  };
};

const onlyOwn = (what: string) =>
  new AffiseError("FORBIDDEN", `${what} is for the affiliate's own key; ask it under viewer.`, { arguments: [what] });

export const Affiliate = {
  availableOffers: ({ id, viewer }, { filter, orderBy, ...page }, { load }) => {
    if (!viewer) {
      if (filter || orderBy) {
        const argument = filter ? "filter" : "orderBy";
        throw badInput(argument, `${argument} is for the affiliate's own key; Affise has none for network users.`);
      }
      const path = { affiliate_id: ownNumber(id) };
      return connection(page, load.pages.offersAvailableFor({ path, query: {} }));
    }
    const query = availableQuery(filter, orderBy);
    return connection(page, load.pages.availableOffers({ query }));
  },

  liveOffers: ({ viewer }, { filter, orderBy, ...page }, { load }) => {
    if (!viewer) throw onlyOwn("liveOffers");
    const query = {
      ...availableQuery(filter, orderBy),
      smartlink_categories: ids(hex, filter?.smartlinkCategoryIds, "filter.smartlinkCategoryIds"),
      os: filter?.oses,
      is_top: toZeroOne(filter?.isTop),
      updated_at: filter?.updatedFrom,
    };
    return connection(page, load.pages.liveOffers({ query }));
  },
} satisfies Resolvers["Affiliate"];

export const Advertiser = {
  ownOffers: (_, { filter, ...page }, { load }) => {
    const query = {
      offer_id: filter?.id ? int(filter.id, "filter.id") : undefined,
      search: filter?.search,
      country: filter?.country,
    };
    return connection(page, load.pages.ownOffers({ query }));
  },

  ownOffer: (_, { id }, { load }) => nullIfNotFound(load.ownOffer.load(int(id, "id"))),
} satisfies Resolvers["Advertiser"];

const { status, description, descriptions, kpi, kpis, url, previewUrl, categories, sources, payouts, targeting, conversionRate } =
  Offer;

export const OwnOffer = {
  offerId: column("id"),
  offer: ({ id }, _, { load }) => load.offer.load(ownNumber(id)),
  ...{ status, description, descriptions, kpi, kpis, url, previewUrl, categories, sources, payouts, targeting, conversionRate },
} satisfies Resolvers["OwnOffer"];
