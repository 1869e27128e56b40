import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ affiliates: 60, advertisers: 12, conversions: 1_500 });
const { ask, askCounting } = world;
afterAll(() => world.close());

/** One code for each error, in the order of the answer. */
const codes = (reply: { errors?: { extensions: { code: string } }[] }) => reply.errors?.map(({ extensions }) => extensions.code);

const days = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const month = `from: "${days(30)}", to: "${days(0)}"`;

describe("reading offers", () => {
  test("a hundred offers with everything joined cost one call for each noun", async () => {
    const { data, errors, calls } =
      await askCounting(`{ offers(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes {
      id title status advertiser { id companyName manager { id email } }
      caps { period type value affiliates { id } usage { current remaining } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.offers).toMatchObject({ totalCount: 1000, pageInfo: { hasNextPage: true } });
    expect(calls).toEqual(["GET /3.0/admin/advertisers", "GET /3.0/admin/partners", "GET /3.0/offers", "GET /3.0/stats/caps"]);
  });

  test("statistics of a hundred offers are one report", async () => {
    const { data, errors, calls } = await askCounting(
      `{ offers(first: 100) { nodes { id statistics(${month}) { clicks conversions { confirmed { count payout } } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/offers", "GET /3.0/stats/custom"]);
    const { nodes } = data.offers as {
      nodes: { statistics: { clicks: number; conversions: { confirmed: { count: number } } } }[];
    };
    expect(nodes.every(({ statistics }) => Number.isInteger(statistics.clicks))).toBe(true);
    expect(nodes.some(({ statistics }) => statistics.conversions.confirmed.count > 0)).toBe(true);
  });

  test("two periods are two reports", async () => {
    const { calls } = await askCounting(`{ offers(first: 20) { nodes { now: statistics(${month}) { clicks }
      before: statistics(from: "${days(60)}", to: "${days(31)}") { clicks } } } }`);
    expect(calls).toEqual(["GET /3.0/offers", "GET /3.0/stats/custom", "GET /3.0/stats/custom"]);
  });

  test("ten single offers in one query are one call", async () => {
    const fields = Array.from({ length: 10 }, (_, index) => `o${index}: offer(id: ${index + 1}) { id title status }`);
    const { data, calls } = await askCounting(`{ ${fields.join(" ")} }`);
    expect(calls).toEqual(["GET /3.0/offers"]);
    expect(Object.values(data).map((offer) => (offer as { id: string }).id)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
      "10",
    ]);
  });

  test("a thousand offers are two pages", async () => {
    const { data, calls } = await askCounting("{ offers(first: 1000) { nodes { id } } }");
    expect(calls).toEqual(["GET /3.0/offers", "GET /3.0/offers"]);
    const ids = (data.offers as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(1000);
  });

  test("the length of a list alone reads one row", async () => {
    const { data, calls } = await askCounting("{ offers(filter: { status: [ACTIVE] }) { totalCount } }");
    expect(calls).toEqual(["GET /3.0/offers"]);
    expect((data.offers as { totalCount: number }).totalCount).toBeGreaterThan(0);
  });

  test("columns of the single offer cost one call an offer, and only when asked", async () => {
    const asked = await askCounting(
      "{ offers(first: 3) { nodes { id capsTimezone redirectType hidesCaps schedule { timezone } } } }",
    );
    expect(asked.errors).toBeUndefined();
    expect(asked.calls).toEqual(["GET /3.0/offer/{id}", "GET /3.0/offer/{id}", "GET /3.0/offer/{id}", "GET /3.0/offers"]);
    const unasked = await askCounting("{ offers(first: 3) { nodes { id title } } }");
    expect(unasked.calls).toEqual(["GET /3.0/offers"]);
  });

  test("following the cursor gives every offer once", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(
        "query ($after: String) { offers(first: 170, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }",
        {
          variables: { after },
        },
      );
      const page = data.offers as { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(1000);
    expect(new Set(seen).size).toBe(1000);
  });

  test("filters and order reach Affise", async () => {
    const { data, errors } = await ask(
      `{ offers(first: 500, filter: { status: [STOPPED, SUSPENDED], privacy: [PREMODERATED] }, orderBy: { field: ID, direction: DESC }) {
        nodes { id status privacy } } }`,
    );
    expect(errors).toBeUndefined();
    const { nodes } = data.offers as { nodes: { id: string; status: string; privacy: string }[] };
    expect(nodes.length).toBeGreaterThan(0);
    expect(new Set(nodes.map(({ privacy }) => privacy))).toEqual(new Set(["PREMODERATED"]));
    expect(nodes.some(({ status }) => status === "ACTIVE")).toBe(false);
    const ids = nodes.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((left, right) => right - left));
  });

  test("an unknown offer is null", async () => {
    const { data, errors } = await ask("{ offer(id: 987654) { id } }");
    expect(errors).toBeUndefined();
    expect(data).toEqual({ offer: null });
  });

  test("an affiliate sees its payouts and not the advertiser's price", async () => {
    const { data, errors } = await ask("{ offers(first: 5) { nodes { id payouts { payout income currency } } } }", {
      key: "sandbox-affiliate",
    });
    expect(errors).toBeUndefined();
    const { nodes } = data.offers as { nodes: { payouts: { payout: number; income: number | null }[] }[] };
    expect(nodes.flatMap(({ payouts }) => payouts).every(({ income }) => income === null)).toBe(true);
  });
});

describe("bad input is refused before any call", () => {
  test.each([
    ["{ offers(first: 0) { nodes { id } } }", "first"],
    ["{ offers(first: 100000) { nodes { id } } }", "first"],
    ['{ offers(after: "nonsense") { nodes { id } } }', "after"],
    ["{ offers(filter: { status: [RUNNING] }) { nodes { id } } }", "RUNNING"],
    ['{ offers(filter: { updatedFrom: "31.01.2026" }) { nodes { id } } }', "31.01.2026"],
    ['{ offers(filter: { updatedFrom: "2026-02-30" }) { nodes { id } } }', "2026-02-30"],
    ['{ offer(id: "abc") { id } }', "id"],
    ['{ offers(filter: { advertiserIds: ["12"] }) { nodes { id } } }', "filter.advertiserIds"],
    ['{ offer(id: 1) { statistics(from: "2026-02-02", to: "2026-02-01") { clicks } } }', "to"],
    ["mutation { updateOffer(input: { id: 1, holdPeriod: 99 }) { offer { id } } }", "holdPeriod"],
    ["mutation { updateOffers(input: { changes: [{ offerIds: [1] }] }) { results { id: offerId } } }", "changes"],
    ["mutation { deleteOffers(input: { offerIds: [1, 1] }) { results { id: deletedId } } }", "offerIds"],
    [
      "mutation { updateOfferCaps(input: { offers: [{ offerId: 1, caps: [{ period: DAY, type: CLICKS, value: 1, countryScope: EXACT }] }] }) { results { id: offerId } } }",
      "countries",
    ],
  ])("%s names %s", async (query, named) => {
    const { errors, calls } = await askCounting(query);
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(errors?.[0]?.message).toContain(named);
    expect(calls.filter((call) => call.startsWith("POST") || !query.includes("statistics"))).toEqual([]);
  });
});

describe("keys", () => {
  test("no key", async () => {
    const reply = await askCounting("{ offers { nodes { id } } }", { key: null });
    expect(codes(reply)).toEqual(["UNAUTHENTICATED"]);
    expect(reply.calls).toEqual([]);
  });

  test("a wrong key", async () => {
    const reply = await ask("{ offers { nodes { id } } }", { key: "no-such-key" });
    expect(codes(reply)).toEqual(["UNAUTHENTICATED"]);
    expect(JSON.stringify(reply)).not.toContain("no-such-key");
  });

  test("what a role may not see is null with FORBIDDEN, the rest is there", async () => {
    const { data, errors } = await ask("{ affiliates(first: 1) { nodes { id } } offers(first: 1) { nodes { id } } }", {
      key: "sandbox-account-manager",
    });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["affiliates", "FORBIDDEN"]]);
    expect(data.affiliates).toBeNull();
    expect((data.offers as { nodes: unknown[] }).nodes).toHaveLength(1);
  });
});
