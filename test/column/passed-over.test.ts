import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const hex = (last: number) => String(last).padStart(24, "5");

/** An Affise that passes over the ids it is given: the first rows come, whatever was asked for. */
const rows = [1, 2].map((id) => ({ id, _id: hex(id), title: `${id}`, name: `${id}`, email: `${id}@a.example` }));
const stats = [1, 9].map((id) => ({ slice: { offer: { id }, affiliate: { id } }, traffic: { raw: id } }));
const hexRows = rows.map((row) => ({ ...row, id: row._id }));
const page = { total_count: 2, page: 1, per_page: 100 };
const w = await openAnswering(() => ({
  ...{ status: 1, pagination: page, offers: rows, partners: rows, payments: rows, stats, data: rows },
  ...{ advertisers: hexRows, categories: hexRows },
}));
afterAll(() => w.close());

const node = (type: string, id: string | number) => `node(nodeId: "${Buffer.from(`${type}:${id}`).toString("base64url")}")`;

test.each([
  ["an offer", (id: number) => `offer(id: ${id}) { id }`],
  ["an affiliate", (id: number) => `affiliate(id: ${id}) { id }`],
  ["an advertiser", (id: number) => `advertiser(id: "${hex(id)}") { id }`],
  ["a SmartLink category", (id: number) => `smartlinkCategory(id: "${hex(id)}") { id }`],
  ["a category", (id: number) => `${node("Category", hex(id))} { __typename }`],
  ["a payment", (id: number) => `${node("Payment", id)} { __typename }`],
] as const)("%s that is not in a list that passes over ids may be there all the same", async (_, ask) => {
  const { data, errors } = await w.ask(`{ there: ${ask(1)} gone: ${ask(7)} }`);
  expect(data).toMatchObject({ there: expect.anything(), gone: null });
  expect(errors).toMatchObject([
    { path: ["gone"], message: expect.stringContaining("it passes over ids"), extensions: { code: "UPSTREAM_FAILED" } },
  ]);
});

test("what such a report does not tell of has had traffic, for all that is known", async () => {
  const figures = 'statistics(from: "2026-01-01", to: "2026-01-02") { clicks }';
  const { data, errors } = await w.ask(`{ offers { nodes { ${figures} } } affiliates { nodes { ${figures} } } }`);
  expect(data).toEqual({
    offers: { nodes: [{ statistics: { clicks: 1 } }, { statistics: null }] },
    affiliates: { nodes: [{ statistics: { clicks: 1 } }, { statistics: null }] },
  });
  expect(errors?.map(({ path, extensions: { code, operation } }) => [path?.[2], code, operation])).toEqual([
    [1, "UPSTREAM_FAILED", "GET /3.0/stats/custom"],
    [1, "UPSTREAM_FAILED", "GET /3.0/stats/custom"],
  ]);
});
