import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 800,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const currencies = "GET /3.0/admin/currency";
const list = "GET /3.0/stats/conversions";
const single = "GET /3.0/stats/conversionsbyid";
const edit = "POST /3.0/admin/conversion/edit";
const editByAdvertiser = "POST /3.0/admin/conversion/edit-by-advertiser";

const read = async (filter = "") => {
  const { data, errors } = await w.ask(
    graphql(
      `{ conversions(first: 1000${filter}) { totalCount nodes { id status comment payout income currency customFields { number value } advertiser { id } } } }`,
    ),
  );
  expect(errors).toBeUndefined();
  return data.conversions;
};

const idsOf = async (count: number) => (await read()).nodes.slice(0, count).map(({ id }) => id);

const run = (name: string, input: object, fields: string, key?: string) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return w.askCounting(`mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, { variables: { input }, key });
};

const update = (changes: object[], fields = "results { id: conversionId outcome error { code message } }", key?: string) =>
  run("updateConversions", { changes }, fields, key);

describe("by id", () => {
  test("equal changes travel in one POST, and show in the next read", async () => {
    const ids = await idsOf(5);
    const change = {
      status: "DECLINED",
      payout: 1.5,
      income: 2.25,
      currency: "EUR",
      comment: "a test",
      customFields: [{ number: 1, value: "x" }],
    };
    const { data, errors, calls } = await update([
      { conversionIds: ids.slice(0, 2), change },
      { conversionIds: ids.slice(2, 4), change: { comment: "other" } },
      { conversionIds: ids.slice(4), change },
    ]);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ updateConversions: { results: ids.map((id) => ({ id, outcome: "DONE", error: null })) } });
    expect(calls).toEqual([edit, edit]);
    const after = new Map((await read()).nodes.map((node) => [node.id, node]));
    for (const id of [...ids.slice(0, 2), ...ids.slice(4)]) expect(after.get(id)).toMatchObject(change);
    for (const id of ids.slice(2, 4)) expect(after.get(id)).toMatchObject({ comment: "other" });
  });

  test("custom fields that are not named stay, and a dry run tells of the others nothing", async () => {
    const [id = ""] = await idsOf(1);
    const put = (...customFields: object[]) => [{ conversionIds: [id], change: { customFields } }];
    await update(put({ number: 1, value: "a" }, { number: 2, value: "b" }));
    const changes = put({ number: 2, value: "" }, { number: 3, value: "c" });
    const planned = await w.ask(
      "mutation ($input: UpdateConversionsInput!) { updateConversions(input: $input) { results { outcome } } }",
      {
        variables: { input: { changes } },
        headers: { "x-affise-dry-run": "1" },
      },
    );
    expect(planned.extensions?.affise?.changes).toMatchObject([
      { id, before: { customFields: [{ number: 2, value: "b" }] }, after: { customFields: [{ number: 3, value: "c" }] } },
    ]);
    await update(changes);
    const found = (await read()).nodes.find((node) => node.id === id);
    expect(found?.customFields).toEqual([
      { number: 1, value: "a" },
      { number: 3, value: "c" },
    ]);
  });

  test.each([
    ["a number there is none of", [{ number: 16, value: "x" }], "0.number"],
    ["a number twice", [1, 1].map((number) => ({ number, value: "x" })), "1.number"],
  ])("%s is refused before any call", async (_, customFields, at) => {
    const [id] = await idsOf(1);
    const { errors, data, calls } = await update([{ conversionIds: [id], change: { customFields } }]);
    const said = JSON.stringify({ errors, data });
    expect(said).toContain(`input.changes.0.change.customFields.${at}`);
    expect(calls).toEqual([]);
  });

  test("the conversion itself can be read back, one call each", async () => {
    const ids = await idsOf(2);
    const { data, calls } = await update(
      [{ conversionIds: ids, change: { sum: 12.5 } }],
      "results { id: conversionId conversion { id sum } }",
    );
    expect(data).toMatchObject({ updateConversions: { results: ids.map((id) => ({ id, conversion: { id, sum: 12.5 } })) } });
    expect(calls).toEqual([single, single, edit]);
  });

  test("money that is null stays as it is", async () => {
    const [id] = await idsOf(1);
    await update([{ conversionIds: [id], change: { comment: "there", payout: 7 } }]);
    const { errors } = await update([{ conversionIds: [id], change: { payout: null, income: 9 } }]);
    expect(errors).toBeUndefined();
    expect((await read()).nodes.find((node) => node.id === id)).toMatchObject({ comment: "there", payout: 7, income: 9 });
  });

  test("a thousand with one change are one POST", async () => {
    const conversionIds = Array.from({ length: 1000 }, (_, index) => index.toString(16).padStart(24, "0"));
    const { data, calls } = await update([{ conversionIds, change: { comment: "x" } }], "results { id: conversionId }");
    expect(data).toMatchObject({ updateConversions: { results: conversionIds.map((id) => ({ id })) } });
    expect(calls).toEqual([edit]);
  });

  test("a refused POST is told at each of its conversions", async () => {
    const ids = await idsOf(3);
    const change = { comment: "not mine" };
    const { data, errors } = await update([{ conversionIds: ids, change }], undefined, "sandbox-affiliate-manager");
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      updateConversions: { results: ids.map((id) => ({ id, outcome: "REFUSED", error: { code: "FORBIDDEN" } })) },
    });
  });

  test("of one advertiser", async () => {
    const [some] = (await read()).nodes;
    const advertiserId = some?.advertiser.id ?? "";
    const own = (await read(`, filter: { advertiserIds: ["${advertiserId}"] }`)).nodes.map(({ id }) => id).slice(0, 3);
    const foreign = (await read()).nodes.find(({ advertiser }) => advertiser.id !== advertiserId)?.id ?? "";
    const changes = [
      { conversionIds: own, change: { status: "HOLD" } },
      { conversionIds: [foreign], change: { status: "DECLINED" } },
    ];
    const fields = "results { id: conversionId outcome error { code } }";
    const { data, errors, calls } = await run("updateAdvertiserConversions", { advertiserId, changes }, fields);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      updateAdvertiserConversions: {
        results: [
          ...own.map((id) => ({ id, outcome: "DONE", error: null })),
          { id: foreign, outcome: "REFUSED", error: { code: "BAD_USER_INPUT" } },
        ],
      },
    });
    expect(calls).toEqual([editByAdvertiser, editByAdvertiser]);
    const after = (await read()).nodes.filter(({ id }) => own.includes(id));
    expect(after.map(({ status }) => status)).toEqual(["HOLD", "HOLD", "HOLD"]);
  });

  const id = "56cc49dc3b7d9b89058b45f0";
  test.each([
    [[{ conversionIds: [id], change: {} }], "input.changes.0.change"],
    [[{ conversionIds: [id], change: { payout: null } }], "input.changes.0.change"],
    [[{ conversionIds: ["7"], change: { comment: "x" } }], "input.changes.0.conversionIds.0"],
    [
      [
        { conversionIds: [id], change: { comment: "x" } },
        { conversionIds: [id], change: { comment: "y" } },
      ],
      "input.changes.1.conversionIds.0",
    ],
  ])("%j is refused before any REST call", async (changes, argument) => {
    const { data, errors, calls } = await update(changes);
    expect(data).toEqual({ updateConversions: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test.each(["sandbox-affiliate", "sandbox-advertiser"])("not with the key %s", async (key) => {
    const conversionIds = [id];
    const { data } = await update([{ conversionIds, change: { comment: "x" } }], undefined, key);
    expect(data).toMatchObject({ updateConversions: { results: [{ outcome: "REFUSED", error: { code: "FORBIDDEN" } }] } });
  });
});

describe("all that match", () => {
  const days = { from: "2026-02-01", to: "2026-03-01" };
  const updateAll = (input: object, key?: string) =>
    run("updateAllMatchingConversions", { ...days, ...input }, "countedBefore message", key);

  test("counts first, then changes them in one POST", async () => {
    const filter = `, from: "${days.from}", to: "${days.to}", filter: { status: [PENDING], offerIds: [1, 2, 3] }`;
    const before = await read(filter);
    expect(before.totalCount).toBeGreaterThan(0);
    const input = { filter: { status: "PENDING", offerIds: [1, 2, 3] }, atMost: before.totalCount, change: { comment: "swept" } };
    const { data, errors, calls } = await updateAll(input);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      updateAllMatchingConversions: { countedBefore: before.totalCount, message: expect.stringContaining("minutes") },
    });
    expect(calls).toEqual([list, edit]);
    const swept = (await read()).nodes.filter(({ comment }) => comment === "swept").map((node) => node.id);
    expect(swept.sort()).toEqual(before.nodes.map((node) => node.id).sort());
  });

  test("does nothing where more match than the caller reckons with", async () => {
    const { data, errors, calls } = await updateAll({ atMost: 3, change: { status: "DECLINED" } });
    expect(data).toEqual({ updateAllMatchingConversions: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("Nothing was changed"),
      extensions: { code: "BAD_USER_INPUT", arguments: ["input.atMost"] },
    });
    expect(calls).toEqual([list]);
  });

  test("every filter reaches Affise, and what cannot be counted by is counted too high", async () => {
    const { nodes } = await read();
    const advertiserIds = [nodes[0]?.advertiser.id];
    const narrow = {
      advertiserIds,
      affiliateIds: [1],
      country: "DE",
      goals: ["1", "2"],
      currency: "eur",
      paymentStatus: ["OPENED", "PENDING"],
      declineReason: "BY_MANAGER",
      fraudRiskLevel: "LOW",
      oses: ["Android"],
      devices: ["MOBILE"],
      payoutAbove: 1,
      payoutBelow: 2,
      incomeAbove: 1,
      incomeBelow: 2,
      updatedFrom: "2026-02-01",
      updatedFromHour: 1,
      updatedTo: "2026-02-02",
      updatedToHour: 2,
      userIds: advertiserIds,
      affiliateManagerIds: advertiserIds,
      advertiserManagerIds: advertiserIds,
      paymentIds: ["1"],
      actionId: "a",
      clickId: "b",
      browser: "Chrome",
      fraudTypes: ["click_spam"],
    };
    const { errors, calls } = await updateAll({ timezone: "Europe/Berlin", filter: narrow, atMost: 0, change: { comment: "x" } });
    expect(errors).toBeUndefined();
    expect(calls).toEqual([currencies, list, edit]);
  });

  test.each([
    [{ from: "2026-03-01", to: "2026-02-01", atMost: 1, change: { comment: "x" } }, "input.to"],
    [{ filter: { offerIds: [] }, atMost: 1000, change: { comment: "x" } }, "input.filter.offerIds"],
    [{ filter: { paymentIds: ["7", "x"] }, atMost: 1000, change: { comment: "x" } }, "input.filter.paymentIds"],
    [{ filter: { country: "" }, atMost: 1000, change: { comment: "x" } }, "input.filter.country"],
    [{ filter: { updatedToHour: 1 }, atMost: 1000, change: { comment: "x" } }, "input.filter.updatedToHour"],
    [{ atMost: 1000, change: {} }, "input.change"],
  ])("%j is refused before any REST call", async (input, argument) => {
    const { data, errors, calls } = await updateAll(input);
    expect(data).toEqual({ updateAllMatchingConversions: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("a currency that the network does not have changes nothing", async () => {
    const { errors, calls } = await updateAll({ filter: { currency: "XXX" }, atMost: 1000, change: { comment: "x" } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: ["input.filter.currency"] } }]);
    expect(calls).toEqual([currencies]);
  });

  test("a key that may count but not edit changes nothing", async () => {
    const { data, errors } = await updateAll({ atMost: 1000, change: { comment: "x" } }, "sandbox-affiliate-manager");
    expect(data).toEqual({ updateAllMatchingConversions: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: edit });
    expect((await read()).nodes.some(({ comment }) => comment === "x")).toBe(false);
  });
});
