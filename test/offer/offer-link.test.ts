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

const build = "POST /3.0/admin/offer/{offerId}/tracking-link";

const openOffers = async (count: number): Promise<string[]> => {
  const { data } = await w.ask(
    graphql("query ($first: Int) { offers(first: $first, filter: { privacy: [PUBLIC], status: [ACTIVE] }) { nodes { id } } }"),
    {
      variables: { first: count },
    },
  );
  return data.offers.nodes.map(({ id }) => id);
};

const query = graphql(`query ($id: ID!, $affiliateId: ID!, $subs: [NumberedValueInput!]) {
  offer(id: $id) { id trackingLinkFor(affiliateId: $affiliateId, subs: $subs) } }`);

test("a link for one affiliate, with what it carries", async () => {
  const [id] = await openOffers(1);
  const { data, errors, calls } = await w.askCounting(query, {
    variables: {
      id,
      affiliateId: "7",
      subs: [
        { number: 1, value: "spring sale" },
        { number: 3, value: "42" },
      ],
    },
  });
  expect(errors).toBeUndefined();
  expect(calls).toEqual(["GET /3.0/offers", build]);
  const { offer } = data;
  const link = new URL(offer.trackingLinkFor);
  expect(link.searchParams.get("sub1")).toBe("spring sale");
  expect(link.searchParams.get("sub3")).toBe("42");
  expect(link.href).toContain("7");
});

test("asked twice it is built once; for two affiliates twice", async () => {
  const [id] = await openOffers(1);
  const { data, calls } = await w.askCounting(
    graphql(
      `query ($id: ID!) { offer(id: $id) { a: trackingLinkFor(affiliateId: 7) b: trackingLinkFor(affiliateId: 7) c: trackingLinkFor(affiliateId: 8) } }`,
    ),
    { variables: { id } },
  );
  const { offer } = data;
  expect(offer.a).toBe(offer.b);
  expect(offer.a).not.toBe(offer.c);
  expect(calls).toEqual(["GET /3.0/offers", build, build]);
});

test("an offer that shuts the affiliate out has no link, and the others have theirs", async () => {
  const { data, errors } = await w.ask(
    graphql("{ offers(first: 60, filter: { status: [ACTIVE] }) { nodes { id privacy trackingLinkFor(affiliateId: 7) } } }"),
  );
  const { nodes } = data.offers;
  expect(nodes.some(({ trackingLinkFor }) => trackingLinkFor !== null)).toBe(true);
  const shut = nodes.filter(({ trackingLinkFor }) => trackingLinkFor === null);
  expect(errors).toHaveLength(shut.length);
  expect(shut.length).toBeGreaterThan(0);
});

test("an affiliate finds its own link elsewhere, and unknown affiliates have none", async () => {
  const own = await w.ask("{ offers(first: 1) { nodes { id trackingLink trackingLinkFor(affiliateId: 1) } } }", {
    key: "sandbox-affiliate",
  });
  expect(own.data).toMatchObject({
    offers: { nodes: [{ trackingLink: expect.stringContaining("http"), trackingLinkFor: null }] },
  });
  expect(own.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  const [id] = await openOffers(1);
  const unknown = await w.ask(query, { variables: { id, affiliateId: "4711" } });
  expect(unknown.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  const bad = await w.ask(query, { variables: { id, affiliateId: "x" } });
  expect(bad.errors).toMatchObject([{ message: expect.stringContaining("affiliateId"), extensions: { code: "BAD_USER_INPUT" } }]);
});
