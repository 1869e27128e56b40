import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 800 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const unknown = "ffffffffffffffffffffffff";
const list = "GET /3.1/presets";

interface Preset {
  id: string;
  name: string;
  permissions: { section: string; name: string; level: string; exceptions?: unknown }[];
}

const billing = { section: "general", name: "billing", level: "WRITE" };
const clicks = { section: "stats", name: "clicks-list", level: "DENY" };

const create = graphql(`mutation ($input: CreatePresetInput!) {
  createPreset(input: $input) { preset { id name createdAt permissions { section name level exceptions { level ids } } } }
}`);
const update = `mutation ($input: UpdatePresetInput!) {
  updatePreset(input: $input) { preset { id name permissions { section name level } } }
}`;

const make = async (name: string, permissions: unknown[] = [billing, clicks]): Promise<Preset> => {
  const { data } = await world.ask(create, { variables: { input: { name, role: "ACCOUNT_MANAGER", permissions } } });
  return data.createPreset.preset;
};

describe("reading", () => {
  test("all presets, counted although Affise does not count them", async () => {
    const { id } = await make("Billing");
    const { data, errors, calls } = await world.askCounting(
      graphql(
        `query ($id: ID!) { presets { totalCount nodes { id name } pageInfo { hasNextPage } } preset(id: $id) { name } none: preset(id: "${unknown}") { id } }`,
      ),
      { variables: { id } },
    );
    expect(errors).toBeUndefined();
    const { presets, ...others } = data;
    expect(others).toEqual({ preset: { name: "Billing" }, none: null });
    expect(presets.totalCount).toBe(presets.nodes.length);
    expect(presets.nodes.map((preset) => preset.id)).toContain(id);
    expect(presets).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect(calls).toEqual([list]);
  });

  test("a list longer than a page is read on until a page is short", async () => {
    const made = Array.from(
      { length: 50 },
      (_, index) => `m${index}: createPreset(input: {
      name: "P${index}", role: AFFILIATE_MANAGER, permissions: [{ section: "general", name: "billing", level: READ }]
    }) { preset { id } }`,
    );
    await world.ask(`mutation { ${made.join(" ")} }`);
    const { data, calls } = await world.askCounting(
      graphql("{ presets(first: 40) { totalCount nodes { name permissions { name } } pageInfo { hasNextPage endCursor } } }"),
    );
    const { presets } = data;
    expect(presets.totalCount).toBeGreaterThanOrEqual(50);
    expect(presets.nodes).toHaveLength(40);
    expect(presets).toMatchObject({ pageInfo: { hasNextPage: true } });
    expect(calls).toEqual([list, list]);
    const next = await world.ask(
      graphql(`query ($endCursor: String) { presets(first: 1000, after: $endCursor) { nodes { name } } }`),
      { variables: { endCursor: presets.pageInfo.endCursor } },
    );
    expect(next.data.presets.nodes).toHaveLength(presets.totalCount - 40);
  });
});

describe("writing", () => {
  test("a new preset has the permissions it was given", async () => {
    const seen = { section: "users", name: "entity-affiliate", level: "DENY", exceptions: [{ level: "READ", ids: ["1"] }] };
    const { data, errors, calls } = await world.askCounting(create, {
      variables: { input: { name: "Reader", role: "AFFILIATE_MANAGER", permissions: [billing, seen] } },
    });
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["POST /3.1/presets"]);
    expect(data).toMatchObject({
      createPreset: {
        preset: {
          name: "Reader",
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          permissions: expect.arrayContaining([{ ...billing, exceptions: [] }, seen]),
        },
      },
    });
  });

  test("a change keeps the permissions it does not name", async () => {
    const { id } = await make("Before");
    const variables = { input: { id, name: "After", permissions: [{ ...clicks, level: "READ" }] } };
    const { data, errors, calls } = await world.askCounting(update, { variables });
    expect(errors).toBeUndefined();
    expect(calls).toEqual([list, "POST /3.1/presets/{preset_id}"]);
    expect(data).toMatchObject({
      updatePreset: {
        preset: { id, name: "After", permissions: expect.arrayContaining([billing, { ...clicks, level: "READ" }]) },
      },
    });
  });

  test("a new name alone", async () => {
    const { id, permissions } = await make("Before");
    const { data } = await world.ask(update, { variables: { input: { id, name: "After" } } });
    const plain = permissions.map(({ section, name, level }) => ({ section, name, level }));
    expect(data).toEqual({ updatePreset: { preset: { id, name: "After", permissions: plain } } });
  });

  test("a deleted preset is gone", async () => {
    const { id } = await make("Gone");
    const { data, calls } = await world.askCounting(`mutation { deletePreset(input: { id: "${id}" }) { deletedId } }`);
    expect(data).toEqual({ deletePreset: { deletedId: id } });
    expect(calls).toEqual(["DELETE /3.1/presets/{preset_id}"]);
    expect((await world.ask(`{ preset(id: "${id}") { id } }`)).data).toEqual({ preset: null });
  });

  test("unknown presets", async () => {
    const { data, errors, calls } = await world.askCounting(
      `mutation { updatePreset(input: { id: "${unknown}", name: "X" }) { preset { id } } deletePreset(input: { id: "${unknown}" }) { deletedId } }`,
    );
    expect(data).toEqual({ updatePreset: null, deletePreset: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect(calls).toEqual(["DELETE /3.1/presets/{preset_id}", list]);
  });

  test.each([
    ["no such section", { section: "sales", name: "billing", level: "READ" }, "input.permissions.0.section"],
    ["no such permission", { section: "general", name: "bills", level: "READ" }, "input.permissions.0.name"],
    ["no level", { section: "users", name: "entity-affiliate", exceptions: [] }, "input.permissions.0.level"],
  ])("%s, before any call", async (_, wrong, argument) => {
    const variables = { input: { name: "X", role: "ACCOUNT_MANAGER", permissions: [wrong] } };
    const { errors, calls } = await world.askCounting(create, { variables });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test.each(["affiliate-manager", "account-manager", "affiliate", "advertiser"])("not for other keys: %s", async (who) => {
    const { data, errors } = await world.ask("{ presets { nodes { id } } categories(first: 1) { nodes { id } } }", {
      key: `sandbox-${who}`,
    });
    expect(data).toMatchObject({ presets: null, categories: { nodes: [{}] } });
    expect(errors?.[0]).toMatchObject({ path: ["presets", "nodes"], extensions: { code: "FORBIDDEN", operation: list } });
  });
});
