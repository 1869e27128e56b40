import { afterAll, describe, expect, test } from "vitest";
import { answered } from "../../src/sandbox/index.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 20,
  advertisers: 6,
  conversions: 500,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const user = "GET /3.1/user/me";
const partner = "GET /3.1/partner/me";
const offers = "GET /3.0/offers";
const ownOffers = "GET /3.1/advertiser/offers";
const report = "GET /3.0/stats/custom";

const figures = 'statistics(from: "2025-12-01", to: "2026-03-01") { clicks conversions { total { count payout } } }';

describe("a network user's key", () => {
  test.each([
    ["sandbox-general-manager", "GENERAL_MANAGER"],
    ["sandbox-affiliate-manager", "AFFILIATE_MANAGER"],
    ["sandbox-account-manager", "ACCOUNT_MANAGER"],
  ])("%s is a user with the role %s, permissions included, for one call", async (key, role) => {
    const { data, errors, calls } = await w.askCounting(
      graphql("{ viewer { __typename ... on User { id name email role lastLoginAt permissions { section name level } } } }"),
      { key },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ viewer: { __typename: "User", name: expect.stringMatching(/^\w+ \w+$/), role } });
    expect(data.viewer.permissions.length).toBeGreaterThan(40);
    expect(calls).toEqual([user]);
  });

  test("messengers stand in the list of users", async () => {
    const { errors, calls } = await w.askCounting("{ viewer { ... on User { telegram viber skype } } }");
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/users", user]);
  });
});

