import { afterAll, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 80,
  advertisers: 12,
  conversions: 1500,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const days = `from: "2026-01-01", to: "2026-03-01"`;
const partners = "GET /3.0/admin/partners";

describe("retention", () => {
  const operation = "GET /3.0/stats/retentionrate";

  test("a row for each affiliate and day, with the events asked for", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ retention(offerId: 1, ${days}, baseEvent: "install", events: ["registration", "first_deposit"]) {
        affiliate { email } date events { event count rate } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([partners, operation]);
    const rows = data.retention;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({ affiliate: { email: expect.stringContaining("@") }, date: expect.stringMatching(/^2026-/) });
    expect(rows[0]?.events).toEqual([
      { event: "install", count: expect.any(Number), rate: null },
      { event: "registration", count: null, rate: expect.any(Number) },
      { event: "first_deposit", count: null, rate: expect.any(Number) },
    ]);
  });

  test("of one affiliate", async () => {
    const whole = await w.ask(
      graphql(`{ retention(offerId: 1, ${days}, baseEvent: "install", events: ["lead"]) { affiliate { id } } }`),
    );
    const [first] = whole.data.retention;
    const { data } = await w.ask(
      graphql(
        `query ($id: ID) { retention(offerId: 1, ${days}, baseEvent: "install", events: ["lead"], affiliateId: $id, timezone: "UTC") { affiliate { id } } }`,
      ),
      { variables: { id: first?.affiliate.id } },
    );
    const ids = data.retention.map(({ affiliate }) => affiliate.id);
    expect(new Set(ids)).toEqual(new Set([first?.affiliate.id]));
  });

  test.each([
    [`offerId: "x", baseEvent: "install", events: ["lead"]`, "offerId"],
    [`offerId: 1, baseEvent: "1st", events: ["lead"]`, "baseEvent"],
    [`offerId: 1, baseEvent: "install", events: ["_lead"]`, "events"],
    ['offerId: 1, baseEvent: "install", events: []', "events"],
    [`offerId: 1, baseEvent: "install", events: ["lead"], affiliateId: "me"`, "affiliateId"],
  ])("%s is told before any call", async (args, argument) => {
    const { errors, calls } = await w.askCounting(`{ retention(${days}, ${args}) { date } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("an offer that nobody knows is NOT_FOUND", async () => {
    const { errors } = await w.ask(`{ retention(offerId: 4711, ${days}, baseEvent: "install", events: ["lead"]) { date } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation });
  });
});

describe("time to action", () => {
  const operation = "GET /3.0/stats/time-to-action";
  const fields = "totalCount nodes { affiliate { id email } clicks conversions intervals { upTo count } }";

  test("intervals in order, the open one last, add up to the conversions", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ timeToAction(offerId: 1, ${days}, timezone: "UTC") { ${fields} } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([partners, operation]);
    const { nodes } = data.timeToAction;
    expect(nodes.length).toBeGreaterThan(0);
    for (const { conversions, intervals } of nodes) {
      expect(intervals.map(({ upTo }) => upTo)).toEqual([30, 600, null]);
      expect(intervals.reduce((sum, { count }) => sum + count, 0)).toBe(conversions);
    }
  });

  test("of some affiliates and one goal", async () => {
    const whole = await w.ask(graphql(`{ timeToAction(offerId: 1, ${days}, timezone: "UTC") { ${fields} } }`));
    const [first, second] = whole.data.timeToAction.nodes.map(({ affiliate }) => affiliate.id);
    const { data, errors } = await w.ask(
      graphql(
        `query ($first: ID!, $second: ID!) { timeToAction(offerId: 1, ${days}, timezone: "UTC", affiliateIds: [$first, $second], goalName: "install") { ${fields} } }`,
      ),
      { variables: { first, second } },
    );
    expect(errors).toBeUndefined();
    const { nodes, totalCount } = data.timeToAction;
    expect(nodes.map(({ affiliate }) => affiliate.id)).toEqual([first, second]);
    expect(totalCount).toBe(2);
  });

  test("bad input is told before any call", async () => {
    const { errors, calls } = await w.askCounting(
      `{ timeToAction(offerId: 1, ${days}, timezone: "UTC", affiliateIds: ["a"]) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["affiliateIds"] });
    expect(calls).toEqual([]);
  });
});

describe("referral payments", () => {
  const operation = "GET /3.0/stats/getreferralpayments";
  const fields = `totalCount nodes { affiliate { id } referral { id } isActive paymentStatus count amount currency lastCreatedAt
    referralSignedUpAt }`;

  interface Node {
    affiliate: { id: string };
    referral: { id: string };
    paymentStatus: string;
    amount: number;
    currency: string;
  }

  const nodesOf = (data: Record<string, unknown>) => (data.referralPayments as { nodes: Node[] }).nodes;

  test("text on the wire is numbers here; both affiliates cost one call", async () => {
    const { data, errors, calls } = await w.askCounting(`{ referralPayments(${days}) { ${fields} } }`);
    expect(errors).toBeUndefined();
    expect(calls).toEqual([partners, operation]);
    expect(nodesOf(data)[0]).toMatchObject({
      affiliate: { id: expect.any(String) },
      referral: { id: expect.any(String) },
      isActive: true,
      paymentStatus: expect.stringMatching(/^(UNPAID|PAID|PENDING)$/),
      count: expect.any(Number),
      amount: expect.any(Number),
      currency: expect.stringMatching(/^[A-Z]{3}$/),
      lastCreatedAt: expect.stringMatching(/^2026-\d\d-\d\dT/),
      referralSignedUpAt: expect.stringContaining("T"),
    });
  });

  test("filtered by affiliate, referral, status and currency", async () => {
    const [one] = nodesOf((await w.ask(`{ referralPayments(${days}) { ${fields} } }`)).data);
    const { data, errors } = await w.ask(
      `{ referralPayments(${days}, timezone: "UTC", filter: { affiliateIds: [${one?.affiliate.id}], referralIds: [${one?.referral.id}],
        paymentStatus: [${one?.paymentStatus}], currencies: ["${one?.currency}"], isActive: true }) { ${fields} } }`,
    );
    expect(errors).toBeUndefined();
    expect(nodesOf(data)).toMatchObject([{ affiliate: one?.affiliate, referral: one?.referral, currency: one?.currency }]);
  });

  test("an affiliate's key sees its own", async () => {
    const { data, errors } = await w.ask(`{ referralPayments(${days}) { totalCount nodes { amount } } }`, {
      key: "sandbox-affiliate",
    });
    expect(errors).toBeUndefined();
    expect(data.referralPayments).toMatchObject({ totalCount: expect.any(Number) });
  });

  test("a currency that the network does not have is told by its place", async () => {
    const { errors, calls } = await w.askCounting(
      `{ referralPayments(${days}, filter: { currencies: ["USD", "XXX"] }) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["filter.currencies.1"] });
    expect(calls).toEqual(["GET /3.0/admin/currency"]);
  });
});

