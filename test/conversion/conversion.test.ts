import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 800,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/stats/conversions";
const single = "GET /3.0/stats/conversionsbyid";
const everyKey = [
  "sandbox-general-manager",
  "sandbox-affiliate-manager",
  "sandbox-account-manager",
  "sandbox-affiliate",
  "sandbox-advertiser",
];

interface Node {
  id: string;
  status: string;
  payout: number;
  income: number;
  earnings: number;
  createdAt: string;
  [more: string]: unknown;
}
interface Found {
  totalCount: number;
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const found = (data: unknown) => (data as { conversions: Found }).conversions;

const all = async (filter = "", fields = "id", key?: string) => {
  const reply = await w.askCounting(`{ conversions(first: 500${filter}) { totalCount nodes { ${fields} } } }`, { key });
  expect(reply.errors).toBeUndefined();
  return { ...found(reply.data), calls: reply.calls };
};

const first = async () => {
  const { nodes } = await all("", "id status payout income clickId actionId offer { id } affiliate { id } advertiser { id }");
  const [node] = nodes;
  if (!node) throw new Error("the sandbox has no conversions");
  return node as Node & Record<"offer" | "affiliate" | "advertiser", { id: string }> & { clickId: string; actionId: string };
};

describe("listing", () => {
  test("every kind of key sees what is its own, and no more", async () => {
    const counts = await Promise.all(everyKey.map(async (key) => (await all("", "id", key)).totalCount));
    const [everything = 0, , assigned = 0, own = 0, ofOffers = 0] = counts;
    expect(everything).toBe(800);
    for (const part of [assigned, own, ofOffers]) {
      expect(part).toBeGreaterThan(0);
      expect(part).toBeLessThan(everything);
    }
  });

  test("a hundred conversions with all that they name cost one call for each noun", async () => {
    const { data, errors, calls } = await w.askCounting(`{
      conversions(first: 100) { nodes {
        id status offer { title } affiliate { companyName } advertiser { companyName } landing { id: landingId title } prelanding { id: landingId title }
        payout income earnings currency goalName goal sum paymentType paymentStatus isPaid holdUntil declineReason fraudRiskLevel
        fraudTypes comment createdAt updatedAt clickedAt ip country countryName region city cityId isp userAgent browser os device
        deviceType referrer refId actionId clickId forensiq iosIdfa androidId subs { number value } customFields { number value } sub8: sub(number: 8) customField7: customField(number: 7)
      } }
    }`);
    expect(errors).toBeUndefined();
    expect(found(data).nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/advertisers", "GET /3.0/admin/partners", "GET /3.0/offers", list]);
    for (const { payout, income, earnings } of found(data).nodes) expect(income - payout).toBeCloseTo(earnings, 2);
  });

  test("pages join without a gap", async () => {
    const whole = (await all("", "id")).nodes.map(({ id }) => id);
    const page = async (after?: string) =>
      found(
        (
          await w.ask(
            `query ($after: String) { conversions(first: 70, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
            {
              variables: { after },
            },
          )
        ).data,
      );
    const one = await page();
    const two = await page(one.pageInfo.endCursor);
    expect([...one.nodes, ...two.nodes].map(({ id }) => id)).toEqual(whole.slice(0, 140));
    expect(two.pageInfo.hasNextPage).toBe(true);
  });

  test("a landing comes whole out of its offer", async () => {
    const { nodes } = await all("", "landing { id: landingId url type } prelanding { id: landingId url type }");
    const landings = nodes.map(({ landing }) => landing).filter((landing) => landing !== null);
    expect(landings.length).toBeGreaterThan(0);
    for (const landing of landings) expect(landing).toMatchObject({ url: expect.stringContaining("http"), type: "LANDING" });
  });

  test.each([
    [`status: [DECLINED, HOLD]`, "status", (node: Node) => ["DECLINED", "HOLD"].includes(node.status)],
    [`declineReasons: [ANTI_FRAUD]`, "declineReason status", (node: Node) => node.declineReason === "ANTI_FRAUD"],
    [`offerIds: [1, 2]`, "offer { id }", (node: Node) => ["1", "2"].includes((node.offer as Node).id)],
    [`affiliateIds: [1]`, "affiliate { id }", (node: Node) => (node.affiliate as Node).id === "1"],
    [`payoutAbove: 10, payoutBelow: 50`, "payout", (node: Node) => node.payout > 10 && node.payout < 50],
    [`incomeAbove: 20`, "income", (node: Node) => node.income > 20],
    [`countries: ["DE"]`, "country", (node: Node) => node.country === "DE"],
    [`devices: [MOBILE]`, "deviceType", (node: Node) => node.deviceType === "MOBILE"],
    [`paymentStatus: OPENED`, "paymentStatus", (node: Node) => node.paymentStatus === "OPENED"],
    [`fraudRiskLevels: [HIGH]`, "fraudRiskLevel", (node: Node) => node.fraudRiskLevel === "HIGH"],
    [`subs: { number: 1, values: "fb" }`, "sub1: sub(number: 1)", (node: Node) => node.sub1 === "fb"],
    [`goals: "1"`, "goal", (node: Node) => node.goal === "1"],
    [`updatedFrom: "2026-02-25", updatedTo: "2026-03-01"`, "updatedAt", (node: Node) => String(node.updatedAt) >= "2026-02-25"],
  ])("filter { %s }", async (filter, fields, holds) => {
    const { nodes, totalCount, calls } = await all(`, filter: { ${filter} }`, fields);
    expect(totalCount).toBeGreaterThan(0);
    expect(totalCount).toBeLessThan(801);
    expect(nodes.every(holds)).toBe(true);
    expect(calls.filter((call) => call === list)).toHaveLength(1);
  });

  test("a currency goes by its code, whose number one more call finds", async () => {
    const { nodes, totalCount, calls } = await all(`, filter: { currencies: "eur" }`, "currency");
    expect(calls).toEqual(["GET /3.0/admin/currency", list]);
    expect(totalCount).toBeGreaterThan(0);
    expect(nodes.every(({ currency }) => currency === "EUR")).toBe(true);
    const unknown = await w.askCounting(`{ conversions(filter: { currencies: "XXX" }) { totalCount } }`);
    expect(unknown.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["filter.currencies"] } }]);
    expect(unknown.calls).toEqual(["GET /3.0/admin/currency"]);
  });

  test.each(["sandbox-affiliate", "sandbox-advertiser"])(
    "%s may not read the currencies, and is told which argument wants them",
    async (key) => {
      const { errors } = await w.askCounting(`{ conversions(filter: { currencies: "EUR" }) { totalCount } }`, { key });
      expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", arguments: ["filter.currencies"] } }]);
      expect(errors?.[0]?.message).toMatch(/^filter\.currencies: .+ or without filter\.currencies\.$/);
    },
  );

  test("of sub1 to sub5 and of custom fields Affise looks for one value at a time", async () => {
    for (const filter of ["subs: { number: 5", "customFields: { number: 7"]) {
      const { errors, calls } = await w.askCounting(
        `{ conversions(first: 1, filter: { ${filter}, values: ["a", "b"] } }) { totalCount } }`,
      );
      expect(errors?.[0]?.message).toMatch(/values: Affise looks for one of them at a time/);
      expect(calls).toEqual([]);
    }
    const many = await all(`, filter: { subs: { number: 6, values: ["a", "b"] } }`, "id");
    expect(many.calls).toEqual([list]);
  });

  test("days, hour and click narrow it down to one", async () => {
    const { id, clickId } = await first();
    const { nodes } = await all(`, filter: { clickId: "${clickId}" }`, "id createdAt");
    expect(nodes).toMatchObject([{ id }]);
    const [day, time] = String(nodes[0]?.createdAt).split("T");
    const hour = Number(time?.slice(0, 2));
    const within = await all(`, from: "${day}", to: "${day}", filter: { hour: ${hour} }`, "id");
    expect(within.nodes.map((node) => node.id)).toContain(id);
  });

  test("an offer, an affiliate and an advertiser have theirs", async () => {
    const { id, offer, affiliate, advertiser } = await first();
    const { data, errors, calls } = await w.askCounting(
      graphql(`query ($offer: ID!, $affiliate: ID!, $advertiser: ID!) {
      offer(id: $offer) { conversions(first: 500) { nodes { id offer { id } } } }
      affiliate(id: $affiliate) { conversions(first: 500) { nodes { id affiliate { id } } } }
      advertiser(id: $advertiser) { conversions(first: 500) { nodes { id advertiser { id } } } }
    }`),
      { variables: { offer: offer.id, affiliate: affiliate.id, advertiser: advertiser.id } },
    );
    expect(errors).toBeUndefined();
    for (const { conversions } of Object.values(data)) expect(conversions.nodes.map((node) => node.id)).toContain(id);
    for (const node of data.offer.conversions.nodes) expect(node.offer.id).toBe(offer.id);
    for (const node of data.affiliate.conversions.nodes) expect(node.affiliate.id).toBe(affiliate.id);
    for (const node of data.advertiser.conversions.nodes) expect(node.advertiser.id).toBe(advertiser.id);
    expect(calls.filter((call) => call === list)).toHaveLength(3);
  });

  test.each(["affiliate", "advertiser"])("under the viewer of the %s's own key", async (kind) => {
    const key = `sandbox-${kind}`;
    const type = kind === "affiliate" ? "Affiliate" : "Advertiser";
    const { data, errors } = await w.ask(
      graphql(`{ viewer { ... on ${type} { conversions { totalCount } } } conversions { totalCount } }`),
      {
        key,
      },
    );
    expect(errors).toBeUndefined();
    const { viewer, conversions } = data;
    expect(viewer.conversions.totalCount).toBe(conversions.totalCount);
  });

  test("an affiliate sees neither advertiser nor income, and the rest stays", async () => {
    const { data, errors } = await w.ask("{ conversions(first: 2) { nodes { id payout advertiser { id } } } }", {
      key: "sandbox-affiliate",
    });
    expect(found(data).nodes).toHaveLength(2);
    for (const node of found(data).nodes) expect(node).toMatchObject({ payout: expect.any(Number), advertiser: null });
    for (const error of errors ?? []) expect(error.extensions.code).toBe("FORBIDDEN");
  });

  test.each([
    [`from: "2026-03-01", to: "2026-02-01"`, "to"],
    [`filter: { hour: 3 }`, "filter.hour"],
    [`from: "2026-03-01", to: "2026-03-01", filter: { hour: 24 }`, "filter.hour"],
    [`filter: { updatedFromHour: 3 }`, "filter.updatedFromHour"],
    [`filter: { updatedFrom: "2026-03-01", updatedTo: "2026-02-01" }`, "filter.updatedTo"],
    [`filter: { offerIds: ["x"] }`, "filter.offerIds"],
    [`filter: { advertiserIds: ["1"] }`, "filter.advertiserIds"],
    [`first: 0`, "first"],
  ])("conversions(%s) is refused before any REST call", async (args, argument) => {
    const { data, errors, calls } = await w.askCounting(`{ conversions(${args}) { totalCount } }`);
    expect(data).toEqual({ conversions: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

describe("a single one", () => {
  test("reads as in the list, though Affise prints its status as a number", async () => {
    const fields = "id status payout income earnings clickId actionId offer { id } affiliate { id } advertiser { id } createdAt";
    const { nodes } = await all("", fields);
    const { data, errors, calls } = await w.askCounting(`{ conversion(id: "${nodes[0]?.id}") { ${fields} } }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ conversion: nodes[0] });
    expect(calls.filter((call) => call === single)).toHaveLength(1);
  });

  test("an unknown one is null, without an error", async () => {
    const { data, errors } = await w.ask(`{ conversion(id: "000000000000000000000000") { id } }`);
    expect([data, errors]).toEqual([{ conversion: null }, undefined]);
  });

  test("what is no id is refused, and other kinds of key too", async () => {
    const bad = await w.askCounting(`{ conversion(id: "7") { id } }`);
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["id"] });
    expect(bad.calls).toEqual([]);
    const { id } = await first();
    const other = await w.ask(`{ conversion(id: "${id}") { id } conversions { totalCount } }`, { key: "sandbox-advertiser" });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: single });
    expect(found(other.data).totalCount).toBeGreaterThan(0);
  });

  test("several cost a call each: no list takes their ids", async () => {
    const { nodes } = await all("", "id");
    const aliases = nodes.slice(0, 3).map(({ id }, index) => `c${index}: conversion(id: "${id}") { id }`);
    const { errors, calls } = await w.askCounting(`{ ${aliases.join(" ")} }`);
    expect(errors).toBeUndefined();
    expect(calls).toEqual([single, single, single]);
  });
});
