import { afterAll, afterEach, describe, expect, test } from "vitest";
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
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/advertisers";
const one = "GET /3.0/admin/advertiser/{id}";

interface Node {
  id: string;
  companyName: string;
  tags: string[] | null;
  offersCount: number;
  manager: { id: string; role: string } | null;
  [more: string]: unknown;
}

const nodesOf = (data: unknown) => (data as { advertisers: { nodes: Node[] } }).advertisers.nodes;

const allAdvertisers = async () =>
  nodesOf((await w.ask("{ advertisers { nodes { id companyName tags offersCount manager { id role } } } }")).data);

describe("reading", () => {
  test("the list, its managers out of the rows", async () => {
    const { data, errors, calls } = await w.askCounting(
      `{ advertisers { totalCount nodes {
        id companyName manager { id email } allowedIps personalTargetingOnly hidesConversionStatus clickSigning offersCount hasUser
        subAccounts { number values excluded } createdAt updatedAt
      } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ advertisers: { totalCount: 12 } });
    const nodes = nodesOf(data);
    expect(nodes.filter(({ manager }) => manager !== null)).toHaveLength(11);
    expect(nodes.reduce((sum, { offersCount }) => sum + offersCount, 0)).toBe(60);
    expect(nodes.filter(({ createdAt }) => createdAt === null)).toHaveLength(1);
    expect(calls).toEqual([list]);
  });

  test("ten aliased advertisers are one call, an unknown one is null", async () => {
    const all = await allAdvertisers();
    const fields = all.slice(0, 10).map(({ id }, index) => `a${index}: advertiser(id: "${id}") { companyName }`);
    const { data, errors, calls } = await w.askCounting(
      `{ ${fields.join(" ")} none: advertiser(id: "0123456789abcdef01234567") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data)).toEqual([...all.slice(0, 10).map(({ companyName }) => ({ companyName })), null]);
    expect(calls).toEqual([list]);
  });

  test("paging to the end meets every advertiser once", async () => {
    const seen: string[] = [];
    const page = (after: string | null) =>
      w.ask(
        graphql(
          "query ($after: String) { advertisers(first: 5, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        { variables: { after } },
      );
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await page(after);
      const { pageInfo } = data.advertisers;
      seen.push(...nodesOf(data).map(({ id }) => id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen.sort()).toEqual((await allAdvertisers()).map(({ id }) => id).sort());
    expect(new Set(seen).size).toBe(12);
  });

  test("filters and order reach Affise", async () => {
    const all = await allAdvertisers();
    const [first] = all;
    const { data, calls } = await w.askCounting(
      `query ($ids: [ID!], $title: String) {
        some: advertisers(filter: { ids: $ids }) { nodes { id } }
        found: advertisers(filter: { search: $title }) { nodes { id } }
        tagged: advertisers(filter: { tags: ["premium"] }) { nodes { id } }
        busy: advertisers(filter: { hasOffers: true }) { totalCount }
        later: advertisers(filter: { updatedFrom: "2100-01-01" }) { totalCount }
        sorted: advertisers(orderBy: { field: COMPANY_NAME, direction: DESC }) { nodes { companyName } }
      }`,
      { variables: { ids: [first?.id], title: first?.companyName } },
    );
    const titles = all.map(({ companyName }) => companyName).sort();
    expect(data).toEqual({
      some: { nodes: [{ id: first?.id }] },
      found: { nodes: [{ id: first?.id }] },
      tagged: { nodes: all.filter(({ tags }) => tags?.includes("premium")).map(({ id }) => ({ id })) },
      busy: { totalCount: all.filter(({ offersCount }) => offersCount > 0).length },
      later: { totalCount: 0 },
      sorted: { nodes: titles.reverse().map((companyName) => ({ companyName })) },
    });
    expect(calls).toEqual(Array(6).fill(list));
  });

  test("affiliates of all advertisers share one call; what only the single one tells costs one each", async () => {
    const { data, errors, calls } = await w.askCounting(
      "{ advertisers(first: 3) { nodes { enabledAffiliates { id } disabledAffiliates { id email } locksPostbackStatus } } }",
    );
    expect(errors).toBeUndefined();
    expect(nodesOf(data)[0]).toMatchObject({ enabledAffiliates: expect.any(Array), locksPostbackStatus: expect.any(Boolean) });
    expect(calls.filter((call) => call !== "GET /3.0/admin/partners")).toEqual([one, one, one, list]);
    expect(calls.filter((call) => call === "GET /3.0/admin/partners").length).toBeLessThanOrEqual(1);
  });

  test("its offers, one call for each", async () => {
    const { data, calls } = await w.askCounting(
      "{ advertisers(first: 2) { nodes { id offersCount offers(first: 3) { totalCount nodes { id advertiser { id } } } } } }",
    );
    for (const { id, offersCount, offers } of nodesOf(data)) {
      const { totalCount, nodes } = offers as { totalCount: number; nodes: { advertiser: { id: string } }[] };
      expect(totalCount).toBe(offersCount);
      expect(nodes.every(({ advertiser }) => advertiser.id === id)).toBe(true);
    }
    expect(calls).toEqual([list, list, "GET /3.0/offers", "GET /3.0/offers"]);
  });

  test("statistics of all are one report", async () => {
    const { data, errors, calls } = await w.askCounting(
      '{ advertisers { nodes { statistics(from: "2025-12-01", to: "2026-03-01") { conversions { total { count } } } } } }',
    );
    expect(errors).toBeUndefined();
    const counts = nodesOf(data).map(
      ({ statistics }) => (statistics as { conversions: { total: { count: number } } }).conversions.total.count,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(calls).toEqual([list, "GET /3.0/stats/custom"]);
  });

  test("an account manager sees those assigned, and no affiliates", async () => {
    const { data: me } = await w.ask(graphql("{ viewer { ... on User { id } } }"), { key: "sandbox-account-manager" });
    const { data } = await w.ask("{ advertisers { nodes { id manager { id } } } }", { key: "sandbox-account-manager" });
    expect(nodesOf(data).length).toBeGreaterThan(0);
    expect(nodesOf(data).every(({ manager }) => manager?.id === me.viewer.id)).toBe(true);
    expect(nodesOf(data).length).toBeLessThan(12);
  });

  test.each([
    ["id", "{ advertiser(id: 42) { id } }"],
    ["filter.ids", '{ advertisers(filter: { ids: ["x"] }) { totalCount } }'],
    ["first", "{ advertisers(first: 10001) { totalCount } }"],
    ["after", '{ advertisers(after: "x") { totalCount } }'],
  ])("a wrong %s is BAD_USER_INPUT, before any call", async (argument, query) => {
    const { errors, calls } = await w.askCounting(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(calls).toEqual([]);
  });
});