describe("an affiliate's key", () => {
  const key = "sandbox-affiliate";

  test("is the affiliate by its number, with its manager", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(
        "{ viewer { __typename ... on Affiliate { id email companyName status timezone lastLoginAt referralPercent level manager { id name email } tags } } }",
      ),
      { key },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      viewer: {
        __typename: "Affiliate",
        id: "1",
        status: "ACTIVE",
        timezone: "UTC",
        manager: { name: expect.stringContaining(" ") },
        tags: null,
      },
    });
    expect(calls).toEqual([partner, user]);

    const { viewer } = data;
    const seen = await w.ask("{ affiliate(id: 1) { email manager { id } } }");
    expect(seen.data).toEqual({ affiliate: { email: viewer.email, manager: { id: viewer.manager.id } } });
  });

  test("its balances are those that the network sees", async () => {
    const own = await w.askCounting("{ viewer { ... on Affiliate { balances { currency balance hold available } } } }", { key });
    const { data } = await w.ask("{ affiliate(id: 1) { balances { currency balance hold available } } }");
    expect(own.data).toEqual({ viewer: data.affiliate });
    expect(own.calls).toEqual(["GET /3.0/balance", partner, user]);
  });

  test("its statistics are those that the network sees, over the turn of a year", async () => {
    const own = await w.askCounting(`{ viewer { ... on Affiliate { ${figures} } } }`, { key });
    const { data } = await w.ask(`{ affiliate(id: 1) { ${figures} } }`);
    expect(own.errors).toBeUndefined();
    expect(own.data).toEqual({ viewer: data.affiliate });
    expect(own.calls).toEqual([report, partner, user]);
  });

  test("what is not open to it is FORBIDDEN at its field", async () => {
    const { data, errors } = await w.ask("{ viewer { ... on Affiliate { id referrals { id } } } }", { key });
    expect(data).toEqual({ viewer: { id: "1", referrals: null } });
    expect(errors).toMatchObject([{ path: ["viewer", "referrals"], extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("an advertiser's key", () => {
  const key = "sandbox-advertiser";

  test("is the advertiser of its offers", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql("{ viewer { __typename ... on Advertiser { id offers { totalCount nodes { id advertiser { id } } } } } }"),
      { key },
    );
    const { id, offers: own } = data.viewer;
    const { data: seen } = await w.ask(`{ advertiser(id: "${id}") { id offers(filter: { status: [ACTIVE] }) { totalCount } } }`);
    expect(seen).toEqual({ advertiser: { id, offers: { totalCount: own.totalCount } } });
    expect(own.totalCount).toBeGreaterThan(0);
    expect(errors?.every(({ extensions }) => extensions.code === "FORBIDDEN")).toBe(true);
    expect(calls).toEqual(["GET /3.0/admin/advertisers", offers, offers, ownOffers, partner, user]);
  });

  test("its statistics are its own", async () => {
    const own = await w.askCounting(graphql(`{ viewer { ... on Advertiser { id ${figures} } } }`), { key });
    expect(own.errors).toBeUndefined();
    expect(own.calls).toEqual([offers, report, ownOffers, partner, user]);
    const { id, statistics } = own.data.viewer;
    const { data } = await w.ask(`{ advertiser(id: "${id}") { ${figures} } }`);
    expect(data).toMatchObject({ advertiser: { statistics: { clicks: statistics.clicks } } });
  });
});

test("no key is UNAUTHENTICATED, without a call", async () => {
  const { data, errors, calls } = await w.askCounting("{ viewer { __typename } }", { key: null });
  expect(data).toEqual({ viewer: null });
  expect(errors).toMatchObject([{ path: ["viewer"], extensions: { code: "UNAUTHENTICATED" } }]);
  expect(calls).toEqual([]);
});

test("a wrong key is UNAUTHENTICATED at the first call", async () => {
  const { data, errors, calls } = await w.askCounting("{ viewer { __typename } }", { key: "nobody's key" });
  expect(data).toEqual({ viewer: null });
  expect(errors).toMatchObject([
    { path: ["viewer"], extensions: { code: "UNAUTHENTICATED", operation: user, upstreamStatus: 401 } },
  ]);
  expect(calls).toEqual([user]);
});

describe("where the first operation fails", () => {
  const strike = (status: number, operation = user) =>
    fetch(`${w.upstream}/sandbox/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ operation, kind: "status", status, count: 1 }]),
    });

  test.each([
    ["does not know it", 404, user, "sandbox-general-manager"],
    ["refuses it", 403, user, "sandbox-general-manager"],
    ["refuses it to an affiliate", 403, partner, "sandbox-affiliate"],
  ] as const)("where Affise %s, nobody is taken for the advertiser of the first offer", async (_, status, profile, key) => {
    await strike(status, profile);
    const { data, errors, extensions } = await w.ask("{ viewer { __typename } }", { key, headers: { "x-affise-trace": "1" } });
    expect(data).toEqual({ viewer: null });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^Affise does not tell whose key this is/),
        extensions: { code: "FORBIDDEN", operation: ownOffers },
      },
    ]);
    expect(extensions?.affise?.calls.map(({ operation }) => operation)).toEqual([user, partner, ownOffers]);
  });

  test("there a dry run does not take a user's key for an advertiser's, and refuse it", async () => {
    await strike(403);
    const { errors, extensions } = await w.ask('mutation { createCategory(input: { title: "New" }) { category { id } } }', {
      headers: { "x-affise-dry-run": "1" },
    });
    expect(errors).toBeUndefined();
    expect(extensions?.affise?.dryRun).toHaveLength(1);
  });

  test.skipIf(!answered().includes(ownOffers))("there an advertiser's key is an advertiser all the same", async () => {
    await strike(404);
    const { data, calls } = await w.askCounting("{ viewer { __typename } }", { key: "sandbox-advertiser" });
    expect(data).toEqual({ viewer: { __typename: "Advertiser" } });
    expect(calls).toEqual([offers, ownOffers, partner, user].sort());
  });

  test("a fault of Affise is told, and nothing else is tried", async () => {
    await strike(500);
    const { data, errors, calls } = await w.askCounting("{ viewer { __typename } }");
    expect(data).toEqual({ viewer: null });
    expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_FAILED", operation: user, upstreamStatus: 500 } }]);
    expect(calls).toEqual([user]);
  });
});
