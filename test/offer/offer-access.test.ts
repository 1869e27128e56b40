import { afterAll, afterEach, expect, test } from "vitest";
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
afterEach(() => w.sandbox.reset());

const privacy = "GET /3.1/offers/{id}/privacy";

interface Node {
  id: string;
  privacy: string;
  access: { privacy: string; enabledAffiliates: { totalCount: number; nodes: { id: string }[] } };
}

const offers = async (filter: string): Promise<Node[]> => {
  const { data, errors } = await w.ask(
    graphql(
      `{ offers(first: 60, filter: { ${filter} }) { nodes { id privacy access { privacy enabledAffiliates { totalCount nodes { id } } } } } }`,
    ),
  );
  expect(errors).toBeUndefined();
  return data.offers.nodes;
};

const crowded = async (): Promise<Node> => {
  const found = (await offers("privacy: [PRIVATE, PREMODERATED]")).find(({ access }) => access.enabledAffiliates.totalCount > 1);
  if (!found) throw new Error("The seed has no private offer with two affiliates.");
  return found;
};

test("who is let in, as affiliates: one call an offer, one for all affiliates together", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql(
      "{ offers(first: 10) { nodes { id privacy access { privacy enabledAffiliates { totalCount nodes { id email } edges { cursor node { id } } } disabledAffiliates { totalCount nodes { id } } } } } }",
    ),
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", ...Array<string>(10).fill(privacy)]);
  const { nodes } = data.offers;
  for (const offer of nodes) {
    expect(offer.access.privacy).toBe(offer.privacy);
    expect(offer.access.enabledAffiliates.nodes).toHaveLength(offer.access.enabledAffiliates.totalCount);
  }
});

test("its affiliates are paged", async () => {
  const { id, access } = await crowded();
  const query = graphql(
    "query ($id: ID!, $after: String) { offer(id: $id) { access { enabledAffiliates(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }",
  );
  const read = async (after: string | null) => {
    const { data } = await w.ask(query, { variables: { id, after } });
    return data.offer.access.enabledAffiliates;
  };
  const first = await read(null);
  const second = await read(first.pageInfo.endCursor);
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect([...first.nodes, ...second.nodes]).toEqual(access.enabledAffiliates.nodes.slice(0, 2));
});

test("disconnecting all affiliates of an offer, read back", async () => {
  const { id } = await crowded();
  const { data, errors, calls } = await w.askCounting(
    "mutation ($id: ID!) { disconnectAllAffiliatesFromOffer(input: { offerId: $id }) { offer { id access { enabledAffiliates { totalCount } } } } }",
    { variables: { id } },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ disconnectAllAffiliatesFromOffer: { offer: { id, access: { enabledAffiliates: { totalCount: 0 } } } } });
  expect(calls).toEqual(["GET /3.0/offers", privacy, "POST /3.0/admin/offer/{id}/disable-affiliates"]);
});

test("a public offer has nobody to disconnect, in Affise's words", async () => {
  const [open] = await offers("privacy: [PUBLIC]");
  const { data, errors } = await w.ask(
    "mutation ($id: ID!) { disconnectAllAffiliatesFromOffer(input: { offerId: $id }) { offer { id } } }",
    { variables: { id: open?.id } },
  );
  expect(data).toEqual({ disconnectAllAffiliatesFromOffer: null });
  expect(errors).toMatchObject([{ message: "Offer is public", extensions: { code: "BAD_USER_INPUT" } }]);
});

test("disconnecting all offers of an affiliate, read back", async () => {
  const { id, access } = await crowded();
  const affiliateId = access.enabledAffiliates.nodes[0]?.id;
  const { data, calls } = await w.askCounting(
    "mutation ($affiliateId: ID!) { disconnectAffiliateFromAllOffers(input: { affiliateId: $affiliateId }) { affiliate { id } } }",
    { variables: { affiliateId } },
  );
  expect(data).toEqual({ disconnectAffiliateFromAllOffers: { affiliate: { id: affiliateId } } });
  expect(calls).toEqual(["GET /3.0/admin/partners", "POST /3.0/admin/affiliate/{id}/disable-offers"]);
  const left = (await offers("privacy: [PRIVATE, PREMODERATED]")).find((offer) => offer.id === id);
  expect(left?.access.enabledAffiliates.nodes.map((one) => one.id)).not.toContain(affiliateId);
});

test("an affiliate asks for an offer, and the managers find its ticket", async () => {
  const { data } = await w.ask(graphql("{ viewer { ... on Affiliate { id } } offers(first: 60) { nodes { id } } }"), {
    key: "sandbox-affiliate",
  });
  const { viewer, offers: seen } = data;
  const open = await offers("privacy: [PREMODERATED], status: [ACTIVE]");
  const wanted = open.find(
    ({ id, access }) =>
      seen.nodes.some((offer) => offer.id === id) && !access.enabledAffiliates.nodes.some((one) => one.id === viewer.id),
  );
  expect(wanted).toBeDefined();
  const asked = await w.askCounting(
    'mutation ($id: ID!) { requestOfferAccess(input: { offerId: $id, comment: "In-app traffic from Spain" }) { offer { id } } }',
    { variables: { id: wanted?.id }, key: "sandbox-affiliate" },
  );
  expect(asked.data).toEqual({ requestOfferAccess: { offer: { id: wanted?.id } } });
  expect(asked.calls).toEqual(["GET /3.0/offers", "POST /3.0/partner/activation/offer"]);
  const tickets = await w.ask(
    "query ($id: ID!) { offer(id: $id) { tickets(first: 1) { nodes { description affiliate { id } } } } }",
    {
      variables: { id: wanted?.id },
    },
  );
  expect(tickets.data).toMatchObject({
    offer: { tickets: { nodes: [{ description: "In-app traffic from Spain", affiliate: viewer }] } },
  });
});

test("wrong kinds of key are FORBIDDEN at their field; bad ids reach nobody", async () => {
  const looked = await w.ask("{ offers(first: 1) { nodes { id access { privacy } } } }", { key: "sandbox-affiliate" });
  expect(looked.data).toMatchObject({ offers: { nodes: [{ access: null }] } });
  expect(looked.errors).toMatchObject([{ path: ["offers", "nodes", 0, "access"], extensions: { code: "FORBIDDEN" } }]);
  const asked = await w.ask('mutation { requestOfferAccess(input: { offerId: 1, comment: "x" }) { offer { id } } }');
  expect(asked.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  const bad = await w.askCounting(
    'mutation { disconnectAffiliateFromAllOffers(input: { affiliateId: "x" }) { affiliate { id } } }',
  );
  expect(bad).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
});

test("an account manager counts the affiliates it may not see", async () => {
  const key = "sandbox-account-manager";
  const counted = await w.ask("{ offers(first: 3) { nodes { access { enabledAffiliates { totalCount } } } } }", { key });
  expect(counted.errors).toBeUndefined();
  expect(counted.data).toMatchObject({
    offers: { nodes: [{ access: { enabledAffiliates: { totalCount: expect.any(Number) } } }, {}, {}] },
  });
  const looked = await w.ask("{ offers(first: 3) { nodes { id access { enabledAffiliates { nodes { id } } } } } }", { key });
  expect(looked.errors?.map(({ extensions }) => extensions.code)).toContain("FORBIDDEN");
});