describe("AppsFlyer", () => {
  const operation = "GET /3.0/appsflyer_stats/getbyslice";
  const slice = "date appId event country city isp os device subs { number value }";

  interface Node {
    slice: Record<string, string | null>;
    clicks: number;
    revenue: number;
  }

  const nodesOf = (data: Record<string, unknown>) => (data.appsflyerStatistics as { nodes: Node[] }).nodes;

  test("every slice comes back under its own name", async () => {
    const { data, errors, calls } = await w.askCounting(
      `{ appsflyerStatistics(${days}, by: [DATE, APP, EVENT, COUNTRY, CITY, ISP, OS, DEVICE, SUB1, SUB2, SUB3, SUB4, SUB5], first: 5) {
        nodes { slice { ${slice} } clicks impressions preinstalls revenue } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([operation]);
    const [first] = nodesOf(data);
    expect(first?.slice.date).toMatch(/^2026-/);
    expect(first?.slice).toMatchObject({ appId: expect.any(String), event: expect.any(String), country: expect.any(String) });
  });

  test("filtered and sorted", async () => {
    const { data } = await w.ask(
      `{ appsflyerStatistics(${days}, by: [APP, COUNTRY]) { nodes { slice { appId country } clicks } } }`,
    );
    const [one] = nodesOf(data);
    const found = await w.ask(
      `{ appsflyerStatistics(${days}, by: [APP, COUNTRY], orderBy: { field: "clicks" },
        filter: { appIds: ["${one?.slice.appId}"], countries: ["${one?.slice.country}"] }) { totalCount nodes { slice { appId country } clicks } } }`,
    );
    expect(found.errors).toBeUndefined();
    expect(nodesOf(found.data)).toEqual([one]);
    const all = await w.ask(
      `{ appsflyerStatistics(${days}, by: [COUNTRY], orderBy: { field: "clicks", direction: DESC }) { nodes { clicks } } }`,
    );
    const clicks = nodesOf(all.data).map((node) => node.clicks);
    expect(clicks).toEqual([...clicks].sort((a, b) => b - a));
  });

  test("bad input is told before any call", async () => {
    const { errors, calls } = await w.askCounting(
      `{ appsflyerStatistics(${days}, by: [APP], filter: { cityIds: ["Berlin"] }) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["filter.cityIds"] });
    expect(calls).toEqual([]);
  });
});

