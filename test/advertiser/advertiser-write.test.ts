import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 0, now: new Date("2026-03-01T12:00:00Z") });
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/advertisers";

const allAdvertisers = async () => {
  const { data } = await w.ask(graphql("{ advertisers { nodes { id companyName offersCount manager { id } } } }"));
  return data.advertisers.nodes;
};

describe("writing", () => {
  const fields = `id companyName email manager { id } allowedIps disallowedIps personalTargetingOnly tags clickSigning skadNetworkIds
    locksPostbackStatus disabledAffiliates { id } hidesConversionStatus subAccounts { number values excluded } postbackSecret address1 vatCode`;

  test("creating sends every field, and the next read shows it", async () => {
    const managerId = (await allAdvertisers())[0]?.manager?.id;
    const { data, errors, calls } = await w.askCounting(
      graphql(`mutation ($input: CreateAdvertiserInput!) { createAdvertiser(input: $input) { advertiser { ${fields} } } }`),
      {
        variables: {
          input: {
            companyName: "Nova Ltd",
            email: "ops@nova.example",
            password: "Secret-1234",
            managerId,
            address1: "1 Mill Street",
            vatCode: "DE1",
            status: "ACTIVE",
            allowedIps: ["203.0.113.1", "203.0.113.5-203.0.113.9"],
            disallowedIps: [],
            postbackSecret: "s3cret",
            personalTargetingOnly: true,
            tags: ["direct", "net30"],
            clickSigning: "appsflyer",
            signsClicks: true,
            skadNetworkIds: ["abc.skadnetwork"],
            locksPostbackStatus: true,
            disabledAffiliateIds: ["4", "5"],
            hidesConversionStatus: true,
            uniqueClicksPerVisitor: 0,
            subAccounts: [{ number: 1, values: ["a", "b"], excluded: true }],
            customFields: [{ number: 1, values: ["x"] }],
          },
        },
      },
    );
    expect(errors).toBeUndefined();
    const { advertiser } = data.createAdvertiser;
    expect(advertiser).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      companyName: "Nova Ltd",
      email: "ops@nova.example",
      manager: { id: managerId },
      allowedIps: ["203.0.113.1", "203.0.113.5-203.0.113.9"],
      disallowedIps: [],
      personalTargetingOnly: true,
      tags: ["direct", "net30"],
      clickSigning: "appsflyer",
      skadNetworkIds: ["abc.skadnetwork"],
      locksPostbackStatus: true,
      disabledAffiliates: [{ id: "4" }, { id: "5" }],
      hidesConversionStatus: true,
      subAccounts: [{ number: 1, values: ["a", "b"], excluded: true }],
      postbackSecret: "s3cret",
      address1: "1 Mill Street",
      vatCode: "DE1",
    });
    expect(calls).toEqual(["GET /3.0/admin/partners", "POST /3.0/admin/advertiser"]);
    expect(await w.ask(`{ advertiser(id: "${advertiser.id}") { companyName offersCount } }`)).toMatchObject({
      data: { advertiser: { companyName: "Nova Ltd", offersCount: 0 } },
    });
  });

  test("updating changes what is given; empty lists and texts clear, null leaves", async () => {
    const [first] = await allAdvertisers();
    const change = (input: object) =>
      w.askCounting(
        `mutation ($input: UpdateAdvertiserInput!) { updateAdvertiser(input: $input) { advertiser { ${fields} note } } }`,
        {
          variables: { input: { id: first?.id, ...input } },
        },
      );
    const full = await change({
      note: "New",
      allowedIps: ["203.0.113.7"],
      tags: ["one"],
      personalTargetingOnly: true,
      disabledAffiliateIds: ["3"],
    });
    expect(full.errors).toBeUndefined();
    expect(full.data).toMatchObject({
      updateAdvertiser: {
        advertiser: {
          companyName: first?.companyName,
          note: "New",
          allowedIps: ["203.0.113.7"],
          tags: ["one"],
          personalTargetingOnly: true,
          disabledAffiliates: [{ id: "3" }],
        },
      },
    });
    const cleared = await change({
      note: "",
      companyName: null,
      allowedIps: [],
      tags: [],
      personalTargetingOnly: false,
      disabledAffiliateIds: [],
      managerId: "",
    });
    expect(cleared.data).toMatchObject({
      updateAdvertiser: {
        advertiser: {
          companyName: first?.companyName,
          note: null,
          allowedIps: [],
          tags: [],
          personalTargetingOnly: false,
          disabledAffiliates: [],
          manager: null,
        },
      },
    });
    expect(cleared.calls).toEqual(["POST /3.0/admin/advertiser/{id}"]);
    expect(await w.ask(`{ advertiser(id: "${first?.id}") { tags manager { id } } }`)).toMatchObject({
      data: { advertiser: { tags: [], manager: null } },
    });
  });

  test("counts that a write does not answer are read", async () => {
    const [first] = await allAdvertisers();
    const { data, calls } = await w.askCounting(
      `mutation { updateAdvertiser(input: { id: "${first?.id}", note: "x" }) { advertiser { offersCount hasUser } } }`,
    );
    expect(data).toEqual({ updateAdvertiser: { advertiser: { offersCount: first?.offersCount, hasUser: true } } });
    expect(calls).toEqual([list, "POST /3.0/admin/advertiser/{id}"]);
  });

  test("an unknown advertiser is NOT_FOUND", async () => {
    const { data, errors } = await w.ask(
      'mutation { updateAdvertiser(input: { id: "0123456789abcdef01234567", note: "x" }) { advertiser { id } } }',
    );
    expect(data).toEqual({ updateAdvertiser: null });
    expect(errors).toMatchObject([{ path: ["updateAdvertiser"], extensions: { code: "NOT_FOUND" } }]);
  });

  test.each([
    ["id", { id: "42", note: "x" }],
    ["managerId", { managerId: "x" }],
    ["enabledAffiliateIds.0", { enabledAffiliateIds: ["x"] }],
    ["password", { password: "short" }],
    ["uniqueClicksHours", { uniqueClicksHours: 99 }],
  ])("a wrong %s is BAD_USER_INPUT, before any call", async (argument, input) => {
    const { errors, calls } = await w.askCounting(
      "mutation ($input: UpdateAdvertiserInput!) { updateAdvertiser(input: $input) { advertiser { id } } }",
      {
        variables: { input: { id: "0123456789abcdef01234567", ...input } },
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [`input.${argument}`] } }]);
    expect(calls).toEqual([]);
  });
});
