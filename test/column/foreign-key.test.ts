import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";
import { openWorld } from "../world/world.js";

const sizes = { offers: 60, affiliates: 40, advertisers: 12, conversions: 800 };
const w = await openWorld({ ...sizes, now: new Date("2026-03-01T12:00:00Z") });
afterAll(() => w.close());

const hex = (digit: number) => String(digit).padStart(24, "a0");
const page = { total_count: 1, page: 1, per_page: 100 };
const gone = {
  offer: { id: 900, offer_id: hex(1), title: "Gone offer" },
  partner: { id: 901, email: "gone@x.example", login: "gone", name: "Gone affiliate" },
  advertiser: { id: hex(2), title: "Gone advertiser" },
};
const slice = {
  offer: gone.offer,
  affiliate: gone.partner,
  advertiser: gone.advertiser,
  manager: { id: hex(3), first_name: "Ann" },
};
const answers: Record<string, unknown> = {
  "/3.0/stats/custom": { status: 1, stats: [{ slice, traffic: { raw: "3" }, actions: [] }], pagination: page },
  "/3.0/stats/conversions": {
    status: 1,
    conversions: [
      { id: hex(4), offer_id: "900", partner_id: "901", supplier_id: hex(2), ...gone },
      { id: hex(5), offer_id: 900, partner_id: 901, supplier_id: hex(2), offer: null, partner: null, advertiser: null },
    ],
    pagination: { ...page, total_count: 2 },
  },
  "/3.0/offers": { status: 1, offers: [], pagination: page },
  "/3.0/admin/partners": { status: 1, partners: [], pagination: page },
  "/3.0/admin/advertisers": { status: 1, advertisers: [], pagination: page },
  "/3.0/admin/users": { status: 1, users: [], pagination: { ...page, total_count: 0 } },
};
const bare = await openAnswering((path) => answers[path] ?? 404);
afterAll(() => bare.close());

describe("ids beside objects", () => {
  test.each([
    ["conversions(first: 20)", "offerId offer { id } affiliateId affiliate { id } advertiserId advertiser { id }"],
    ["tickets(first: 20)", "affiliateId affiliate { id } offerId offer { id }"],
    ["payments(first: 20)", "affiliateId affiliate { id } managerId manager { id }"],
    ["promocodes(first: 20)", "affiliateId affiliate { id } offerId offer { id }"],
    ["invoices(first: 20)", "advertiserId advertiser { id }"],
    ["kpiRules(first: 20)", "offerId offer { id } offerIds offers { id } affiliateIds affiliates { id }"],
    ["offers(first: 20)", "advertiserId advertiser { id }"],
    ["affiliates(first: 20)", "managerId manager { id }"],
    ["advertisers(first: 20)", "managerId manager { id }"],
    ["postbacks(affiliateId: 1, first: 20)", "affiliateId affiliate { id } offerId offer { id }"],
  ])("%s: each is the id of the object beside it, and alone costs no call more", async (list, fields) => {
    const { data, errors } = await w.ask(`{ all: ${list} { nodes { ${fields} } } }`);
    expect(errors).toBeUndefined();
    const { nodes } = data.all as { nodes: Record<string, unknown>[] };
    expect(nodes.length).toBeGreaterThan(0);
    let compared = 0;
    for (const node of nodes) {
      for (const [name, value] of Object.entries(node).filter(([name]) => /Ids?$/.test(name))) {
        const beside = node[name.replace(/Ids$/, "s").replace(/Id$/, "")] as { id: string } | { id: string }[] | null;
        const ids = Array.isArray(beside) ? beside.map(({ id }) => id) : (beside?.id ?? null);
        expect(ids, name).toEqual(value);
        if (value !== null) compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
    const alone = fields.replaceAll(/\w+ \{ id \}/g, "");
    const { calls } = await w.askCounting(`{ all: ${list} { nodes { ${alone} } } }`);
    expect(calls).toHaveLength(1);
  });
});

describe("rows that are gone", () => {
  test("statistics keep their ids, and what REST printed of them", async () => {
    const { data, errors } = await bare.ask(`{ statistics(from: "2026-01-01", to: "2026-01-31", by: [OFFER]) { nodes { slice {
      offerId offer { id title status description redirectType } affiliateId affiliate { id email level }
      advertiserId advertiser { id companyName } managerId manager { id name } } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      statistics: {
        nodes: [
          {
            slice: {
              offerId: "900",
              offer: { id: "900", title: "Gone offer", status: null, description: null, redirectType: null },
              affiliateId: "901",
              affiliate: { id: "901", email: "gone@x.example", level: null },
              advertiserId: hex(2),
              advertiser: { id: hex(2), companyName: "Gone advertiser" },
              managerId: hex(3),
              manager: { id: hex(3), name: "Ann" },
            },
          },
        ],
      },
    });
  });

  test("conversions, with and without what REST prints of them", async () => {
    const { data, errors } = await bare.ask(`{ conversions { nodes {
      offerId offer { id title } affiliateId affiliate { id } advertiserId advertiser { companyName } } } }`);
    expect(errors).toBeUndefined();
    const ids = { offerId: "900", affiliateId: "901", advertiserId: hex(2) };
    expect(data).toEqual({
      conversions: {
        nodes: [
          {
            ...ids,
            offer: { id: "900", title: "Gone offer" },
            affiliate: { id: "901" },
            advertiser: { companyName: "Gone advertiser" },
          },
          { ...ids, offer: null, affiliate: null, advertiser: null },
        ],
      },
    });
  });
});
