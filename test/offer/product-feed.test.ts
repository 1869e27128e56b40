import { afterAll, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 500,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const operation = "GET /3.1/product-feed/{product_feed_id}/items";
const feed = "0123456789abcdef01234567";
const key = "sandbox-affiliate";

const ownOffer = async () => {
  const { data } = await w.ask(graphql("{ viewer { ... on Affiliate { liveOffers(first: 1) { nodes { id } } } } }"), { key });
  return data.viewer.liveOffers.nodes[0]?.id;
};

const fields = `id feedId name description trackingLink url imageUrl price currency availability brand brandSku sku category subcategory
  clientId`;

const readFeed = (offerId: string | undefined, id = feed) =>
  w.askCounting(
    graphql(`{ viewer { ... on Affiliate { id productFeedItems(feedId: "${id}", offerId: "${offerId}") { ${fields} } } } }`),
    { key },
  );

test("an affiliate reads a feed with its own tracking links", async () => {
  const { data, errors, calls } = await readFeed(await ownOffer());
  expect(errors).toBeUndefined();
  expect(calls).toContain(operation);
  const { productFeedItems } = data.viewer;
  expect(productFeedItems[0]).toMatchObject({
    feedId: feed,
    trackingLink: expect.stringContaining("//"),
    price: expect.any(Number),
    currency: "USD",
    description: null,
    subcategory: null,
    clientId: "1",
  });
});

test.each([
  ["x", feed, "offerId"],
  ["1", "7", "feedId"],
])("offer %s of feed %s is told before the call", async (offer, id, argument) => {
  const { data, errors, calls } = await readFeed(offer, id);
  expect(data.viewer).toMatchObject({ id: expect.any(String), productFeedItems: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
  expect(calls).not.toContain(operation);
});

test("nobody else does: FORBIDDEN at the field, without a call", async () => {
  const { data, errors, calls } = await w.askCounting(
    `{ affiliate(id: 1) { id productFeedItems(feedId: "${feed}", offerId: 1) { ${fields} } } }`,
  );
  expect(data).toEqual({ affiliate: { id: "1", productFeedItems: null } });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(calls).toEqual(["GET /3.0/admin/partners"]);
});

test("an offer that nobody knows is NOT_FOUND, and the affiliate stays", async () => {
  const { data, errors } = await readFeed("4711");
  expect(data.viewer).toMatchObject({ id: expect.any(String), productFeedItems: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation });
});
