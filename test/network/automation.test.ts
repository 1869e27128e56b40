import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 500,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const kpi = "GET /3.1/automation/kpi";
const days = `from: "2026-01-01", to: "2026-03-01"`;
const fields = "id offer { id title } affiliates { id } period action sub changeTo goal1 goal2 kpi notifiesManager";

const rules = async () => (await w.ask(graphql(`{ kpiRules { nodes { ${fields} } } }`))).data.kpiRules.nodes;

describe("rules", () => {
  test("a hundred with their offers and affiliates are three calls", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ kpiRules(first: 100) { totalCount nodes { ${fields} } pageInfo { hasNextPage } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", kpi]);
    const { nodes, totalCount } = data.kpiRules;
    expect(nodes).toHaveLength(totalCount);
    expect(nodes.find(({ action }) => action === "BLOCK")).toMatchObject({
      offer: { title: expect.any(String) },
      affiliates: [{ id: expect.any(String) }, {}],
      period: "DAY",
      sub: 1,
      changeTo: null,
      goal1: "1",
      goal2: "2",
      kpi: expect.any(Number),
      notifiesManager: expect.any(Boolean),
    });
    expect(nodes.find(({ action }) => action === "CHANGE_STATUS")).toMatchObject({ sub: null, changeTo: "HOLD" });
  });

  test("pages follow each other", async () => {
    const all = await rules();
    const first = await w.ask(graphql("{ kpiRules(first: 4) { nodes { id } pageInfo { hasNextPage endCursor } } }"));
    const page = first.data.kpiRules;
    const second = await w.ask(graphql(`query ($endCursor: String) { kpiRules(first: 4, after: $endCursor) { nodes { id } } }`), {
      variables: { endCursor: page.pageInfo.endCursor },
    });
    const next = second.data.kpiRules;
    expect([...page.nodes, ...next.nodes].map(({ id }) => id)).toEqual(all.slice(0, 8).map(({ id }) => id));
  });

  test("single ones come out of one list; an unknown one is null", async () => {
    const [one, two] = await rules();
    const { data, errors, calls } = await w.askCounting(
      `{ a: kpiRule(id: "${one?.id}") { ${fields} } b: kpiRule(id: "${two?.id}") { id } c: kpiRule(id: "0123456789abcdef01234567") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ a: one, b: { id: two?.id }, c: null });
    expect(calls.filter((call) => call === kpi)).toHaveLength(1);
  });
});

describe("writing", () => {
  const input = {
    offerId: "1",
    affiliateIds: ["1", "2"],
    period: "WEEK",
    action: "BLOCK",
    sub: 2,
    goal1: "1",
    goal2: "3",
    kpi: 12.5,
    notifiesManager: true,
  };
  const create = graphql(`mutation ($input: CreateKpiRuleInput!) { createKpiRule(input: $input) { kpiRule { ${fields} } } }`);
  const update = `mutation ($input: UpdateKpiRuleInput!) { updateKpiRule(input: $input) { kpiRule { ${fields} } } }`;

  test("make, read back, change a little, read back, delete", async () => {
    const made = await w.askCounting(create, { variables: { input } });
    expect(made.errors).toBeUndefined();
    expect(made.calls).toContain("POST /3.1/automation/kpi");
    const { kpiRule } = made.data.createKpiRule;
    expect(kpiRule).toMatchObject({
      offer: { id: "1" },
      affiliates: [{ id: "1" }, { id: "2" }],
      period: "WEEK",
      sub: 2,
      kpi: 12.5,
    });
    expect(await rules()).toContainEqual(kpiRule);

    const changed = await w.askCounting(update, { variables: { input: { id: kpiRule.id, kpi: 20, affiliateIds: ["3"] } } });
    expect(changed.errors).toBeUndefined();
    expect(changed.calls.filter((call) => call.includes("automation"))).toEqual([kpi, "POST /3.1/automation/kpi/{id}"]);
    const wanted = { ...kpiRule, kpi: 20, affiliates: [{ id: "3" }] };
    expect(changed.data).toEqual({ updateKpiRule: { kpiRule: wanted } });
    expect(await rules()).toContainEqual(wanted);

    const gone = await w.askCounting(`mutation { deleteKpiRule(input: { id: "${kpiRule.id}" }) { deletedId } }`);
    expect(gone).toMatchObject({
      data: { deleteKpiRule: { deletedId: kpiRule.id } },
      calls: ["DELETE /3.1/automation/kpi/{id}"],
    });
    expect((await rules()).map(({ id }) => id)).not.toContain(kpiRule.id);
  });

  test("a rule that blocks becomes one that changes conversions", async () => {
    const rule = (await rules()).find(({ action }) => action === "BLOCK");
    const { data, errors } = await w.ask(update, {
      variables: { input: { id: rule?.id, action: "CHANGE_STATUS", changeTo: "DECLINED" } },
    });
    expect(errors).toBeUndefined();
    expect(data.updateKpiRule).toMatchObject({ kpiRule: { action: "CHANGE_STATUS", changeTo: "DECLINED" } });
  });

  test.each([
    [{ ...input, sub: null }, "input.sub"],
    [{ ...input, sub: 6 }, "input.sub"],
    [{ ...input, affiliateIds: [] }, "input.affiliateIds"],
    [{ ...input, action: "CHANGE_STATUS" }, "input.changeTo"],
    [{ ...input, offerId: "x" }, "input.offerId"],
  ])("bad input is told before any call: %#", async (bad, argument) => {
    const { data, errors, calls } = await w.askCounting(create, { variables: { input: bad } });
    expect(data).toEqual({ createKpiRule: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("an unknown rule is NOT_FOUND, and nothing is sent", async () => {
    const { errors, calls } = await w.askCounting(update, { variables: { input: { id: "0123456789abcdef01234567", kpi: 1 } } });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect(calls).toEqual([kpi]);
    const gone = await w.ask(`mutation { deleteKpiRule(input: { id: "0123456789abcdef01234567" }) { deletedId } }`);
    expect(gone.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });
});

describe("logs", () => {
  test("changes of rules, with who made them", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ kpiRuleChanges(${days}, first: 100) { totalCount nodes {
      type createdAt ruleId user { name } offer { id } affiliates { id } details { name value } } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/admin/users", "GET /3.0/offers", `${kpi}/change-logs`]);
    const { nodes } = data.kpiRuleChanges;
    expect(nodes[0]).toMatchObject({
      type: expect.stringMatching(/^(ADD|UPDATE)$/),
      createdAt: expect.stringContaining("T"),
      ruleId: expect.stringMatching(/^[0-9a-f]{24}$/),
      user: { name: expect.any(String) },
      offer: { id: expect.any(String) },
      affiliates: [{ id: expect.any(String) }, {}],
    });
    expect(nodes[0]?.details).toContainEqual({ name: "offers", value: expect.stringContaining("[") });
  });

  test("changes by kind, offer and affiliate", async () => {
    const [rule] = await rules();
    const { data, errors } = await w.ask(`{ kpiRuleChanges(${days}, filter: { types: [ADD], offerIds: [${rule?.offer.id}],
      affiliateIds: [${rule?.affiliates[0]?.id}] }) { nodes { type offer { id } } } }`);
    expect(errors).toBeUndefined();
    expect(data.kpiRuleChanges).toEqual({ nodes: [{ type: "ADD", offer: { id: rule?.offer.id } }] });
  });

  test("what KPI rules blocked, and a part of it", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ kpiBlocks(${days}, first: 100) { totalCount nodes {
      createdAt offer { id } affiliate { id } sub subValue action additionalData } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", `${kpi}/block-logs`]);
    const [first] = data.kpiBlocks.nodes;
    expect(first).toMatchObject({ sub: 1, subValue: expect.any(String), action: "block" });
    const part = await w.ask(
      graphql(`query ($offer: ID!, $affiliate: ID!, $subValue: String) { kpiBlocks(${days}, filter: { offerIds: [$offer], affiliateIds: [$affiliate], sub: 1,
      subValue: $subValue, action: "block" }) { nodes { offer { id } affiliate { id } sub subValue } } }`),
      { variables: { offer: first?.offer.id, affiliate: first?.affiliate.id, subValue: first?.subValue } },
    );
    expect(part.errors).toBeUndefined();
    const { nodes } = part.data.kpiBlocks;
    const { offer, affiliate, sub, subValue } = first as NonNullable<typeof first>;
    expect(new Set(nodes.map((node) => JSON.stringify(node)))).toEqual(
      new Set([JSON.stringify({ offer: { id: offer?.id }, affiliate, sub, subValue })]),
    );
  });

  test("what rules for conversion rates blocked, and a part of it", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ crAndSubBlocks(${days}, first: 100) { totalCount nodes { createdAt
      advertiser { id companyName } offer { id } affiliate { id } ruleId subs { number value } sub2: sub(number: 2) conversionRate minimumConversionRate maximumConversionRate type } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([
      "GET /3.0/admin/advertisers",
      "GET /3.0/admin/partners",
      "GET /3.0/offers",
      "GET /3.1/automation/cr-and-sub/block-logs",
    ]);
    const [first] = data.crAndSubBlocks.nodes;
    expect(first).toMatchObject({
      advertiser: { companyName: expect.any(String) },
      conversionRate: expect.any(Number),
      minimumConversionRate: 10,
      maximumConversionRate: 50,
      type: "disabled affiliate",
      sub2: null,
    });
    const part = await w.ask(
      graphql(`query ($advertiser: ID!, $offer: ID!, $affiliate: ID!) { crAndSubBlocks(${days}, filter: { advertiserIds: [$advertiser],
      offerIds: [$offer], affiliateIds: [$affiliate] }) { totalCount nodes { advertiser { id } } } }`),
      { variables: { advertiser: first?.advertiser?.id, offer: first?.offer?.id, affiliate: first?.affiliate?.id } },
    );
    expect(part.errors).toBeUndefined();
    const { nodes } = part.data.crAndSubBlocks;
    expect(new Set(nodes.map(({ advertiser }) => advertiser.id))).toEqual(new Set([first?.advertiser?.id]));
  });

  test.each([
    [`kpiRuleChanges(${days}, filter: { offerIds: ["x"] })`, "filter.offerIds"],
    [`kpiBlocks(${days}, filter: { sub: 9 })`, "filter.sub"],
    [`crAndSubBlocks(${days}, filter: { advertiserIds: ["7"] })`, "filter.advertiserIds"],
    [`kpiBlocks(from: "2026-03-01", to: "2026-01-01")`, "to"],
  ])("%s is told before any call", async (field, argument) => {
    const { errors, calls } = await w.askCounting(`{ ${field} { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s: FORBIDDEN at each field, the rest stays", async (key) => {
  const { data, errors } = await w.ask(
    `{ kpiRules { totalCount } kpiBlocks(${days}) { totalCount } kpiRuleChanges(${days}) { totalCount }
       crAndSubBlocks(${days}) { totalCount } countries { code } }`,
    { key },
  );
  expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
  expect(errors).toHaveLength(4);
  expect(data.countries).not.toBeNull();
});
