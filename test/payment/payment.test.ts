import { afterAll, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 4000 });
afterAll(() => world.close());

const list = "GET /3.1/payments";
const affiliates = "GET /3.0/admin/partners";
const offers = "GET /3.0/offers";

interface Payment {
  id: string;
  status: string;
  amount: number;
  currency: string;
  affiliate: { id: string };
  manager: { id: string } | null;
  conversionIds: string[];
  paymentSystemId: string;
  paymentAccount: string;
  createdAt: string;
  updatedAt: string;
}

const nodesOf = (data: unknown) => (data as { payments: { totalCount: number; nodes: Payment[] } }).payments.nodes;

const fields = `id status amount currency affiliate { id } manager { id } conversionIds paymentSystemId paymentAccount createdAt updatedAt`;
const all = nodesOf((await world.ask(`{ payments(first: 100) { nodes { ${fields} } } }`)).data);
const [sample] = all.filter(({ conversionIds, manager }) => conversionIds.length > 1 && manager);
if (!sample) throw new Error("The sandbox has no payment with several conversions.");

const listed = async (args: string) => {
  const { data, errors, calls } = await world.askCounting(`{ payments(${args}) { totalCount nodes { ${fields} } } }`);
  expect(errors).toBeUndefined();
  expect(new Set(calls)).toContain(list);
  return nodesOf(data);
};