describe("sub values", () => {
  const operation = "GET /3.0/stats/find-subs";
  const fields = "subValues(first: 20) { totalCount nodes { sub1: sub(number: 1) subs { number value } } }";

  test("an affiliate sees those of its traffic, under viewer", async () => {
    const { data, errors, calls } = await w.askCounting(graphql(`{ viewer { ... on Affiliate { ${fields} } } }`), {
      key: "sandbox-affiliate",
    });
    expect(errors).toBeUndefined();
    expect(calls).toContain(operation);
    const { nodes } = data.viewer.subValues;
    const wanted = nodes.find(({ sub1 }) => sub1)?.sub1;
    const found = await w.ask(
      graphql(
        `query ($sub1: String!) { viewer { ... on Affiliate { subValues(filter: { subs: { number: 1, value: $sub1 } }) { nodes { sub1: sub(number: 1) } } } } }`,
      ),
      { key: "sandbox-affiliate", variables: { sub1: wanted } },
    );
    const subs = found.data.viewer.subValues;
    expect(subs.nodes.every(({ sub1 }) => sub1.includes(wanted ?? "?"))).toBe(true);
  });

  test("nobody else does: FORBIDDEN at the field, without a call", async () => {
    const { data, errors, calls } = await w.askCounting(`{ affiliate(id: 1) { id ${fields} } }`);
    expect(data).toEqual({ affiliate: { id: "1", subValues: null } });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(calls).toEqual([partners]);
  });
});

test.each(["sandbox-affiliate", "sandbox-advertiser"])(
  "%s: retention and time to action are FORBIDDEN, the rest stays",
  async (key) => {
    const { data, errors } = await w.ask(
      `{ retention(offerId: 1, ${days}, baseEvent: "install", events: ["lead"]) { date }
       timeToAction(offerId: 1, ${days}, timezone: "UTC") { totalCount }
       appsflyerStatistics(${days}, by: [DATE]) { totalCount } }`,
      { key },
    );
    expect(data).toMatchObject({
      retention: null,
      timeToAction: { totalCount: null },
      appsflyerStatistics: { totalCount: expect.any(Number) },
    });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code]).sort()).toEqual([
      ["retention", "FORBIDDEN"],
      ["timeToAction", "FORBIDDEN"],
    ]);
  },
);
