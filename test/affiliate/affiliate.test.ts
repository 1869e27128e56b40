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

const list = "GET /3.0/admin/partners";
const one = "GET /3.0/admin/partner/{id}";

interface Node {
  id: string;
  status: string;
  manager: { id: string } | null;
  [more: string]: unknown;
}

const nodesOf = (data: unknown) => (data as { affiliates: { nodes: Node[] } }).affiliates.nodes;

const allAffiliates = async () => nodesOf((await w.ask("{ affiliates(first: 40) { nodes { id status manager { id } } } }")).data);

const affiliateManagers = async () => {
  const { data } = await w.ask(graphql("{ users { nodes { id role } } }"));
  const { nodes } = data.users;
  return nodes.filter(({ role }) => role === "AFFILIATE_MANAGER").map(({ id }) => id);
};

describe("reading", () => {
  test("one affiliate by number", async () => {
    const { data, errors, calls } = await w.askCounting(
      "{ affiliate(id: 1) { id companyName status balances { currency balance hold available } } }",
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ affiliate: { id: "1", status: "ACTIVE", balances: [{ currency: "USD" }, {}] } });
    expect(calls).toEqual([list]);
  });

  test("ten aliased affiliates are one call", async () => {
    const fields = Array.from({ length: 10 }, (_, index) => `a${index}: affiliate(id: ${index + 1}) { id }`).join(" ");
    const { data, calls } = await w.askCounting(`{ ${fields} }`);
    expect(Object.values(data)).toEqual(Array.from({ length: 10 }, (_, index) => ({ id: String(index + 1) })));
    expect(calls).toEqual([list]);
  });

  test("an unknown affiliate is null, without an error", async () => {
    expect(await w.ask("{ affiliate(id: 4711) { id } }")).toMatchObject({ data: { affiliate: null } });
    expect((await w.ask("{ affiliate(id: 4711) { id } }")).errors).toBeUndefined();
  });

  test("a manager comes out of the row, for no further call", async () => {
    const { data, calls } = await w.askCounting("{ affiliates { totalCount nodes { id manager { id name role telegram } } } }");
    expect(data).toMatchObject({ affiliates: { totalCount: 40 } });
    expect(nodesOf(data)[0]?.manager).toMatchObject({ name: expect.stringContaining(" "), role: "AFFILIATE_MANAGER" });
    expect(calls).toEqual([list]);
  });

  test("following endCursor to the end meets every affiliate once", async () => {
    const seen: string[] = [];
    const page = (after: string | null) =>
      w.ask(
        graphql(
          "query ($after: String) { affiliates(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        { variables: { after } },
      );
    let after: string | null = null;
    let pages = 0;
    do {
      const { data } = await page(after);
      const { pageInfo } = data.affiliates;
      seen.push(...nodesOf(data).map(({ id }) => id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      pages += 1;
    } while (after !== null);
    expect(pages).toBe(6);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => String(index + 1)));
  });

  test("filters and order reach Affise", async () => {
    const all = await allAffiliates();
    const [manager] = await affiliateManagers();
    const { data, calls } = await w.askCounting(
      `query ($manager: ID!) {
        banned: affiliates(filter: { status: BANNED }) { nodes { id } }
        theirs: affiliates(filter: { managerIds: [$manager] }) { nodes { id } }
        some: affiliates(filter: { ids: [3, 5] }, orderBy: { field: ID, direction: DESC }) { nodes { id } }
        found: affiliates(filter: { search: "1@" }) { nodes { email } }
        custom: affiliates(filter: { customFieldValues: ["@aff7"] }) { nodes { id } }
        later: affiliates(filter: { updatedFrom: "2100-01-01" }) { totalCount }
      }`,
      { variables: { manager } },
    );
    const idsOf = (rows: Node[]) => rows.map(({ id }) => ({ id }));
    expect(data).toMatchObject({
      banned: { nodes: idsOf(all.filter(({ status }) => status === "BANNED")) },
      theirs: { nodes: idsOf(all.filter((row) => row.manager?.id === manager)) },
      some: { nodes: [{ id: "5" }, { id: "3" }] },
      found: { nodes: [{ email: expect.stringContaining("1@") }, {}, {}, {}] },
      custom: { nodes: [{ id: "7" }] },
      later: { totalCount: 0 },
    });
    expect(calls).toEqual(Array(6).fill(list));
  });

  test("what only the single affiliate tells is read when asked, once for each", async () => {
    const plain = await w.askCounting("{ affiliates(first: 3) { nodes { id tags subAccounts { number values excluded } } } }");
    expect(plain.calls).toEqual([list]);
    const { data, calls } = await w.askCounting("{ affiliates(first: 3) { nodes { id level workHours tipaltiPayeeId } } }");
    expect(nodesOf(data)[0]).toMatchObject({ id: "1", level: expect.any(Number) });
    expect(calls).toEqual([one, one, one, list]);
  });

  test("ugly rows: empty lists for maps, no dates, values that are no text", async () => {
    const { data, errors } = await w.ask(
      `{ affiliates(filter: { ids: [9, 10, 11] }) { nodes {
        id name createdAt balances { currency } referralPercent tags
        paymentSystems { isActive fields { field value } } customFields { values label }
      } } }`,
    );
    expect(errors).toBeUndefined();
    const [blank, zero, odd] = nodesOf(data);
    expect(blank).toMatchObject({ name: null, referralPercent: null, tags: null, paymentSystems: [], customFields: [] });
    expect(zero).toMatchObject({ createdAt: null, paymentSystems: [{ fields: [] }] });
    expect(odd).toMatchObject({
      paymentSystems: [{ isActive: true, fields: [{ field: "account", value: "AC-1101" }] }],
      customFields: [{ values: ["42"], label: "Messenger" }, { values: ["1", "3"] }],
    });
  });

  test("referrers share one call, referrals cost one each", async () => {
    const { data, calls } = await w.askCounting("{ affiliates(first: 40) { nodes { id referrer { id } } } }");
    const referred = nodesOf(data).filter(({ referrer }) => referrer !== null);
    expect(referred.length).toBeGreaterThan(0);
    expect(calls).toEqual([list, list]);

    const [{ referrer } = { referrer: null }] = referred;
    const { id } = (referrer ?? {}) as { id?: string };
    const back = await w.askCounting(graphql(`query ($id: ID!) { affiliate(id: $id) { referrals { id referrer { id } } } }`), {
      variables: { id },
    });
    const { referrals } = back.data.affiliate;
    expect(referrals.map((row) => row.id)).toContain(referred[0]?.id);
    expect(back.calls).toEqual(["GET /3.0/admin/partner/{id}/referrals", list]);
  });

  test("an account manager may not see affiliates, and reads on", async () => {
    const { data, errors } = await w.ask("{ affiliates { nodes { id } } affiliate(id: 1) { id } categories { totalCount } }", {
      key: "sandbox-account-manager",
    });
    expect(data).toMatchObject({ affiliates: null, affiliate: null, categories: { totalCount: 40 } });
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: "FORBIDDEN", operation: list },
      { code: "FORBIDDEN", operation: list },
    ]);
  });

  test.each([
    ["id", '{ affiliate(id: "x") { id } }'],
    ["id", "{ affiliate(id: 0) { id } }"],
    ["filter.ids", '{ affiliates(filter: { ids: ["1", "b"] }) { totalCount } }'],
    ["filter.managerIds", "{ affiliates(filter: { managerIds: [7] }) { totalCount } }"],
    ["first", "{ affiliates(first: 0) { totalCount } }"],
    ["first", "{ affiliates(first: 100000) { totalCount } }"],
    ["after", '{ affiliates(after: "nowhere") { totalCount } }'],
  ])("a wrong %s is BAD_USER_INPUT, before any call: %s", async (argument, query) => {
    const { errors, calls } = await w.askCounting(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(calls).toEqual([]);
  });

  test.each([
    [
      "status",
      "query ($status: [AffiliateStatus!]) { affiliates(filter: { status: $status }) { totalCount } }",
      { status: "SLEEPING" },
    ],
    ["day", "query ($day: Date) { affiliates(filter: { updatedFrom: $day }) { totalCount } }", { day: "2026-02-30" }],
  ])("a wrong %s in a variable is BAD_USER_INPUT that names it, before any call", async (name, query, variables) => {
    const { errors, calls } = await w.askCounting(query, { variables });
    expect(errors).toMatchObject([{ message: expect.stringContaining(name), extensions: { code: "BAD_USER_INPUT" } }]);
    expect(calls).toEqual([]);
  });

  test("a period that ends before it begins is BAD_USER_INPUT at the field", async () => {
    const { data, errors, calls } = await w.askCounting(
      '{ affiliate(id: 1) { id statistics(from: "2026-02-02", to: "2026-02-01") { clicks } } }',
    );
    expect(data).toEqual({ affiliate: { id: "1", statistics: null } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["to"] } }]);
    expect(calls).toEqual([list]);
  });

  test("statistics of a whole page are one report; no traffic is zeros", async () => {
    const { data, errors, calls } = await w.askCounting(
      `{ affiliates(first: 40) { nodes { id
        statistics(from: "2026-01-01", to: "2026-03-01") { clicks conversions { total { count payout } } }
      } } }`,
    );
    expect(errors).toBeUndefined();
    const counts = nodesOf(data).map(
      (row) => (row.statistics as { conversions: { total: { count: number } } }).conversions.total.count,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    expect(calls).toEqual([list, "GET /3.0/stats/custom"]);
  });
});
