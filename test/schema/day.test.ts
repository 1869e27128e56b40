import { isObjectType } from "graphql";
import { afterAll, afterEach, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

// What a network's people do in a day, each as one question or a few. What comes is held against the whole lists of the sandbox.

const w = await openWorld({
  offers: 120,
  affiliates: 40,
  advertisers: 12,
  conversions: 1500,
  ugly: [],
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

/** The answer of one question, and how many REST calls it took. */
const ask = async <T>(query: string, variables?: Record<string, unknown>): Promise<{ found: T; calls: string[] }> => {
  const { data, errors, calls } = await w.askCounting(query, { variables });
  expect(errors).toBeUndefined();
  return { found: data as T, calls };
};

/** All rows of a list. */
const all = async <T>(list: string, fields: string): Promise<T[]> => {
  const [name, args = ""] = list.split(/\((.*)\)$/s);
  const { found } = await ask<{ list: { nodes: T[] } }>(
    `{ list: ${name}(first: 10000${args && `, ${args}`}) { nodes { ${fields} } } }`,
  );
  expect(found.list.nodes.length).toBeGreaterThan(0);
  return found.list.nodes;
};

/** A mutation over many things that did everything; how many it was about. */
const done = async (mutation: string, variables?: Record<string, unknown>): Promise<number> => {
  const { found } = await ask<Record<string, { results: { outcome: string; error: unknown }[] }>>(mutation, variables);
  const results = Object.values(found).flatMap((one) => one.results);
  expect(results.filter(({ outcome }) => outcome !== "DONE")).toEqual([]);
  return results.length;
};

const days = 'from: "2025-12-01", to: "2026-03-01"';
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

interface Capped {
  id: string;
  caps: { period: string; value: number; usage: { percent: number } | null }[];
}

test("1: offers whose daily caps are more than 80 percent full", async () => {
  const full = await all<Capped>("offers", "id caps { period value usage { percent } }");
  const expected = full
    .map(({ id, caps }) => ({ id, caps: caps.filter((cap) => cap.period === "DAY" && (cap.usage?.percent ?? 0) > 80) }))
    .filter(({ caps }) => caps.length);
  const { found, calls } = await ask<{ offers: { nodes: Capped[] } }>(
    "{ offers(first: 500) { nodes { id caps(fullerThan: 80, periods: [DAY]) { period value usage { percent } } } } }",
  );
  expect(expected.length).toBeGreaterThan(0);
  expect(found.offers.nodes.filter(({ caps }) => caps.length)).toEqual(expected);
  expect(calls.length).toBeLessThanOrEqual(3);
});

interface Row {
  slice: Record<string, string>;
  figures: { clicks: number; conversionRate: number; conversions: { total: { count: number; earnings: number } } };
}
const figures = "figures { clicks conversionRate conversions { total { count earnings } } }";
const report = (args: string, fields: string) => all<Row>(`statistics(${args})`, `slice { ${fields} } ${figures}`);

test("2 and 16: one period beside another, by affiliate and by country", async () => {
  for (const [by, field] of [
    ["AFFILIATE", "affiliateId"],
    ["COUNTRY", "country"],
  ] as const) {
    const period = (name: string, from: string, to: string) =>
      `${name}: statistics(from: "${from}", to: "${to}", by: [${by}], first: 1000) { nodes { slice { ${field} } ${figures} } }`;
    const { found, calls } = await ask<Record<string, { nodes: Row[] }>>(
      `{ ${period("before", "2026-01-01", "2026-01-31")} ${period("now", "2026-02-01", "2026-02-28")} }`,
    );
    const byDay = await report(`from: "2026-01-01", to: "2026-02-28", by: [DAY, MONTH, ${by}]`, `month ${field}`);
    for (const [name, month] of [
      ["before", "1"],
      ["now", "2"],
    ] as const) {
      const rows = found[name]?.nodes ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const { slice, figures } of rows) {
        const parts = byDay.filter((one) => String(one.slice.month) === month && one.slice[field] === slice[field]);
        expect(sum(parts.map((one) => one.figures.clicks))).toBe(figures.clicks);
      }
    }
    expect(calls).toHaveLength(2);
  }
});

interface Ticket {
  id: string;
  offerId: string;
  affiliateId: string;
  type: string;
  status: string;
}

test("3: all requests for one offer are approved", async () => {
  const open = (await all<Ticket>("tickets", "id offerId affiliateId type status")).filter(
    ({ status, type, offerId }) => status === "OPEN" && type === "OFFER_REQUEST" && offerId,
  );
  const offerId = open[0]?.offerId ?? "";
  const { found } = await ask<{ tickets: { nodes: Ticket[] } }>(
    "query ($ids: [ID!]) { tickets(first: 1000, filter: { offerIds: $ids, status: OPEN, types: [OFFER_REQUEST] }) { nodes { id } } }",
    { ids: [offerId] },
  );
  const asked = ids(found.tickets.nodes);
  expect(asked.sort()).toEqual(ids(open.filter((one) => one.offerId === offerId)).sort());
  const decisions = asked.map((ticketId) => ({ ticketId, decision: "APPROVE" }));
  await done(
    "mutation ($decisions: [TicketDecisionInput!]!) { decideOfferRequests(input: { decisions: $decisions }) { results { outcome error { message } } } }",
    {
      decisions,
    },
  );
  const left = await all<Ticket>("tickets", "id status");
  expect(left.filter(({ id, status }) => asked.includes(id) && status === "OPEN")).toEqual([]);
});

const outcome = "{ results { outcome error { message } } }";

test("4 and 26: many offers get another advertiser and a tag more, in one change each", async () => {
  const before = await all<{ id: string; tags: string[]; advertiserId: string }>("offers", "id tags advertiserId");
  const chosen = before.slice(0, 100);
  const [advertiser] = await all<{ id: string }>("advertisers", "id");
  const given = { ids: ids(chosen), to: advertiser?.id };
  await done(
    `mutation ($ids: [ID!]!, $to: ID!) { updateOffers(input: { changes: [{ offerIds: $ids, advertiserId: $to }] }) ${outcome} }`,
    given,
  );
  await done(`mutation ($ids: [ID!]!) { addOfferTags(input: { offerIds: $ids, tags: ["spring"] }) ${outcome} }`, {
    ids: given.ids,
  });
  const after = await all<{ id: string; tags: string[]; advertiserId: string }>("offers", "id tags advertiserId");
  for (const [place, offer] of after.entries()) {
    const old = before[place];
    const isChosen = given.ids.includes(offer.id);
    expect(offer.advertiserId).toBe(isChosen ? advertiser?.id : old?.advertiserId);
    expect([...offer.tags].sort()).toEqual(
      isChosen ? [...new Set([...(old?.tags ?? []), "spring"])].sort() : [...(old?.tags ?? [])].sort(),
    );
  }
});

test("5: another manager for an advertiser and its offers, in one request", async () => {
  const [advertiser] = await all<{ id: string }>("advertisers", "id");
  const users = await all<{ id: string; role: string }>("users", "id role");
  const to = users.at(-1)?.id;
  const own = (await all<{ id: string; advertiserId: string }>("offers", "id advertiserId")).filter(
    (one) => one.advertiserId === advertiser?.id,
  );
  const { found } = await ask<{ updateAdvertiser: { advertiser: unknown }; updateOffers: { results: { outcome: string }[] } }>(
    `mutation ($id: ID!, $to: ID!, $ids: [ID!]!) {
      updateAdvertiser(input: { id: $id, managerId: $to }) { advertiser { id managerId } }
      updateOffers(input: { changes: [{ offerIds: $ids, managerIds: [$to] }] }) { results { outcome } }
    }`,
    { id: advertiser?.id, to, ids: ids(own) },
  );
  expect(found.updateAdvertiser.advertiser).toEqual({ id: advertiser?.id, managerId: to });
  expect(found.updateOffers.results.map((one) => one.outcome)).toEqual(own.map(() => "DONE"));
});

test("6: a payout more for one affiliate on 50 offers leaves the others as they were", async () => {
  const fields = "id affiliatePayouts { affiliateIds payout countries }";
  const before = await all<{ id: string; affiliatePayouts: { affiliateIds: string[] }[] | null }>("offers", fields);
  const chosen = ids(before).slice(0, 50);
  const payout = { affiliateIds: ["2"], type: "FIXED", payout: 3.5, income: 5, currency: "USD", countries: ["DE"] };
  await done(
    `mutation ($ids: [ID!]!, $payouts: [AffiliateOfferPayoutInput!]!) { addAffiliatePayouts(input: { offerIds: $ids, payouts: $payouts }) ${outcome} }`,
    { ids: chosen, payouts: [payout] },
  );
  for (const [place, offer] of (await all<(typeof before)[number]>("offers", fields)).entries()) {
    const old = before[place]?.affiliatePayouts ?? [];
    const now = offer.affiliatePayouts ?? [];
    expect(now).toHaveLength(old.length + (chosen.includes(offer.id) ? 1 : 0));
    expect(now).toEqual(expect.arrayContaining(old));
  }
});

interface Invoice {
  id: string;
  advertiserId: string;
  startDate: string;
  endDate: string;
  currency: string;
  statistics: Row["figures"];
  lines: { offerId: string; statistics: Row["figures"] }[];
}

test("7: invoices and their lines beside what Affise counted", async () => {
  const { found: read } = await ask<{ invoices: { nodes: Invoice[] } }>(
    `{ invoices(first: 40) { nodes {
      id advertiserId startDate endDate currency
      statistics { clicks conversions { total { count } } } lines { offerId statistics { clicks } }
    } } }`,
  );
  const sample = read.invoices.nodes.filter(({ lines }) => lines.length).slice(0, 6);
  expect(sum(sample.map((one) => one.statistics.clicks))).toBeGreaterThan(0);
  for (const { advertiserId, startDate, endDate, currency, statistics, lines } of sample) {
    const { found } = await ask<{ statistics: { nodes: Row[] } }>(
      `{ statistics(from: "${startDate}", to: "${endDate}", by: [OFFER], first: 1000, filter: { advertiserIds: ["${advertiserId}"], currencies: ["${currency}"] }) { nodes { slice { offerId } ${figures} } } }`,
    );
    expect(statistics.clicks).toBe(sum(found.statistics.nodes.map((one) => one.figures.clicks)));
    expect(statistics.conversions.total.count).toBe(
      sum(found.statistics.nodes.map((one) => one.figures.conversions.total.count)),
    );
    for (const line of lines) {
      const row = found.statistics.nodes.find(({ slice }) => slice.offerId === line.offerId);
      expect(line.statistics.clicks).toBe(row?.figures.clicks ?? 0);
    }
  }
});

interface Conversion {
  id: string;
  status: string;
  clickId: string;
  advertiserId: string;
  createdAt: string;
}
const conversions = () => all<Conversion>(`conversions(${days})`, "id status clickId advertiserId createdAt");

test("8: a thousand conversions get their status out of a table", async () => {
  const chosen = (await conversions()).slice(0, 1000);
  const status = (place: number) => (place % 2 ? "CONFIRMED" : "DECLINED");
  const half = (odd: number) => ids(chosen.filter((_, place) => place % 2 === odd));
  const changes = [0, 1].map((odd) => ({ conversionIds: half(odd), change: { status: status(odd) } }));
  expect(
    await done(`mutation ($changes: [ConversionsChange!]!) { updateConversions(input: { changes: $changes }) ${outcome} }`, {
      changes,
    }),
  ).toBe(chosen.length);
  const now = new Map((await conversions()).map((one) => [one.id, one.status]));
  expect(chosen.filter(({ id }, place) => now.get(id) !== status(place))).toEqual([]);
});

test("9: the conversions of a click", async () => {
  const full = await conversions();
  const clickId = full[3]?.clickId;
  const { found } = await ask<{ conversions: { nodes: Conversion[] } }>(
    `query ($click: ID) { conversions(${days}, filter: { clickId: $click }) { nodes { id } } }`,
    { click: clickId },
  );
  expect(ids(found.conversions.nodes)).toEqual(ids(full.filter((one) => one.clickId === clickId)));
});

interface Balanced {
  id: string;
  balances: { currency: string; available: number }[];
}

test("10 and 25: who is owed more than the minimum, the richest first, is paid", async () => {
  const affiliates = await all<Balanced>("affiliates", "id balances { currency available }");
  const { found } = await ask<{
    affiliates: { nodes: Balanced[] };
    currencies: { code: string; minimumPayment: number | null }[];
  }>(
    "{ affiliates(first: 1000, filter: { hasBalance: true }) { nodes { id balances { currency available } } } currencies { code minimumPayment } }",
  );
  const least = new Map(found.currencies.map((one) => [one.code, one.minimumPayment ?? 0]));
  const owed = (rows: Balanced[]) =>
    rows
      .flatMap(({ id, balances }) => balances.map((one) => ({ id, ...one })))
      .filter(({ currency, available }) => available > 0 && available >= (least.get(currency) ?? 0))
      .sort((one, other) => other.available - one.available || Number(one.id) - Number(other.id));
  const due = owed(found.affiliates.nodes);
  expect(due).toEqual(owed(affiliates));
  const before = await all<{ id: string }>('payments(from: "2000-01-01", to: "2099-01-01")', "id");
  const paid = due.slice(0, 3);
  const { found: made } = await ask<{ generatePayments: { outcome: string } }>(
    'mutation ($ids: [ID!]!, $codes: [String!]) { generatePayments(input: { affiliateIds: $ids, currencies: $codes, from: "2000-01-01", to: "2026-03-01" }) { outcome } }',
    { ids: ids(paid), codes: [...new Set(paid.map((one) => one.currency))] },
  );
  expect(made.generatePayments.outcome).toBe("DONE");
  const after = await all<{ id: string; affiliateId: string }>(
    'payments(from: "2000-01-01", to: "2099-01-01")',
    "id affiliateId",
  );
  const fresh = after.filter(({ id }) => !ids(before).includes(id));
  expect(fresh.filter(({ affiliateId }) => !ids(paid).includes(affiliateId))).toEqual([]);
});

test("11: an affiliate is shut out everywhere", async () => {
  const advertisers = ids(await all<{ id: string }>("advertisers", "id"));
  const { found } = await ask<Record<string, { results?: { outcome: string }[]; outcome?: string }>>(
    `mutation ($advertisers: [ID!]!) {
      updateAffiliates(input: { changes: [{ affiliateIds: ["5"], status: BANNED }] }) { results { outcome } }
      blacklistAffiliate(input: { affiliateId: "5", advertiserIds: $advertisers }) { results { outcome } }
      disconnectAffiliateFromAllOffers(input: { affiliateId: "5" }) { outcome }
    }`,
    { advertisers },
  );
  for (const one of Object.values(found)) {
    expect((one.results ?? [one]).filter((result) => result.outcome !== "DONE")).toEqual([]);
  }
  const { found: now } = await ask<{ affiliate: { status: string } }>('{ affiliate(id: "5") { status } }');
  expect(now.affiliate.status).toBe("BANNED");
});

test("12: a copy of an offer has what its offer has", async () => {
  const fields = "countries tags payouts { payout income currency countries } caps { period type value }";
  const { found } = await ask<{ copyOffer: { outcome: string; leftBehind: string[]; offer: Record<string, unknown> } }>(
    `mutation { copyOffer(input: { offerId: "3", title: "Copy" }) { outcome leftBehind offer { ${fields} } } }`,
  );
  const { found: old } = await ask<{ offer: Record<string, unknown> }>(`{ offer(id: "3") { ${fields} } }`);
  expect(found.copyOffer.outcome).toBe("DONE");
  for (const [name, value] of Object.entries(old.offer)) {
    if (!found.copyOffer.leftBehind.some((left) => left.startsWith(name)))
      expect([name, found.copyOffer.offer[name]]).toEqual([name, value]);
  }
});

test("13 and 19: what Affise has no way to do is said where it is looked for", () => {
  const described = (type: string, field: string) => {
    const found = buildSchema().getType(type);
    return isObjectType(found) ? found.getFields()[field]?.description : undefined;
  };
  expect(described("Affiliate", "apiKey")).toMatch(/no way to give other affiliates new keys/);
  expect(described("Offer", "updatedAt")).toMatch(/does not tell who changed what/);
});

test("14: an affiliate's tracking links of many offers, and which offers have none for it", async () => {
  const { data, errors } = await w.ask('{ offers(first: 90) { nodes { id trackingLinkFor(affiliateId: "2") } } }');
  const { nodes } = data.offers as { nodes: { id: string; trackingLinkFor: string | null }[] };
  expect(nodes).toHaveLength(90);
  const without = new Set(
    (errors ?? []).map(({ path, extensions }) => (extensions.code === "BAD_USER_INPUT" ? path?.[2] : undefined)),
  );
  for (const [place, { id, trackingLinkFor }] of nodes.entries()) {
    if (without.has(place)) expect(trackingLinkFor).toBeNull();
    else expect(trackingLinkFor).toMatch(new RegExp(`offer_id=${id}(?!\\d)`));
  }
  expect(without.size).toBeLessThan(60);
});

test("15: a report by sub1 for one affiliate adds up to its clicks", async () => {
  const [busiest] = (await report(`${days}, by: [AFFILIATE], orderBy: { field: CLICKS }`, "affiliateId")).map(
    (one) => one.slice.affiliateId,
  );
  const rows = await report(`${days}, by: [SUB1], filter: { affiliateIds: ["${busiest}"] }`, "sub1");
  const { found } = await ask<{ affiliate: { statistics: { clicks: number } } }>(
    `{ affiliate(id: "${busiest}") { statistics(${days}) { clicks } } }`,
  );
  expect(found.affiliate.statistics.clicks).toBeGreaterThan(0);
  expect(sum(rows.map((one) => one.figures.clicks))).toBe(found.affiliate.statistics.clicks);
});

test("17: conversion rates above 20 percent by affiliate and offer, the highest first", async () => {
  const full = await report(`${days}, by: [AFFILIATE, OFFER]`, "affiliateId offerId");
  const found = await report(
    `${days}, by: [AFFILIATE, OFFER], having: { conversionRate: { atLeast: 20 }, clicks: { atLeast: 3 } }, orderBy: { field: CONVERSION_RATE }`,
    "affiliateId offerId",
  );
  const rates = found.map((one) => one.figures.conversionRate);
  expect(rates).toEqual([...rates].sort((one, other) => other - one));
  const expected = full.filter((one) => one.figures.conversionRate >= 20 && one.figures.clicks >= 3);
  expect(new Set(found.map((one) => JSON.stringify(one.slice)))).toEqual(
    new Set(expected.map((one) => JSON.stringify(one.slice))),
  );
});

test("18: the ten countries that earn most", async () => {
  const full = await report(`${days}, by: [COUNTRY]`, "country");
  const { found } = await ask<{ statistics: { nodes: Row[] } }>(
    `{ statistics(${days}, by: [COUNTRY], orderBy: { field: TOTAL_EARNINGS }, first: 10) { nodes { slice { country } ${figures} } } }`,
  );
  const earnings = (rows: Row[]) => rows.map((one) => one.figures.conversions.total.earnings);
  expect(earnings(found.statistics.nodes)).toEqual(
    earnings(full)
      .sort((one, other) => other - one)
      .slice(0, 10),
  );
});

test("20: a postback for every affiliate without one", async () => {
  const read = async () => {
    const { found } = await ask<{ affiliates: { nodes: { id: string; postbacks: { totalCount: number } }[] } }>(
      "{ affiliates(first: 90, filter: { status: ACTIVE }) { nodes { id postbacks(first: 1) { totalCount } } } }",
    );
    return found.affiliates.nodes.filter(({ postbacks }) => postbacks.totalCount === 0);
  };
  const without = await read();
  expect(without.length).toBeGreaterThan(0);
  const aliases = without.map(
    ({ id }) =>
      `a${id}: createPostback(input: { affiliateId: "${id}", url: "https://example.com/?c={clickid}" }) { postback { id } }`,
  );
  await ask(`mutation { ${aliases.join(" ")} }`);
  expect(await read()).toEqual([]);
});

test("21: offers that no affiliate sends anybody to", async () => {
  const { found, calls } = await ask<{ offers: { nodes: { id: string; statistics: { clicks: number } }[] } }>(
    `{ offers(first: 500) { nodes { id statistics(${days}) { clicks } } } }`,
  );
  const busy = new Set(
    (await report(`${days}, by: [OFFER]`, "offerId")).filter((one) => one.figures.clicks).map((one) => one.slice.offerId),
  );
  for (const { id, statistics } of found.offers.nodes) expect([id, statistics.clicks > 0]).toEqual([id, busy.has(id)]);
  expect(calls.length).toBeLessThanOrEqual(4);
});

test("22: a daily cap for all offers of an advertiser, beside those that are there", async () => {
  const [advertiser] = await all<{ id: string }>("advertisers", "id");
  const own = `offers(filter: { advertiserIds: ["${advertiser?.id}"] })`;
  const before = await all<Capped>(own, "id caps { period value }");
  await done(
    `mutation ($ids: [ID!]!) { addOfferCaps(input: { offerIds: $ids, caps: [{ period: DAY, type: CONVERSIONS, value: 77 }] }) ${outcome} }`,
    { ids: ids(before) },
  );
  const after = await all<Capped>(own, "id caps { period value }");
  expect(after).toEqual(before.map(({ id, caps }) => ({ id, caps: [...caps, { period: "DAY", value: 77 }] })));
});

test("23: affiliates that wait are let in", async () => {
  const waiting = (await all<{ id: string; status: string }>("affiliates", "id status")).filter(
    (one) => one.status === "ON_MODERATION",
  );
  const { found } = await ask<{ affiliates: { nodes: { id: string }[] } }>(
    "{ affiliates(first: 1000, filter: { status: ON_MODERATION }) { nodes { id } } }",
  );
  expect(waiting.length).toBeGreaterThan(0);
  expect(ids(found.affiliates.nodes)).toEqual(ids(waiting));
  await done(
    `mutation ($ids: [ID!]!) { updateAffiliates(input: { changes: [{ affiliateIds: $ids, status: ACTIVE }] }) ${outcome} }`,
    {
      ids: ids(waiting),
    },
  );
  const now = await all<{ id: string; status: string }>("affiliates", "id status");
  expect(now.filter(({ status }) => status === "ON_MODERATION")).toEqual([]);
});

test("24: an advertiser's conversions that have been pending for a month are declined", async () => {
  const isOld = ({ status, createdAt }: Conversion) => status === "PENDING" && createdAt < "2026-01-31";
  const full = (await conversions()).filter(isOld);
  const advertiserId = full[0]?.advertiserId;
  const chosen = full.filter((one) => one.advertiserId === advertiserId);
  const { found } = await ask<{ updateAllMatchingConversions: { outcome: string; countedBefore: number } }>(
    `mutation ($id: ID!) { updateAllMatchingConversions(input: {
      from: "2025-12-01", to: "2026-01-30", filter: { advertiserIds: [$id], status: PENDING }, atMost: 1000, change: { status: DECLINED }
    }) { outcome countedBefore } }`,
    { id: advertiserId },
  );
  expect(found.updateAllMatchingConversions).toEqual({ outcome: "DONE", countedBefore: chosen.length });
  expect(ids((await conversions()).filter(isOld)).sort()).toEqual(
    ids(full.filter((one) => one.advertiserId !== advertiserId)).sort(),
  );
});

test("27: what a key may do", async () => {
  const { found, calls } = await ask<{ viewer: { role: string; permissions: unknown[] } }>(
    "{ viewer { ... on User { role permissions { __typename } } } }",
  );
  expect(found.viewer.role).toBe("GENERAL_MANAGER");
  expect(calls).toEqual(["GET /3.1/user/me"]);
});
