import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";

const offers = 10_000;
const hex = (id: number) => id.toString(16).padStart(24, "0");

/** An upstream of our own: a great many offers of thirty advertisers, and statistics of as many rows. */
const answerTo = (url: URL): object => {
  const asked = (name: string, usual: number) => Number(url.searchParams.get(name) ?? usual);
  const [page, limit] = [asked("page", 1), asked("limit", 100)];
  const pagination = { per_page: limit, total_count: offers, page };
  const numbers = Array.from({ length: limit }, (_, index) => (page - 1) * limit + index + 1);
  if (url.pathname === "/3.0/admin/advertisers") {
    const ids = url.searchParams.getAll("id[]");
    return {
      status: 1,
      advertisers: ids.map((id) => ({ id, title: "x" })),
      pagination: { ...pagination, total_count: ids.length },
    };
  }
  if (url.pathname === "/3.0/offers") {
    return { status: 1, offers: numbers.map((id) => ({ id, title: `offer ${id}`, advertiser: hex(1 + (id % 30)) })), pagination };
  }
  return {
    status: 1,
    stats: numbers.map((raw) => ({ slice: { day: 1 + (raw % 28) }, traffic: { raw, uniq: raw }, actions: {} })),
    pagination,
  };
};

/** The wave of each call: one more than the last wave that had an answer when it came. */
let waves: number[] = [];
let answered = 0;
const upstream = createServer((request, response) => {
  const wave = answered + 1;
  waves.push(wave);
  setTimeout(() => {
    answered = Math.max(answered, wave);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answerTo(new URL(request.url ?? "/", "http://upstream"))));
  }, 1_000);
});

let world: World;
beforeAll(async () => {
  await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  world = await openWorld({ offers: 1, affiliates: 1, advertisers: 1, conversions: 0 }, { tenants: [{ name: "slow", url }] });
});
afterAll(async () => {
  await world.close();
  upstream.closeAllConnections();
  await new Promise((closed) => upstream.close(closed));
});

test.each([
  ["ten thousand offers", `{ list: offers(first: ${offers}) { nodes { id } } }`, [1, 19]],
  [
    "ten thousand offers with their advertisers",
    `{ list: offers(first: ${offers}) { nodes { advertiser { companyName } } } }`,
    [1, 19, 1],
  ],
  [
    "statistics of ten thousand rows",
    `{ list: statistics(first: ${offers}, from: "2026-01-01", to: "2026-02-01", by: [DAY]) { nodes { figures { clicks } } } }`,
    [1, 19],
  ],
  ["all of them from the end", `{ list: offers(last: ${offers}) { nodes { id } } }`, [1, 19]],
  ["the last nine thousand", "{ list: offers(last: 9000) { nodes { id } } }", [1, 18]],
  ["the last page", "{ list: offers(last: 500) { nodes { id } } }", [1, 1]],
  ["a page before a cursor", '{ list: offers(last: 500, before: "cm93IDEwMDA") { nodes { id } } }', [1]],
  ["a page", "{ list: offers(first: 500) { nodes { id } } }", [1]],
])(
  "%s: as few waves as can be",
  async (_what, query, calls) => {
    waves = [];
    answered = 0;
    const { data, errors } = await world.ask(query);
    expect(errors).toBeUndefined();
    expect((data.list as { nodes: unknown[] }).nodes.length).toBeGreaterThanOrEqual(500);
    expect(calls.map((_, wave) => waves.filter((one) => one === wave + 1).length)).toEqual(calls);
    expect(Math.max(...waves)).toBe(calls.length);
  },
  30_000,
);
