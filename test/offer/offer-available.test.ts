import { afterAll, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const affiliate = "sandbox-affiliate";
const advertiser = "sandbox-advertiser";
const asAffiliate = ["GET /3.1/partner/me", "GET /3.1/user/me"];

interface Offers<Row = { id: string; title: string }> {
  totalCount: number;
  nodes: Row[];
}

const offersAt = <Row = { id: string; title: string }>(data: unknown, ...path: string[]): Offers<Row> =>
  path.reduce((at, step) => (at as Record<string, unknown>)[step], data) as Offers<Row>;

test("the active offers are counted, for network users", async () => {
  const { data, calls } = await w.askCounting(
    graphql("{ activeOffersCount offers(first: 1, filter: { status: [ACTIVE] }) { totalCount } }"),
  );
  const { activeOffersCount, offers } = data;
  expect(activeOffersCount).toBe(offers.totalCount);
  expect(calls).toEqual(["GET /3.0/offers", "GET /3.0/offers/count"]);
  const refused = await w.ask("{ activeOffersCount viewer { __typename } }", { key: affiliate });
  expect(refused).toMatchObject({
    data: { activeOffersCount: null, viewer: { __typename: "Affiliate" } },
    errors: [{ path: ["activeOffersCount"], extensions: { code: "FORBIDDEN" } }],
  });
});

test("a network user lists what an affiliate can see, and so does the affiliate", async () => {
  const { data: own, calls } = await w.askCounting(
    graphql(
      "{ viewer { ... on Affiliate { id availableOffers(first: 100) { totalCount nodes { id title trackingLink payouts { payout } } } } } }",
    ),
    { key: affiliate },
  );
  expect(calls).toEqual(["GET /3.0/partner/offers", ...asAffiliate]);
  const { id } = own.viewer;
  const network = await w.askCounting(
    "query ($id: ID!) { affiliate(id: $id) { availableOffers(first: 100) { totalCount nodes { id title advertiser { id } } } } }",
    {
      variables: { id },
    },
  );
  expect(network.errors).toBeUndefined();
  expect(network.calls).toEqual([
    "GET /3.0/admin/advertisers",
    "GET /3.0/admin/partners",
    "GET /ui/offers/available-for/{affiliate_id}",
  ]);
  const ids = (offers: Offers) => offers.nodes.map((offer) => offer.id).sort();
  expect(ids(offersAt(network.data, "affiliate", "availableOffers"))).toEqual(ids(offersAt(own, "viewer", "availableOffers")));
});

test("the affiliate filters and sorts its own", async () => {
  const { data, errors } = await w.ask(
    `{ viewer { ... on Affiliate {
      sorted: availableOffers(first: 100, orderBy: { field: ID, direction: DESC }) { totalCount nodes { id title } }
      roomy: availableOffers(first: 100, filter: { hasRoomIn: [CONVERSIONS, CLICKS], capCountries: ["US"] }) { totalCount }
      live: liveOffers(first: 100, orderBy: { field: CONVERSION_RATE }) { totalCount nodes { id title } }
      some: liveOffers(filter: { oses: ["Android"], isTop: false, updatedFrom: "2020-01-01", countries: ["US"] }) { totalCount }
    } } }`,
    { key: affiliate },
  );
  expect(errors).toBeUndefined();
  const sorted = offersAt(data, "viewer", "sorted");
  const numbers = sorted.nodes.map(({ id }) => Number(id));
  expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
  const [one] = sorted.nodes;
  const found = await w.ask(
    "query ($id: ID!, $title: String) { viewer { ... on Affiliate { byId: availableOffers(filter: { ids: [$id] }) { nodes { id } } byTitle: liveOffers(filter: { search: $title }) { nodes { id } } } } }",
    { variables: { id: one?.id, title: one?.title }, key: affiliate },
  );
  expect(found.data).toEqual({ viewer: { byId: { nodes: [{ id: one?.id }] }, byTitle: { nodes: [{ id: one?.id }] } } });
});

test("filters that Affise would ignore are refused", async () => {
  const beside = await w.ask(
    '{ viewer { ... on Affiliate { availableOffers(filter: { hasRoomIn: [CLICKS], search: "x" }) { totalCount } } } }',
    {
      key: affiliate,
    },
  );
  expect(beside.errors).toMatchObject([
    { message: expect.stringContaining("filter.search"), extensions: { code: "BAD_USER_INPUT" } },
  ]);
  const network = await w.ask(
    '{ affiliate(id: 1) { id availableOffers(filter: { search: "x" }) { totalCount } liveOffers { totalCount } } }',
  );
  expect(network.data).toEqual({ affiliate: { id: "1", availableOffers: null, liveOffers: null } });
  expect(network.errors?.map(({ extensions }) => extensions.code).sort()).toEqual(["BAD_USER_INPUT", "FORBIDDEN"]);
});

test("an advertiser's own offers, paged, filtered and single", async () => {
  const fields =
    "offerId title createdAt description descriptions { language text } logo status kpis { language text } previewUrl url payouts { income currency goal } targeting { name } creatives { creativeId title } landings { landingId url } categories { id title } sources { sourceId title isAllowed } conversionRate epc";
  const { data, errors, calls } = await w.askCounting(
    `{ viewer { ... on Advertiser { id ownOffers(first: 100) { totalCount nodes { ${fields} } pageInfo { hasNextPage } } } } }`,
    { key: advertiser },
  );
  expect(errors).toBeUndefined();
  // The first of them tells that the key is an advertiser's.
  const own = "GET /3.1/advertiser/offers";
  expect(calls.filter((call) => call.startsWith("GET /3.1/advertiser"))).toEqual([own, own]);
  const { totalCount, nodes } = offersAt<{ offerId: string; title: string }>(data, "viewer", "ownOffers");
  expect(nodes.length).toBe(totalCount);
  expect(totalCount).toBeGreaterThan(0);
  const [one] = nodes;
  const query = `query ($id: ID!, $title: String) { viewer { ... on Advertiser {
    ownOffer(id: $id) { offerId title payouts { income } offer { id } } none: ownOffer(id: 999999) { offerId }
    byId: ownOffers(filter: { id: $id }) { nodes { offerId } } byTitle: ownOffers(filter: { search: $title }) { nodes { offerId } } } } }`;
  const found = await w.ask(query, { variables: { id: one?.offerId, title: one?.title }, key: advertiser });
  expect(found.errors).toBeUndefined();
  expect(found.data).toMatchObject({
    viewer: {
      ownOffer: { offerId: one?.offerId, title: one?.title },
      none: null,
      byId: { nodes: [{ offerId: one?.offerId }] },
      byTitle: { nodes: [{ offerId: one?.offerId }] },
    },
  });
});

test("only an advertiser's key has own offers", async () => {
  const { data, errors } = await w.ask(
    "{ advertisers(first: 1) { nodes { id ownOffers { totalCount } ownOffer(id: 1) { offerId } } } }",
  );
  expect(data).toMatchObject({ advertisers: { nodes: [{ ownOffers: { totalCount: null }, ownOffer: null }] } });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
});
