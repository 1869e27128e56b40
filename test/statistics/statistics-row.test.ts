import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { createServer } from "../../src/server.js";

/** Rows of a report with one column each that is not what it should be. */
const slice = { offer: { id: 1, title: "One" }, country: "us", year: 2026, month: 1, day: 2 };
const traffic = { raw: "10", uniq: "7" };
const actions = { total: { revenue: "1.5", charge: 2, earning: 0.5, null: 0, count: "3" } };
const row = { slice, traffic, actions, ratio: "1:3", epc: "0.15", views: null, ctr: "", trafficback: 1 };
const rows = [
  row,
  { ...row, slice: "nothing" },
  { ...row, slice: { ...slice, offer: "abc", month: "may" } },
  { ...row, slice: [], traffic: [], actions: [] },
  { ...row, traffic: "many", epc: {}, ratio: null },
  { ...row, actions: { total: "many", confirmed: null } },
];

const upstream = createHttp((request, response) => {
  const isReport = request.url?.startsWith("/3.0/stats/custom");
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify(
      isReport
        ? { status: 1, stats: rows, pagination: { total_count: rows.length, page: 1, per_page: 100 } }
        : { status: 1, offers: [{ id: 1, title: "One" }], pagination: { total_count: 1, page: 1, per_page: 100 } },
    ),
  );
});
await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
const { port } = upstream.address() as AddressInfo;
const server = await createServer({ tenants: [{ name: "ugly", url: `http://127.0.0.1:${port}` }] });
const url = await server.http.listen({ port: 0, host: "127.0.0.1" });

afterAll(async () => {
  await server.close();
  await new Promise((resolve) => upstream.close(resolve));
});

const query = `{ statistics(from: "2026-01-01", to: "2026-01-31", by: [OFFER]) { nodes {
  slice { date year month country offer { title } }
  figures { clicks uniqueClicks epc ratio conversionRate impressions clickThroughRate trafficback conversions { total { count payout } confirmed { count } } }
} } }`;

test("a broken column costs its own field, and no row loses another's", async () => {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "any" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data: { statistics: { nodes: unknown[] } };
    errors: { path: (string | number)[]; extensions: { code: string } }[];
  };
  const key = { date: "2026-01-02", year: 2026, month: 1, country: "US", offer: { title: "One" } };
  const figures = {
    ...{ clicks: 10, uniqueClicks: 7, epc: 0.15, ratio: "1:3", conversionRate: 30, impressions: null, clickThroughRate: null },
    ...{ trafficback: 1, conversions: { total: { count: 3, payout: 1.5 }, confirmed: { count: 0 } } },
  };
  const none = { date: null, year: null, month: null, country: null, offer: null };
  expect(data.statistics.nodes).toEqual([
    { slice: key, figures },
    { slice: null, figures },
    { slice: { ...key, date: null, month: null, offer: null }, figures },
    {
      slice: none,
      figures: {
        ...figures,
        clicks: null,
        uniqueClicks: null,
        conversionRate: null,
        conversions: { total: { count: 0, payout: 0 }, confirmed: { count: 0 } },
      },
    },
    { slice: key, figures: { ...figures, clicks: null, uniqueClicks: null, conversionRate: null, epc: null, ratio: null } },
    { slice: key, figures: { ...figures, conversionRate: null, conversions: { total: null, confirmed: { count: 0 } } } },
  ]);
  expect(errors.map(({ path }) => path.slice(2).join(".")).sort()).toEqual(
    [
      "1.slice",
      ...["2.slice.date", "2.slice.month", "2.slice.offer"],
      ...["4.figures.clicks", "4.figures.uniqueClicks", "4.figures.epc", "4.figures.conversionRate"],
      ...["5.figures.conversions.total", "5.figures.conversionRate"],
    ].sort(),
  );
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["UPSTREAM_FAILED"]));
});
