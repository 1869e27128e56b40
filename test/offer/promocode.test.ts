import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.1/offers/promocodes";

const input = (more: object[] = []) => ({
  promocodes: [
    { code: "SPRING", offerId: "1", affiliateId: "2", startsAt: "2026-03-01T00:00:00", endsAt: "2026-06-01T00:00:00" },
    {
      ...{ code: "SUMMER", offerId: "3", affiliateId: "2", startsAt: "2026-06-01T00:00:00", endsAt: "2026-09-01T00:00:00" },
      ...{ description: "For the summer", usageLimit: 100 },
    },
    ...more,
  ],
});

const create = graphql(`mutation ($input: CreatePromocodesInput!) { createPromocodes(input: $input) {
  results { code promocode { id type code description offer { id } affiliate { id } usageLimit startsAt endsAt } error { code message } } } }`);

test("many are made in one POST, each with its own result, and are there afterwards", async () => {
  const { data, errors, calls } = await w.askCounting(create, { variables: { input: input() } });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    createPromocodes: {
      results: [
        {
          code: "SPRING",
          promocode: { type: "MANUAL", offer: { id: "1" }, affiliate: { id: "2" }, startsAt: "2026-03-01T00:00:00Z" },
          error: null,
        },
        { code: "SUMMER", promocode: { description: "For the summer", usageLimit: 100, offer: { id: "3" } }, error: null },
      ],
    },
  });
  expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", "POST /3.1/offers/promocodes/bulk"]);
  const found = await w.ask('{ promocodes(filter: { code: "SUMMER", offerIds: [3] }) { totalCount nodes { code } } }');
  expect(found.data).toEqual({ promocodes: { totalCount: 1, nodes: [{ code: "SUMMER" }] } });
  const searched = await w.ask('{ promocodes(filter: { search: "PRIN" }) { nodes { code } } }');
  expect(searched.data).toEqual({ promocodes: { nodes: [{ code: "SPRING" }] } });
});

test("all fields of all promocodes, with offers and affiliates, are one call a noun", async () => {
  await w.ask(create, { variables: { input: input() } });
  const { data, errors, calls } = await w.askCounting(
    graphql(
      "{ promocodes(first: 100) { totalCount nodes { id type code codeTemplate description offer { id title } affiliate { id email } usageLimit usageCount startsAt endsAt createdAt updatedAt } pageInfo { hasNextPage } } }",
    ),
  );
  expect(errors).toBeUndefined();
  expect(data.promocodes.totalCount).toBeGreaterThan(1);
  expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", list]);
});

test("the promocodes of all offers of a page are one call", async () => {
  await w.ask(create, { variables: { input: input() } });
  const { data, errors, calls } = await w.askCounting(
    graphql(
      "{ offers(first: 60) { nodes { id promocodes(first: 1) { totalCount nodes { code } pageInfo { endCursor hasNextPage } } } } }",
    ),
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual(["GET /3.0/offers", list]);
  const { nodes } = data.offers;
  expect(nodes.find(({ id }) => id === "1")?.promocodes.totalCount).toBeGreaterThan(0);
});

test("wrong input is named, and nothing is sent", async () => {
  const late = { code: "X", offerId: "1", affiliateId: "2", startsAt: "2026-03-02T00:00:00", endsAt: "2026-03-01T00:00:00" };
  const backwards = await w.askCounting(create, { variables: { input: input([late]) } });
  expect(backwards).toMatchObject({ data: { createPromocodes: null }, calls: [] });
  expect(backwards.errors?.[0]).toMatchObject({
    message: expect.stringContaining("input.promocodes.2.endsAt"),
    extensions: { code: "BAD_USER_INPUT" },
  });
  const long = { ...late, endsAt: "2026-04-01T00:00:00", description: "x".repeat(131) };
  const wordy = await w.askCounting(create, { variables: { input: input([long]) } });
  expect(wordy.errors).toBeUndefined();
  expect(wordy.calls).toEqual([]);
  const { results } = wordy.data.createPromocodes;
  expect(results.map(({ error }) => error.code)).toEqual(["BAD_USER_INPUT", "BAD_USER_INPUT", "BAD_USER_INPUT"]);
  expect(results[0]?.error.message).toContain("description");
  expect(await w.askCounting(create, { variables: { input: { promocodes: [] } } })).toMatchObject({
    data: { createPromocodes: null },
    errors: [{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.promocodes"] } }],
    calls: [],
  });
});

test("an affiliate sees its own and makes none; an advertiser sees none", async () => {
  const seen = await w.ask("{ promocodes { nodes { code offer { id } } } }", { key: "sandbox-affiliate" });
  expect(seen.errors).toBeUndefined();
  const made = await w.ask(create, { variables: { input: input() }, key: "sandbox-affiliate" });
  expect(made.data).toMatchObject({
    createPromocodes: { results: [{ error: { code: "FORBIDDEN" } }, { error: { code: "FORBIDDEN" } }] },
  });
  const refused = await w.ask("{ promocodes { nodes { code } } offers(first: 1) { nodes { id } } }", {
    key: "sandbox-advertiser",
  });
  expect(refused.data).toMatchObject({ promocodes: null, offers: { nodes: [{}] } });
  expect(refused.errors).toMatchObject([{ path: ["promocodes", "nodes"], extensions: { code: "FORBIDDEN" } }]);
});
