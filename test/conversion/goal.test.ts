import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 20,
  affiliates: 10,
  advertisers: 3,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const days = 'from: "2026-01-01", to: "2026-03-01"';

interface Row {
  goal: string | null;
}

const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
  const { data, errors } = await w.ask(query, { variables: { ...variables } });
  expect(errors).toBeUndefined();
  return data as T;
};

const { conversions: all } = await ask<{ conversions: { nodes: Row[] } }>(
  `{ conversions(${days}, first: 1000) { nodes { goal } } }`,
);
const values = [...new Set(all.nodes.map(({ goal }) => goal))].filter((goal) => goal !== null).sort();

test("there are several goals", () => expect(values.length).toBeGreaterThan(2));

test.each(values)("the value %s of a conversion's goal finds the same wherever goals are looked for", async (goal) => {
  const { conversions, statistics, byGoal, receivedPostbacks, sentPostbacks } = await ask<
    Record<"conversions" | "receivedPostbacks" | "sentPostbacks", { nodes: Row[] }> &
      Record<"statistics" | "byGoal", { nodes: { slice: Row; figures: { conversions: { total: { count: number } } } }[] }>
  >(
    `query ($goals: [String!]) {
      conversions(${days}, first: 1000, filter: { goals: $goals }) { nodes { goal } }
      statistics(${days}, by: [GOAL], filter: { goals: $goals }) { nodes { slice { goal } } }
      byGoal: statistics(${days}, by: [GOAL]) { nodes { slice { goal } } }
      receivedPostbacks(${days}, first: 100, filter: { goals: $goals }) { nodes { id } }
      sentPostbacks(${days}, first: 100, filter: { goals: $goals }) { nodes { goal } }
    }`,
    { goals: [goal] },
  );
  expect(conversions.nodes).toHaveLength(all.nodes.filter((one) => one.goal === goal).length);
  expect(conversions.nodes.every((one) => one.goal === goal)).toBe(true);
  expect(statistics.nodes.map(({ slice }) => slice.goal)).toEqual([goal]);
  expect(byGoal.nodes.map(({ slice }) => slice.goal)).toContain(goal);
  expect(receivedPostbacks.nodes.length).toBeGreaterThan(0);
  for (const one of sentPostbacks.nodes) expect(one.goal).toBe(goal);
});

test.each(values)("the value %s of a goal that was read is written, and read again as it was", async (goal) => {
  const payout = { type: "FIXED", currency: "USD", payout: 1, income: 2, goal };
  const cap = { period: "DAY", type: "CONVERSIONS", value: 5, goalScope: "EXACT", goals: [goal], affiliateScope: "ALL" };
  const { advertisers } = await ask<{ advertisers: { nodes: { id: string }[] } }>("{ advertisers(first: 1) { nodes { id } } }");
  const offer = {
    title: "Goals",
    url: "https://goals.example/",
    advertiserId: advertisers.nodes[0]?.id,
    payouts: [payout],
    caps: [cap],
  };
  const made = await ask<{
    createOffer: { offer: { id: string; payouts: Row[]; caps: { goals: string[] }[] } };
    createPostback: { postback: Row };
    importConversions: { results: { outcome: string }[] };
  }>(
    `mutation ($offer: CreateOfferInput!, $postback: CreatePostbackInput!, $import: ImportConversionsInput!) {
      createOffer(input: $offer) { offer { id payouts { goal } caps { goals } } }
      createPostback(input: $postback) { postback { goal } }
      importConversions(input: $import) { results { outcome } }
    }`,
    {
      offer,
      postback: { affiliateId: 1, url: "https://tracker.example/in", goal },
      import: { conversions: [{ offerId: 1, affiliateId: 1, actionId: `goal-${goal}`, goal }] },
    },
  );
  expect(made.createOffer.offer).toMatchObject({ payouts: [{ goal }], caps: [{ goals: [goal] }] });
  expect(made.createPostback.postback).toEqual({ goal });
  expect(made.importConversions.results).toEqual([{ outcome: "DONE" }]);
  const { conversions } = await ask<{ conversions: { nodes: Row[] } }>(
    `{ conversions(first: 5, filter: { actionId: "goal-${goal}", goals: "${goal}" }) { nodes { goal } } }`,
  );
  expect(conversions.nodes).toEqual([{ goal }]);
  const id = made.createOffer.offer.id;
  const { addAffiliatePayouts } = await ask<{ addAffiliatePayouts: { results: { outcome: string }[] } }>(
    "mutation ($input: AddAffiliatePayoutsInput!) { addAffiliatePayouts(input: $input) { results { outcome } } }",
    { input: { offerIds: [id], payouts: [{ ...payout, affiliateIds: ["1"] }] } },
  );
  expect(addAffiliatePayouts.results).toEqual([{ outcome: "DONE" }]);
  const after = await ask<{ removeAffiliatePayouts: { results: { offer: { affiliatePayouts: Row[] } }[] } }>(
    `mutation { removeAffiliatePayouts(input: { offerIds: ["${id}"], affiliateIds: ["1"], goal: "${goal}" }) {
      results { offer { affiliatePayouts { goal } } } } }`,
  );
  expect(after.removeAffiliatePayouts.results).toEqual([{ offer: { affiliatePayouts: [] } }]);
});

test.each(values)("the value %s of a goal counts what a change of all that match would change", async (goal) => {
  const { extensions } = await w.ask(
    `mutation { updateAllMatchingConversions(input: { ${days}, atMost: 1000, filter: { goals: "${goal}" }, change: { comment: "x" } }) { countedBefore } }`,
    { headers: { "x-affise-dry-run": "1" } },
  );
  const changes = extensions?.affise?.changes ?? [];
  expect(changes.length).toBeGreaterThan(0);
  const { conversions } = await ask<{ conversions: { nodes: { id: string }[] } }>(
    `{ conversions(${days}, first: 100, filter: { goals: "${goal}" }) { nodes { id } } }`,
  );
  expect(changes.map(({ id }) => id)).toEqual(conversions.nodes.map(({ id }) => id));
});
