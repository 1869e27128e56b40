import { AffiseError } from "../../affise/error.js";
import type {
  AdvertiserResolvers,
  AffiliateResolvers,
  AvailableOfferFilter,
  AvailableOfferOrder,
  LiveOfferFilter,
  QueryResolvers,
} from "../../generated/schema.js";
import { absent } from "../column/absent.js";
import { connection } from "../column/connection.js";
import { ownNumber } from "../column/joined.js";
import { bit, given, hex, ids, int } from "../mutation/write.js";

export const Query = {
  activeOffersCount: async (_, __, { call }) => (await call("GET /3.0/offers/count")).count,
} satisfies QueryResolvers;

/** Affise would ignore the others without a word, and list offers that were not asked for. */
const alone = (filter: AvailableOfferFilter | LiveOfferFilter | null | undefined): void => {
  const set = Object.entries(filter ?? {}).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));
  const [other] = set.filter((name) => name !== "hasRoomIn" && name !== "capCountries");
  if (!other || (!filter?.hasRoomIn && !filter?.capCountries)) return;
  const argument = `filter.${other}`;
  throw new AffiseError("BAD_USER_INPUT", `${argument}: Affise heeds nothing else beside hasRoomIn and capCountries.`, {
    arguments: [argument],
  });
};

const availableQuery = (filter: AvailableOfferFilter | null | undefined, orderBy: AvailableOfferOrder | null | undefined) => {
  alone(filter);
  return {
    int_id: ids(int, filter?.ids, "filter.ids"),
    q: given(filter?.search),
    countries: given(filter?.countries),
    categories: ids(hex, filter?.categoryIds, "filter.categoryIds"),
    caps_type: given(filter?.hasRoomIn),
    caps_country: given(filter?.capCountries),
    sort: orderBy ? { [orderBy.field]: orderBy.direction } : undefined,
  };
};

const onlyOwn = (what: string) =>
  new AffiseError("FORBIDDEN", `${what} is for the affiliate's own key; ask it under viewer.`, { arguments: [what] });

export const Affiliate = {
  availableOffers: ({ id, viewer }, { filter, orderBy, ...page }, { call }) => {
    if (!viewer) {
      if (filter || orderBy) {
        const argument = filter ? "filter" : "orderBy";
        throw new AffiseError(
          "BAD_USER_INPUT",
          `${argument} is for the affiliate's own key; Affise has none for network users.`,
          {
            arguments: [argument],
          },
        );
      }
      const path = { affiliate_id: ownNumber(id) };
      return connection(page, async (query) => {
        const { offers, pagination } = await call("GET /ui/offers/available-for/{affiliate_id}", { path, query });
        return { rows: offers, total: pagination.total_count };
      });
    }
    const query = availableQuery(filter, orderBy);
    return connection(page, async ({ page, limit }) => {
      const { offers, pagination } = await call("GET /3.0/partner/offers", { query: { ...query, page, limit } });
      return { rows: offers, total: pagination.total_count };
    });
  },

  liveOffers: ({ viewer }, { filter, orderBy, ...page }, { call }) => {
    if (!viewer) throw onlyOwn("liveOffers");
    const query = {
      ...availableQuery(filter, orderBy),
      smartlink_categories: ids(hex, filter?.smartlinkCategoryIds, "filter.smartlinkCategoryIds"),
      os: given(filter?.oses),
      is_top: bit(filter?.isTop),
      updated_at: given(filter?.updatedSince),
    };
    return connection(page, async ({ page, limit }) => {
      const { offers, pagination } = await call("GET /3.0/partner/live-offers", { query: { ...query, page, limit } });
      return { rows: offers, total: pagination.total_count };
    });
  },
} satisfies AffiliateResolvers;

export const Advertiser = {
  ownOffers: (_, { filter, ...page }, { call }) => {
    const query = {
      offer_id: filter?.id ? int(filter.id, "filter.id") : undefined,
      search: given(filter?.search),
      country: given(filter?.country),
    };
    return connection(page, async ({ page, limit }) => {
      const { offers, pagination } = await call("GET /3.1/advertiser/offers", { query: { ...query, page, limit } });
      return { rows: offers, total: pagination.total_count };
    });
  },

  ownOffer: (_, { id }, { load }) => absent(load.ownOffer.load(int(id, "id"))),
} satisfies AdvertiserResolvers;
