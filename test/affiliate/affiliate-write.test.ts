import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 0, now: new Date("2026-03-01T12:00:00Z") });
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/partners";
const one = "GET /3.0/admin/partner/{id}";
const bulk = "POST /3.0/admin/partners/mass-update";

const allAffiliates = async () => {
  const { data } = await w.ask(graphql("{ affiliates(first: 40) { nodes { id status } } }"));
  return data.affiliates.nodes;
};

const affiliateManager = async () => {
  const { data } = await w.ask(graphql("{ affiliate(id: 1) { manager { id } } }"));
  return data.affiliate.manager.id;
};

describe("writing one", () => {
  const create = graphql(`mutation ($input: CreateAffiliateInput!) { createAffiliate(input: $input) { affiliate {
    id email companyName contactPerson country status notes referralPercent level tags manager { id } referrer { id }
    customFields { id: number values } paymentSystems { id: systemId name fields { field value } } subAccounts { number values excluded }
  } } }`);

  test("creating sends every field, and the next read shows it", async () => {
    const managerId = await affiliateManager();
    const { data, errors, calls } = await w.askCounting(create, {
      variables: {
        input: {
          email: "new@affiliate.example",
          password: "Secret-1234",
          companyName: "New Media",
          contactPerson: "Ada Doe",
          country: "DE",
          status: "ON_MODERATION",
          managerId,
          notes: "From the fair",
          referralPercent: 2.5,
          referrerId: "3",
          level: 4,
          tags: ["push", "vip"],
          customFields: [
            { number: 1, values: ["@ada"] },
            { number: 3, values: ["1", "2"] },
          ],
          paymentSystems: [{ systemId: 3, currency: "EUR", fields: [{ field: 1, value: "wallet-9" }] }],
          subAccounts: [{ number: 1, values: ["a", "b"], excluded: true }],
          enabledOfferIds: ["1", "2"],
          notify: true,
        },
      },
    });
    expect(errors).toBeUndefined();
    const { affiliate } = data.createAffiliate;
    expect(affiliate).toEqual({
      id: "41",
      email: "new@affiliate.example",
      companyName: "New Media",
      contactPerson: "Ada Doe",
      country: "DE",
      status: "ON_MODERATION",
      notes: "From the fair",
      referralPercent: 2.5,
      level: 4,
      tags: ["push", "vip"],
      manager: { id: managerId },
      referrer: { id: "3" },
      customFields: [
        { id: "1", values: ["@ada"] },
        { id: "3", values: ["1", "2"] },
      ],
      paymentSystems: [{ id: "3", name: "Coinrail", fields: [{ field: "1", value: "wallet-9" }] }],
      subAccounts: [{ number: 1, values: ["a", "b"], excluded: true }],
    });
    expect(calls).toEqual([one, list, "POST /3.0/admin/partner"]);
    expect(await w.ask("{ affiliate(id: 41) { companyName offersCount } }")).toMatchObject({
      data: { affiliate: { companyName: "New Media", offersCount: 2 } },
    });
  });

  test("updating changes what is given and leaves the rest", async () => {
    const fields = "companyName notes contactPerson country subAccounts { number values excluded } manager { id }";
    const before = await w.ask(graphql(`{ affiliate(id: 3) { ${fields} } }`));
    const { data, errors, calls } = await w.askCounting(
      `mutation { updateAffiliate(input: { id: 3, notes: "", companyName: "Renamed", subAccounts: [{ number: 2, values: ["x"] }], managerId: "" }) { affiliate { ${fields} } } }`,
    );
    expect(errors).toBeUndefined();
    const after = {
      ...before.data.affiliate,
      companyName: "Renamed",
      notes: null,
      manager: null,
      subAccounts: [{ number: 2, values: ["x"], excluded: false }],
    };
    expect(data).toEqual({ updateAffiliate: { affiliate: after } });
    expect(calls).toEqual(["POST /3.0/admin/partner/{id}"]);
    expect(await w.ask(`{ affiliate(id: 3) { ${fields} } }`)).toMatchObject({ data: { affiliate: after } });
  });

  test("rules are replaced whole, null leaves them, and there is one for each of sub1 and sub2", async () => {
    const change = (rules: string) =>
      w.ask(
        `mutation { updateAffiliate(input: { id: 3, notes: "x", subAccounts: ${rules} }) { error { argument } affiliate { subAccounts { values excluded } } } }`,
      );
    const one = [{ values: ["x"], excluded: true }];
    const both = '[{ number: 1, values: ["x"], excluded: true }, { number: 2, values: ["y", "z"] }]';
    expect((await change(both)).data).toMatchObject({
      updateAffiliate: { affiliate: { subAccounts: [{}, { values: ["y", "z"] }] } },
    });
    expect((await change('[{ number: 1, values: ["x"], excluded: true }]')).data).toMatchObject({
      updateAffiliate: { affiliate: { subAccounts: one } },
    });
    expect((await change("null")).data).toMatchObject({ updateAffiliate: { affiliate: { subAccounts: one } } });
    expect((await change("[]")).data).toMatchObject({
      updateAffiliate: { affiliate: { subAccounts: [] } },
    });
    for (const rules of ['[{ number: 3, values: ["x"] }]', '[{ number: 2, values: ["x"] }, { number: 2, values: ["y"] }]']) {
      const { data } = await change(rules);
      expect(data.updateAffiliate).toMatchObject({ error: { argument: expect.stringMatching(/subAccounts\.\d\.number/) } });
    }
  });

  test("tags are added to those there are", async () => {
    const change = (tag: string) =>
      w.ask(graphql(`mutation { updateAffiliate(input: { id: 3, tags: ["${tag}"] }) { affiliate { tags } } }`));
    await change("one");
    const { data } = await change("two");
    const { tags } = data.updateAffiliate.affiliate;
    expect(tags).toEqual(expect.arrayContaining(["one", "two"]));
  });

  test("an unknown affiliate is NOT_FOUND at the field", async () => {
    const { data, errors } = await w.ask('mutation { updateAffiliate(input: { id: 4711, notes: "x" }) { affiliate { id } } }');
    expect(data).toEqual({ updateAffiliate: null });
    expect(errors).toMatchObject([
      { path: ["updateAffiliate"], extensions: { code: "NOT_FOUND", operation: "POST /3.0/admin/partner/{id}" } },
    ]);
  });

  test.each([
    ["managerId", { managerId: "nobody" }],
    ["referrerId", { referrerId: "x" }],
    ["enabledOfferIds.1", { enabledOfferIds: ["1", "x"] }],
    ["disabledAdvertiserIds.0", { disabledAdvertiserIds: ["1"] }],
    ["customFields.0.number", { customFields: [{ number: "x", values: ["1"] }] }],
    ["paymentSystems.0.systemId", { paymentSystems: [{ systemId: "x" }] }],
    ["level", { level: 9 }],
  ])("a wrong %s is BAD_USER_INPUT, before any call", async (argument, input) => {
    const { errors, calls } = await w.askCounting(
      "mutation ($input: UpdateAffiliateInput!) { updateAffiliate(input: $input) { affiliate { id } } }",
      {
        variables: { input: { id: "3", ...input } },
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [`input.${argument}`] } }]);
    expect(calls).toEqual([]);
  });
});

