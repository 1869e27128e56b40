import { afterAll, afterEach, expect, test } from "vitest";
import { type Capped, type Conversion, ids, openDay } from "./day.js";

// What a network's people change in a day, each in one request or a few, and read back from the whole lists of the sandbox.

const { all, ask, conversions, done, world } = await openDay();
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

interface Ticket {
  id: string;
  offerId: string;
  affiliateId: string;
  type: string;
  status: string;
}

const outcome = "{ results { outcome error { message } } }";

interface Balanced {
  id: string;
  balances: { currency: string; available: number }[];
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
