import type { World } from "../world/world.js";
import { alone, type ColumnCase, connection, list, single } from "./column-case.js";

/** What affiliates, advertisers and users see of themselves and their own. */
export const ownViews = async (world: World): Promise<ColumnCase[]> => {
  const asAffiliate = { inside: "Affiliate", key: "sandbox-affiliate" } as const;
  const asAdvertiser = { inside: "Advertiser", key: "sandbox-advertiser" } as const;
  const { data } = await world.ask(
    "{ viewer { ... on Affiliate { news { nodes { id } } liveOffers(first: 1) { nodes { id } } } } }",
    { key: asAffiliate.key },
  );
  const mine = data.viewer as Record<"news" | "liveOffers", { nodes: { id: string }[] }>;
  const news = mine.news.nodes.map(({ id }) => id).slice(0, 6);
  return [
    connection({ ...asAffiliate, field: "news", type: "NewsItem", operation: "GET /3.0/news", at: "items" }),
    single({ ...asAffiliate, field: "newsItem", type: "NewsItem", operation: "GET /3.0/news/{id}", at: "news", ids: news }),
    alone({
      ...asAffiliate,
      name: "an affiliate itself",
      ownId: "partner_id",
      deepest: 3,
      reader: "own profile",
      type: "Affiliate",
      without: ["offersCount"],
      forbidden: ["pixels.affiliate", "referrer"],
      operation: "GET /3.1/partner/me",
      at: "user",
    }),
    alone({
      ...asAffiliate,
      name: "an affiliate's own balance",
      reader: "own balance",
      type: "Affiliate",
      selection: "id balances { currency balance hold available }",
      operation: "GET /3.0/balance",
      at: "balance",
    }),
    alone({ name: "a user itself", inside: "User", type: "User", operation: "GET /3.1/user/me", at: "user" }),
    connection({
      ...asAffiliate,
      field: "availableOffers",
      deepest: 3,
      forbidden: ["caps.usage", "targeting.affiliates"],
      type: "Offer",
      operation: "GET /3.0/partner/offers",
      at: "offers",
    }),
    connection({
      ...asAffiliate,
      field: "liveOffers",
      deepest: 3,
      forbidden: ["caps.usage", "targeting.affiliates"],
      type: "Offer",
      operation: "GET /3.0/partner/live-offers",
      at: "offers",
    }),
    connection({
      ...asAffiliate,
      field: "conversions",
      name: "an affiliate's conversions",
      forbidden: ["affiliate", "advertiser"],
      type: "Conversion",
      operation: "GET /3.0/stats/conversions",
      at: "conversions",
    }),
    connection({
      ...asAffiliate,
      field: "postbacks",
      name: "an affiliate's postbacks",
      forbidden: ["affiliate"],
      type: "Postback",
      operation: "GET /3.0/admin/postbacks",
      at: "postbacks",
    }),
    connection({ ...asAffiliate, field: "subValues", type: "SubValue", operation: "GET /3.0/stats/find-subs", at: "subs" }),
    list({
      ...asAffiliate,
      field: "smartlinkCategories",
      type: "SmartlinkCategory",
      operation: "GET /3.0/partner/smartlink/categories",
      at: "data",
      more: "offersCount",
    }),
    list({
      ...asAffiliate,
      field: "productFeedItems",
      args: `feedId: "0123456789abcdef01234567", offerId: "${mine.liveOffers.nodes[0]?.id}"`,
      type: "ProductFeedItem",
      operation: "GET /3.1/product-feed/{product_feed_id}/items",
      at: "data",
    }),
    connection({
      ...asAdvertiser,
      field: "ownOffers",
      deepest: 3,
      forbidden: ["targeting.affiliates"],
      type: "OwnOffer",
      operation: "GET /3.1/advertiser/offers",
      at: "offers",
    }),
    connection({
      ...asAdvertiser,
      field: "conversions",
      name: "an advertiser's conversions",
      forbidden: ["affiliate", "advertiser"],
      type: "Conversion",
      operation: "GET /3.0/stats/conversions",
      at: "conversions",
    }),
  ];
};