describe("writing many", () => {
  const change = `mutation ($changes: [AffiliatesChange!]!) { updateAffiliates(input: { changes: $changes }) {
    results { id: affiliateId affiliate { id status manager { id } } error { code message } }
  } }`;

  test("equal changes travel in one POST, unknown ids fail alone, results keep their order", async () => {
    const managerId = await affiliateManager();
    const variables = {
      changes: [
        { affiliateIds: ["5", "4711", "2"], status: "BANNED" },
        { affiliateIds: ["7"], managerId },
        { affiliateIds: ["1"], status: "BANNED" },
      ],
    };
    const { data, errors, calls } = await w.askCounting(change, { variables });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      updateAffiliates: {
        results: [
          { id: "5", affiliate: { id: "5", status: "BANNED" }, error: null },
          {
            id: "4711",
            affiliate: null,
            error: { code: "NOT_FOUND", message: "There is no affiliate 4711, or this key may not see it." },
          },
          { id: "2", affiliate: { id: "2", status: "BANNED" }, error: null },
          { id: "7", affiliate: { id: "7", manager: { id: managerId } }, error: null },
          { id: "1", affiliate: { id: "1", status: "BANNED" }, error: null },
        ],
      },
    });
    expect(calls).toEqual([list, list, bulk, bulk]);
    const after = await allAffiliates();
    expect(after.filter(({ id }) => ["5", "2", "1"].includes(id)).map(({ status }) => status)).toEqual([
      "BANNED",
      "BANNED",
      "BANNED",
    ]);
  });

  test("forty affiliates to one status are one POST", async () => {
    const changes = [{ affiliateIds: Array.from({ length: 40 }, (_, index) => String(index + 1)), status: "NOT_ACTIVE" }];
    const { calls } = await w.askCounting(change, { variables: { changes } });
    expect(calls).toEqual([list, list, bulk]);
    expect(new Set((await allAffiliates()).map(({ status }) => status))).toEqual(new Set(["NOT_ACTIVE"]));
  });

  test("only unknown affiliates: nothing is written", async () => {
    const { data, calls } = await w.askCounting(change, {
      variables: { changes: [{ affiliateIds: ["4711"], status: "ACTIVE" }] },
    });
    expect(data).toMatchObject({ updateAffiliates: { results: [{ id: "4711", error: { code: "NOT_FOUND" } }] } });
    expect(calls).toEqual([list]);
  });

  test("a POST that fails gives every item of its group the error, and leaves the other groups", async () => {
    const nobody = "0123456789abcdef01234567";
    const changes = [
      { affiliateIds: ["1", "2"], managerId: nobody },
      { affiliateIds: ["3"], status: "BANNED" },
    ];
    const { data, errors } = await w.ask(change, { variables: { changes } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      updateAffiliates: {
        results: [
          { id: "1", affiliate: null, error: { code: "BAD_USER_INPUT" } },
          { id: "2", affiliate: null, error: { code: "BAD_USER_INPUT" } },
          { id: "3", affiliate: { status: "BANNED" }, error: null },
        ],
      },
    });
  });

  test.each([
    [
      "input.changes.1.affiliateIds.1",
      [
        { affiliateIds: ["1"], status: "ACTIVE" },
        { affiliateIds: ["2", "1"], status: "BANNED" },
      ],
    ],
    ["input.changes.1", [{ affiliateIds: ["1"], status: "ACTIVE" }, { affiliateIds: ["2"] }]],
    ["input.changes.0.affiliateIds.0", [{ affiliateIds: ["x"], status: "ACTIVE" }]],
    ["input.changes.0.managerId", [{ affiliateIds: ["1"], managerId: "x" }]],
  ])("a wrong %s is BAD_USER_INPUT, before any call", async (argument, changes) => {
    const { errors, calls } = await w.askCounting(change, { variables: { changes } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(calls).toEqual([]);
  });
});
