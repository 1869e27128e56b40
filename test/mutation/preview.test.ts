import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 12, affiliates: 30, conversions: 200, now: new Date("2026-03-01T12:00:00Z") });
afterAll(() => world.close());

const previewed = async (mutation: string, key?: string) => {
  const reply = await world.ask(`mutation { ${mutation} }`, { key, headers: { "x-affise-dry-run": "1" } });
  expect(reply.errors).toBeUndefined();
  return reply.extensions?.affise?.changes ?? [];
};

test("a postback is found under its affiliate: the one that is named, or the one whose key it is", async () => {
  const { data } = await world.ask(
    'mutation { createPostback(input: { affiliateId: 1, url: "https://a.example/p" }) { postback { id } } }',
    { key: "sandbox-affiliate" },
  );
  const { id } = (data.createPostback as { postback: { id: string } }).postback;
  const update = (more: string) => `updatePostback(input: { id: ${id}, url: "https://a.example/q"${more} }) { outcome }`;
  const change = {
    ...{ type: "Postback", id, argument: "input.id" },
    ...{ before: { url: "https://a.example/p" }, after: { url: "https://a.example/q" } },
  };
  expect(await previewed(update(", affiliateId: 1"))).toEqual([change]);
  expect(await previewed(update(""), "sandbox-affiliate")).toEqual([change]);
  expect(await previewed(update(", affiliateId: 2"))).toEqual([]);
  expect(await previewed(update(""))).toEqual([]);
  const remove = `deletePostback(input: { id: ${id} }) { outcome }`;
  expect(await previewed(remove, "sandbox-affiliate")).toMatchObject([
    { id, before: { url: "https://a.example/p" }, after: null },
  ]);
  expect(await previewed(remove)).toEqual([]);
});

const matching = (filter: string) =>
  `updateAllMatchingConversions(input: { from: "2025-06-01", to: "2026-03-01", filter: { ${filter} }, atMost: 1000, change: { status: HOLD, comment: "x" } }) { outcome }`;

test("conversions that match are told where the list of conversions has the same filter, and none where it has not", async () => {
  const found = await previewed(matching("offerIds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], status: PENDING"));
  expect(found.length).toBeGreaterThan(0);
  for (const { before, after } of found) {
    expect(before).toMatchObject({ status: "PENDING" });
    expect(after).toEqual({ status: "HOLD", comment: "x" });
  }
  const { data } = await world.ask(
    '{ conversions(from: "2025-06-01", to: "2026-03-01", first: 100, filter: { offerIds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], status: [PENDING] }) { nodes { id } } }',
  );
  expect(found.map(({ id }) => id)).toEqual((data.conversions as { nodes: { id: string }[] }).nodes.map(({ id }) => id));
  expect(await previewed(matching('goals: ["1"]'))).not.toEqual([]);
  expect(await previewed(matching('goals: ["1", "2"]'))).toEqual([]);
  expect(await previewed(matching("paymentIds: [1]"))).toEqual([]);
});

test("of permissions only those that are given are told, over what they are", async () => {
  const [change] = await previewed(
    'updatePreset(input: { id: "ID", permissions: [{ section: "users", name: "entity-advertiser", level: READ }] }) { outcome }'.replace(
      "ID",
      String(
        ((await world.ask("{ presets(first: 1) { nodes { id } } }")).data.presets as { nodes: { id: string }[] }).nodes[0]?.id,
      ),
    ),
  );
  expect(change?.after).toMatchObject({ permissions: [{ section: "users", name: "entity-advertiser", level: "READ" }] });
  expect(change?.before.permissions).toHaveLength(1);
});

test("what is removed is told whole, and nothing that is only named beside it", async () => {
  const [offer] = await previewed("deleteOffers(input: { offerIds: [1] }) { results { outcome } }");
  expect(offer).toMatchObject({ type: "Offer", id: "1", argument: "input.offerIds.0", after: null });
  expect(offer?.before).toMatchObject({ title: expect.any(String), status: expect.any(String) });
  expect(offer?.before).not.toHaveProperty("postbackSecret");
  expect(await previewed("deletePostbacksOfOffers(input: { offerIds: [1] }) { results { outcome } }")).toEqual([]);
});

const dryRun = async (mutation: string) => {
  const { data, extensions, errors } = await world.ask(`mutation { told: ${mutation} }`, {
    headers: { "x-affise-dry-run": "1" },
  });
  expect(errors).toBeUndefined();
  const [sent] = (extensions?.affise?.dryRun ?? []) as { body?: Record<string, unknown> }[];
  return { told: data.told, body: sent?.body, change: extensions?.affise?.changes?.[0] };
};

test("what was looked up and stands in the payload is told too", async () => {
  const { told, body } = await dryRun(matching("status: PENDING").replace("outcome", "outcome countedBefore"));
  expect(body).toBeDefined();
  expect(told).toEqual({ outcome: "NOT_SENT", countedBefore: expect.any(Number) });
  await world.ask(
    'mutation { addCreatives(input: { offerId: 2, files: [{ file: { name: "logo.png", base64: "iVBORw0KGgo=" } }] }) { outcome } }',
  );
  const copy = await dryRun("copyOffer(input: { offerId: 2 }) { outcome leftBehind offer { id } }");
  expect(copy.told).toEqual({ outcome: "NOT_SENT", leftBehind: expect.arrayContaining(["creatives"]), offer: null });
});

test("what is taken off is what is told: caps by countries in either case, payouts by ids in either form", async () => {
  const made = await world.ask(`mutation { updateOffer(input: { id: 6,
    caps: [{ period: DAY, type: CLICKS, value: 5, countryScope: EXACT, countries: ["US", "DE"] }, { period: DAY, type: CLICKS, value: 6 }],
    affiliatePayouts: [{ affiliateIds: [2], type: FIXED, currency: "USD" }, { affiliateIds: [3], type: CPC, currency: "USD" }] }) { outcome error { message } } }`);
  expect(made.data.updateOffer).toEqual({ outcome: "DONE", error: null });
  const caps = await dryRun(
    'removeOfferCaps(input: { offerIds: [6], caps: [{ countries: ["de", "us"] }] }) { results { outcome } }',
  );
  expect(caps.body?.caps).toMatchObject([{ value: 6 }]);
  expect(caps.change?.after?.caps).toMatchObject([{ value: 6 }]);
  const payouts = await dryRun('removeAffiliatePayouts(input: { offerIds: [6], affiliateIds: ["02"] }) { results { outcome } }');
  expect(payouts.body?.partner_payments).toMatchObject([{ type: "cpc" }]);
  expect(payouts.change?.after?.affiliatePayouts).toMatchObject([{ type: "CPC" }]);
});