describe("one payment", () => {
  test("with all it is made up of", async () => {
    const { data, errors, calls } = await world.askCounting(
      graphql(`query ($id: ID!) {
      payment(id: $id) {
        id status amount referralAmount currency paymentSystemId paymentSystemName paymentAccount comment note createdAt updatedAt
        conversionsCount conversionIds referralIds
        affiliate { id email } manager { id name }
        lines { offer { id title } offerTitle payout conversionsCount currency }
        corrections { id amount currency comment createdAt }
      }
    }`),
      { variables: { id: sample.id } },
    );
    expect(errors).toBeUndefined();
    const { payment } = data;
    expect(payment).toMatchObject({
      ...sample,
      referralAmount: null,
      conversionsCount: sample.conversionIds.length,
      corrections: [],
    });
    expect(payment.lines.reduce((sum, line) => sum + line.conversionsCount, 0)).toBe(sample.conversionIds.length);
    expect(payment.lines.reduce((sum, line) => sum + line.conversionsCount * line.payout, 0)).toBeCloseTo(sample.amount, 2);
    expect(payment.lines[0]).toMatchObject({ offer: { id: expect.stringMatching(/^\d+$/) }, currency: sample.currency });
    expect(calls).toEqual([affiliates, "GET /3.0/admin/users", offers, list]);
  });

  test("several are one call, and an unknown one is null", async () => {
    const [first, second] = all;
    const { data, errors, calls } = await world.askCounting(
      `{ a: payment(id: ${first?.id}) { id } b: payment(id: ${second?.id}) { id } c: payment(id: 999999) { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ a: { id: first?.id }, b: { id: second?.id }, c: null });
    expect(calls).toEqual([list]);
  });

  test("its conversions, page by page", async () => {
    const { data, errors, calls } = await world.askCounting(
      `{ payment(id: ${sample.id}) { conversions(first: 2) { totalCount nodes { id } pageInfo { hasNextPage } } } }`,
    );
    expect(errors).toBeUndefined();
    const ids = sample.conversionIds.slice(0, 2).map((id) => ({ id }));
    expect(data).toMatchObject({ payment: { conversions: { totalCount: sample.conversionIds.length, nodes: ids } } });
    expect(calls).toEqual(["GET /3.0/stats/conversionsbyid", "GET /3.0/stats/conversionsbyid", list]);
  });
});

describe("lists", () => {
  test("all of them with what they join cost one call for each kind", async () => {
    const { data, errors, calls } = await world.askCounting(`{
      payments(first: 100) { totalCount nodes {
        id affiliate { id email } manager { id name } lines { offer { id title } currency } corrections { id }
      } }
    }`);
    expect(errors).toBeUndefined();
    expect(nodesOf(data).length).toBeGreaterThan(5);
    expect(calls).toEqual([affiliates, "GET /3.0/admin/users", offers, list]);
  });

  test("page by page, nothing twice and nothing missed", async () => {
    const seen: string[] = [];
    const page = (after: string | null) =>
      world.ask(
        graphql(
          `query ($after: String) { payments(first: 4, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        ),
        { variables: { after } },
      );
    let after: string | null = null;
    for (let more = true; more; ) {
      const { data } = await page(after);
      const { payments } = data;
      expect(payments.totalCount).toBe(all.length);
      seen.push(...payments.nodes.map(({ id }) => id));
      after = payments.pageInfo.endCursor;
      more = payments.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test.each<[string, string, (payment: Payment) => boolean]>([
    ["ids", `ids: [${all[0]?.id}, ${all[2]?.id}]`, ({ id }) => id === all[0]?.id || id === all[2]?.id],
    ["status", "status: [COMPLETED]", ({ status }) => status === "COMPLETED"],
    ["statuses", "status: [WAITING, DECLINED]", ({ status }) => status === "WAITING"],
    ["affiliate", `affiliateIds: [${sample.affiliate.id}]`, ({ affiliate }) => affiliate.id === sample.affiliate.id],
    ["manager", `managerIds: ["${sample.manager?.id}"]`, ({ manager }) => manager?.id === sample.manager?.id],
    [
      "system",
      `paymentSystemIds: [${sample.paymentSystemId}]`,
      ({ paymentSystemId }) => paymentSystemId === sample.paymentSystemId,
    ],
    [
      "account",
      `paymentAccounts: [${JSON.stringify(sample.paymentAccount)}]`,
      ({ paymentAccount }) => paymentAccount === sample.paymentAccount,
    ],
    [
      "change",
      `updatedFrom: "${sample.updatedAt.slice(0, 10)}", updatedTo: "${sample.updatedAt.slice(0, 10)}", updatedFromHour: 0, updatedToHour: 23`,
      ({ updatedAt }) => updatedAt.slice(0, 10) === sample.updatedAt.slice(0, 10),
    ],
  ])("by %s", async (_, filter, keep) => {
    expect(await listed(`first: 100, filter: { ${filter} }`)).toEqual(all.filter(keep));
  });

  test("by the days they were made on", async () => {
    const day = sample.createdAt.slice(0, 10);
    expect(await listed(`first: 100, from: "${day}", to: "${day}"`)).toEqual(
      all.filter(({ createdAt }) => createdAt.slice(0, 10) === day),
    );
    expect(await listed(`first: 100, to: "2001-01-01"`)).toEqual([]);
  });

  test("under an affiliate", async () => {
    const { data, calls } = await world.askCounting(
      `{ affiliate(id: ${sample.affiliate.id}) { payments { nodes { id affiliate { id } } } } }`,
    );
    const own = all.filter(({ affiliate }) => affiliate.id === sample.affiliate.id);
    expect(data).toEqual({ affiliate: { payments: { nodes: own.map(({ id, affiliate }) => ({ id, affiliate })) } } });
    expect(calls).toEqual([affiliates, list]);
  });

  test.each([
    ['from: "2026-02-01", to: "2026-01-01"', "to"],
    ['filter: { ids: ["x"] }', "filter.ids"],
    ['filter: { managerIds: ["7"] }', "filter.managerIds"],
    ["filter: { updatedToHour: 24 }", "filter.updatedToHour"],
    ["first: 0", "first"],
  ])("%s is refused before any call", async (args, argument) => {
    const { errors, calls } = await world.askCounting(`{ payments(${args}) { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

describe("other keys", () => {
  test("an Affiliate manager sees them too", async () => {
    const { data, errors } = await world.ask("{ payments { totalCount } }", { key: "sandbox-affiliate-manager" });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ payments: { totalCount: expect.any(Number) } });
  });

  test.each(["account-manager", "affiliate", "advertiser"])("not so: %s", async (who) => {
    const { data, errors } = await world.ask("{ payments { totalCount nodes { id } } categories(first: 1) { nodes { id } } }", {
      key: `sandbox-${who}`,
    });
    expect(data).toMatchObject({ payments: null, categories: { nodes: [{}] } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: list });
  });
});
