import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Answering, openAnswering } from "../world/answering.js";

/** Answers as Affise's own clients recorded them, where they differ from the reference. */
let answers: Record<string, unknown> = {};
const answer: Answering = (path) => answers[path] ?? 404;
const w = await openAnswering(answer);
afterAll(() => w.close());
beforeEach(() => {
  answers = {};
  w.seen();
});

const page = (total_count: number) => ({ total_count, page: 1, per_page: 100 });
const id = (digit: number) => String(digit).padStart(24, "5d");

const conversions = (...rows: object[]) => ({
  "/3.0/stats/conversions": {
    status: 1,
    conversions: rows.map((row, index) => ({ id: id(index + 1), ...row })),
    pagination: page(rows.length),
  },
});

describe("conversions", () => {
  test.each([
    [{ is_paid: "1", payment_status: "opened" }, "OPENED", false],
    [{ is_paid: "3", payment_status: "pending" }, "PENDING", false],
    [{ is_paid: "2", payment_status: "closed" }, "CLOSED", true],
    [{ is_paid: 1, payment_status: "closed" }, "CLOSED", true],
    [{ is_paid: 0, payment_status: "opened" }, "OPENED", false],
    [{ is_paid: "2" }, "CLOSED", true],
    [{ is_paid: 1 }, "OPENED", false],
    [{}, null, null],
  ])("%j: %s, paid: %s", async (row, paymentStatus, isPaid) => {
    answers = conversions(row);
    const { data, errors } = await w.ask("{ conversions { nodes { isPaid paymentStatus } } }");
    expect(errors).toBeUndefined();
    expect(data).toEqual({ conversions: { nodes: [{ isPaid, paymentStatus }] } });
  });

  test.each([
    ["not_found", "NOT_FOUND"],
    [4, "NOT_FOUND"],
    ["banned", "BANNED"],
    ["6", "BANNED"],
  ])("the status %j", async (printed, status) => {
    answers = conversions({ status: printed });
    const { data, errors } = await w.ask(`{ conversions(filter: { status: [NOT_FOUND, BANNED, HOLD] }) { nodes { status } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ conversions: { nodes: [{ status }] } });
    expect(w.seen()[0]).toContain("status[]=4&status[]=6&status[]=5");
  });

  test("a code that nobody knows is told, and never a yes", async () => {
    answers = conversions({ is_paid: "7" });
    const { data, errors } = await w.ask("{ conversions { nodes { id isPaid } } }");
    expect(data).toMatchObject({ conversions: { nodes: [{ isPaid: null }] } });
    expect(errors?.[0]?.extensions.code).toBe("UPSTREAM_FAILED");
  });

  const money = "{ conversions { nodes { payout income earnings } } }";

  test("an affiliate's own key: revenue is its pay, whose key it is costs one call once", async () => {
    answers = {
      ...conversions({ revenue: 32, partner_id: "7" }, { revenue: 5.5 }),
      "/3.1/partner/me": { status: 1, user: { id: id(9), partner_id: 7 } },
    };
    for (const calls of [2, 1]) {
      const { data } = await w.ask(money, "an-affiliate");
      const none = { income: null, earnings: null };
      expect(data).toEqual({
        conversions: {
          nodes: [
            { payout: 32, ...none },
            { payout: 5.5, ...none },
          ],
        },
      });
      expect(w.seen().length).toBe(calls);
    }
  });

  test("an affiliate's own key under viewer: its profile, once read, tells whose key it is", async () => {
    answers = {
      ...conversions({ revenue: 32 }),
      "/3.1/partner/me": { status: 1, user: { id: id(9), partner_id: 7 } },
    };
    const { data } = await w.ask(
      "{ viewer { ... on Affiliate { id conversions { nodes { payout income } } } } }",
      "another-affiliate",
    );
    expect(data).toEqual({ viewer: { id: "7", conversions: { nodes: [{ payout: 32, income: null }] } } });
    expect(w.seen().filter((address) => address.startsWith("/3.1/partner/me"))).toHaveLength(1);
  });

  test("an advertiser's own key: revenue is what it pays", async () => {
    answers = conversions({ revenue: 32, supplier_id: id(8) }, { revenue: 5.5 });
    const { data } = await w.ask(money, "an-advertiser");
    const none = { payout: null, earnings: null };
    expect(data).toEqual({
      conversions: {
        nodes: [
          { income: 32, ...none },
          { income: 5.5, ...none },
        ],
      },
    });
  });

  test("a network user's key needs no look at whose it is", async () => {
    answers = conversions({ revenue: 32, payouts: 20, earnings: 12 }, { revenue: 0, payouts: 0, earnings: 0 });
    const { data } = await w.ask(money, "a-user");
    expect(data).toEqual({
      conversions: {
        nodes: [
          { payout: 20, income: 32, earnings: 12 },
          { payout: 0, income: 0, earnings: 0 },
        ],
      },
    });
    expect(w.seen()).toHaveLength(1);
  });
});

describe("statistics", () => {
  const days = `from: "2026-01-01", to: "2026-01-31"`;
  const rows = (...stats: object[]) => ({ "/3.0/stats/custom": { status: 1, stats, pagination: page(stats.length) } });

  test.each([
    [{ total: 0.5, confirmed: 0.3, pending: 0.1, declined: 0.1, not_found: 0, hold: 0 }, 0.5, 0.3, 0],
    [0.5, 0.5, null, null],
    ["0.5", 0.5, null, null],
  ])("cr as %j", async (cr, conversionRate, confirmed, notFound) => {
    answers = rows({ slice: { year: 2026 }, traffic: { raw: "10", uniq: "7" }, actions: [], cr });
    const { data, errors } = await w.ask(
      `{ statistics(${days}, by: [YEAR]) { nodes { figures { conversionRate conversionRates { total confirmed notFound } } } } }`,
    );
    expect(errors).toBeUndefined();
    const conversionRates = { total: conversionRate, confirmed, notFound };
    expect(data).toEqual({ statistics: { nodes: [{ figures: { conversionRate, conversionRates } }] } });
  });

  test("reasons of trafficback are asked with that column alone", async () => {
    answers = rows({ slice: { trafficback_reason: "Overcap" }, trafficback: 7 });
    const by = `by: [TRAFFICBACK_REASON]`;
    const { data, errors } = await w.ask(
      `{ statistics(${days}, ${by}) { nodes { slice { trafficbackReason } figures { trafficback } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      statistics: { nodes: [{ slice: { trafficbackReason: "Overcap" }, figures: { trafficback: 7 } }] },
    });
    expect(w.seen().map((address) => address.match(/fields\[\]=\w+/g))).toEqual([["fields[]=trafficback"]]);
    const refused = await w.ask(`{ statistics(${days}, ${by}) { nodes { figures { trafficback clicks } } } }`);
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining("without clicks"),
      extensions: { code: "BAD_USER_INPUT", arguments: ["by"] },
    });
    expect(w.seen()).toEqual([]);
  });

  test.each([
    [{ id: 4205, name: "Adelaide", country_code: "AU" }, "Adelaide", "4205"],
    [4205, "4205", "4205"],
    ["Adelaide", "Adelaide", null],
    ["0", null, null],
    [0, null, null],
    [null, null, null],
  ])("a city as %j", async (printed, city, cityId) => {
    answers = { "/3.0/stats/getbycities": { status: 1, stats: [{ slice: { city: printed } }], pagination: page(1) } };
    const { data, errors } = await w.ask(`{ report(${days}, kind: CITY) { nodes { slice { city cityId } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ report: { nodes: [{ slice: { city, cityId } }] } });
  });
});

describe("who asks", () => {
  const me = { "/3.1/partner/me": { status: 1, user: { id: id(1), email: "a@b.example", type: "affiliate" } } };
  const viewer = "{ viewer { ... on Affiliate { id email } } }";
  const link = "https://go.example/click?pid=77&offer_id=3";

  test.each([
    ["a tracking link", { "/3.0/partner/offers": { status: 1, offers: [{ id: 3, link }], pagination: page(1) } }],
    [
      "a conversion",
      {
        "/3.0/partner/offers": { status: 1, offers: [], pagination: page(0) },
        ...conversions({ partner_id: "77" }),
      },
    ],
  ])("a profile without a number: it stands in %s", async (_, more) => {
    answers = { ...me, ...more };
    const { data, errors } = await w.ask(viewer);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ viewer: { id: "77", email: "a@b.example" } });
  });

  test.each(["", 0, "0", null, [], false])("a profile whose number is %j: that is none", async (partner_id) => {
    const user = { id: id(1), partner_id, email: "a@b.example", type: "affiliate" };
    answers = {
      "/3.1/partner/me": { status: 1, user },
      "/3.0/partner/offers": { status: 1, offers: [{ id: 3, link }], pagination: page(1) },
    };
    const { data, errors } = await w.ask(viewer);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ viewer: { id: "77", email: "a@b.example" } });
  });

  test("a number that stands nowhere: the profile is still there, and the id says why it is not", async () => {
    answers = me;
    expect((await w.ask("{ viewer { ... on Affiliate { email } } }")).data).toEqual({ viewer: { email: "a@b.example" } });
    const { errors } = await w.ask(viewer);
    expect(errors?.[0]).toMatchObject({ path: ["viewer", "id"], extensions: { code: "NOT_FOUND" } });
  });

  test.each([
    ["client", "OWNER"],
    ["root", "ROOT"],
    ["common_manager", "GENERAL_MANAGER"],
  ])("a user of the type %s is %s", async (type, role) => {
    answers = { "/3.1/user/me": { status: 1, user: { id: id(1), type, first_name: "Ann" } } };
    const { data, errors } = await w.ask("{ viewer { ... on User { name role } } }");
    expect(errors).toBeUndefined();
    expect(data).toEqual({ viewer: { name: "Ann", role } });
  });
});

test("a name with a blank travels in a path", async () => {
  answers = { "/3.1/oses/Firefox OS": { status: 1, versions: ["1.0"] } };
  const { data, errors } = await w.ask(`{ osVersions(os: "Firefox OS") }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ osVersions: ["1.0"] });
  for (const os of ["a/b", "..", " ", "a?b", "a\\nb"]) {
    w.seen();
    expect((await w.ask(`{ osVersions(os: "${os}") }`)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(w.seen()).toEqual([]);
  }
});

test("the progress of caps as one object", async () => {
  const cap = { period: "day", type: "conversions", value: 10, affiliates: [], country: [], goals: {} };
  const progress = { ...cap, timeframe: "day", countries: [], goals: [], current_value: 4 };
  answers = {
    "/3.0/offers": { status: 1, offers: [{ id: 10, title: "Ten", caps: [cap] }], pagination: page(1) },
    "/3.0/stats/caps": { status: 1, stats: { offer_id: 10, stats: [progress] } },
  };
  const { data, errors } = await w.ask("{ offer(id: 10) { caps { usage { current percent } } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ offer: { caps: [{ usage: { current: 4, percent: 40 } }] } });
});

test.each([
  [{ "3": "WMZ" }, [{ field: "3", value: "WMZ" }]],
  [
    ["WMZ", "x"],
    [
      { field: null, value: "WMZ" },
      { field: null, value: "x" },
    ],
  ],
  [[], []],
])("what was filled in for a payment system as %j", async (fields, expected) => {
  const payment_systems = [{ id: 1, active: 0, system: "WebMoney", fields }];
  answers = { "/3.0/admin/partners": { status: 1, partners: [{ id: 2, payment_systems }], pagination: page(1) } };
  const { data, errors } = await w.ask("{ affiliate(id: 2) { paymentSystems { isActive fields { field value } } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ affiliate: { paymentSystems: [{ isActive: false, fields: expected }] } });
});

test("a network without news: an empty list, and an error stays one", async () => {
  const me = { "/3.1/partner/me": { status: 1, user: { id: id(1), partner_id: 7, email: "a@b.example" } } };
  answers = me;
  const query = "{ viewer { ... on Affiliate { news { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }";
  const { data, errors } = await w.ask(query);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    viewer: { news: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
  });
  answers = { ...me, "/3.0/news": 403 };
  expect((await w.ask(query)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

test("a report that is switched off is said to be that, not an unknown id", async () => {
  const { errors } = await w.ask(
    `{ timeToAction(offerId: 1, from: "2026-01-01", to: "2026-01-31", timezone: "UTC") { nodes { conversions } } }`,
  );
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("not switched time to action on"),
    extensions: { code: "NOT_FOUND", operation: "GET /3.0/stats/time-to-action", upstreamStatus: 404 },
  });
});
