import { type GraphQLObjectType, getNamedType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { typesNamedBy } from "../../src/graph/column/id-argument.js";
import { nodeIdOf, readNodeId } from "../../src/graph/column/node-id.js";
import { buildSchema } from "../../src/graph/index.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const schema = buildSchema();
const w = await openWorld({ offers: 120, affiliates: 40, advertisers: 12, conversions: 300 });
afterAll(() => w.close());

const node = schema.getType("Node");
const nodeTypes = isInterfaceType(node) ? schema.getImplementations(node).objects : [];

/** A list of each Node type, and the key that reads it. */
const lists: Record<string, string> = {
  Offer: "{ offers(first: 3) { nodes { id nodeId } } }",
  Affiliate: "{ affiliates(first: 3) { nodes { id nodeId } } }",
  Advertiser: "{ advertisers(first: 3) { nodes { id nodeId } } }",
  User: "{ users(first: 3) { nodes { id nodeId } } }",
  Conversion: "{ conversions(first: 3) { nodes { id nodeId } } }",
  Payment: '{ payments(first: 3, from: "2000-01-01", to: "2099-01-01") { nodes { id nodeId } } }',
  Invoice: "{ invoices(first: 3) { nodes { id nodeId } } }",
  Ticket: "{ tickets(first: 3) { nodes { id nodeId } } }",
  NewsItem: "{ viewer { ... on Affiliate { news(first: 3) { nodes { id nodeId } } } } }",
  KpiRule: "{ kpiRules(first: 3) { nodes { id nodeId } } }",
  Category: "{ categories(first: 3) { nodes { id nodeId } } }",
  SmartlinkCategory: "{ smartlinkCategories { id nodeId } }",
  TrafficSource: "{ trafficSources { id nodeId } }",
  Preset: "{ presets(first: 3) { nodes { id nodeId } } }",
  PaymentSystem: "{ paymentSystems { id nodeId } }",
  CustomField: "{ customFields { id nodeId } }",
  Goal: "{ goals { id nodeId } }",
  OperatingSystem: "{ operatingSystems { id nodeId } }",
};

const keyOf = (type: string) => (type === "NewsItem" ? "sandbox-affiliate" : undefined);

interface Ids {
  id: string;
  nodeId: string;
}

const idsIn = (value: unknown): Ids[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (value === null || typeof value !== "object") return [];
  return "nodeId" in value ? [value as Ids] : Object.values(value).flatMap(idsIn);
};

describe("node and nodes", () => {
  test("every Node type has a list here", () => {
    expect(nodeTypes.map(({ name }) => name).sort()).toEqual(Object.keys(lists).sort());
  });

  test.each(Object.entries(lists))("%s: what a list prints is read by nodeId, alone and among others", async (type, list) => {
    const listed = await w.ask(list, { key: keyOf(type) });
    expect(listed.errors).toBeUndefined();
    const found = idsIn(listed.data).slice(0, 3);
    expect(found.length).toBeGreaterThan(0);
    const fields = `__typename nodeId ... on ${type} { id }`;
    const query = `query ($one: ID!, $all: [ID!]!) { node(nodeId: $one) { ${fields} } nodes(nodeIds: $all) { ${fields} } }`;
    const all = found.map(({ nodeId }) => nodeId);
    const { data, errors } = await w.ask(query, { key: keyOf(type), variables: { one: all[0], all } });
    expect(errors).toBeUndefined();
    const wanted = found.map(({ id, nodeId }) => ({ __typename: type, nodeId, id }));
    expect(data).toEqual({ node: wanted[0], nodes: wanted });
  });

  test("100 ids of a noun are one call, whatever stands between them; what is not there is null", async () => {
    const offers = Array.from({ length: 100 }, (_, index) => nodeIdOf("Offer", index + 1));
    const affiliates = Array.from({ length: 20 }, (_, index) => nodeIdOf("Affiliate", index + 1));
    const nodeIds = [...offers, nodeIdOf("Offer", 999_999), ...affiliates];
    const query =
      "query ($nodeIds: [ID!]!) { nodes(nodeIds: $nodeIds) { nodeId ... on Offer { title } ... on Affiliate { name } } }";
    const { data, calls, errors } = await w.askCounting<{ nodes: ({ nodeId: string } | null)[] }>(query, {
      variables: { nodeIds },
    });
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers"]);
    expect(data.nodes.map((one) => one?.nodeId ?? null)).toEqual([...offers, null, ...affiliates]);
  });

  test("one wrong id among many fails alone", async () => {
    const query = "query ($nodeIds: [ID!]!) { nodes(nodeIds: $nodeIds) { nodeId } }";
    const nodeIds = [nodeIdOf("Offer", 1), "1", nodeIdOf("PageInfo", 1), nodeIdOf("Offer", "abc")];
    const { data, errors } = await w.ask<{ nodes: unknown }>(query, { variables: { nodeIds } });
    expect(data.nodes).toEqual([{ nodeId: nodeIds[0] }, null, null, null]);
    expect(errors?.map(({ path, extensions }) => [path, extensions.code, extensions.arguments])).toEqual(
      [1, 2, 3].map((index) => [["nodes", index], "BAD_USER_INPUT", [`nodeIds.${index}`]]),
    );
  });

  test("nothing is called for what can be no id", async () => {
    const { calls, errors } = await w.askCounting('{ node(nodeId: "T2ZmZXI6") { nodeId } }');
    expect(calls).toEqual([]);
    expect(errors?.[0]?.message).toBe('nodeId: "T2ZmZXI6" is no global id; take it from some object\'s nodeId.');
  });

  test("more than 1,000 are refused", async () => {
    const nodeIds = Array.from({ length: 1_001 }, (_, index) => nodeIdOf("Offer", index + 1));
    const query = graphql("query ($nodeIds: [ID!]!) { nodes(nodeIds: $nodeIds) { nodeId } }");
    const { errors, calls } = await w.askCounting(query, { variables: { nodeIds } });
    expect(errors?.[0]?.extensions.code).toMatch(/BAD_USER_INPUT|QUERY_TOO_EXPENSIVE/);
    expect(calls).toEqual([]);
  });
});

describe("either form of an id", () => {
  test.each([
    ["offer", "Offer", "1"],
    ["affiliate", "Affiliate", "2"],
  ])("%s(id:) takes the plain one and the global one", async (field, type, id) => {
    const query = `query ($id: ID!) { ${field}(id: $id) { id nodeId } }`;
    const plain = await w.ask(query, { variables: { id } });
    const global = await w.ask(query, { variables: { id: nodeIdOf(type, id) } });
    expect(global).toEqual(plain);
    expect(plain.data).toEqual({ [field]: { id, nodeId: nodeIdOf(type, id) } });
  });

  test("filters too, mixed, in variables and as literals", async () => {
    const query = (ids: string) => `{ offers(filter: { ids: ${ids} }) { nodes { id } } }`;
    const mixed = await w.ask(query(`["${nodeIdOf("Offer", 3)}", "4"]`));
    expect(mixed.data).toEqual({ offers: { nodes: [{ id: "3" }, { id: "4" }] } });
    expect(await w.ask(query('["3", "4"]'))).toEqual(mixed);
  });

  test("the id of another type is refused with both names, and nothing is sent", async () => {
    const { errors, calls } = await w.askCounting("query ($id: ID!) { offer(id: $id) { id } }", {
      variables: { id: nodeIdOf("Affiliate", 1) },
    });
    expect(calls).toEqual([]);
    expect(errors?.[0]).toMatchObject({
      message: "id is the nodeId of Affiliate 1; an id of Offer belongs here.",
      extensions: { code: "BAD_USER_INPUT", arguments: ["id"] },
    });
  });

  test("which type an id argument names is known of each, but of what has no type with ids", () => {
    const none: string[] = [];
    const note = (path: string, types: readonly string[]) => {
      for (const type of types) expect((schema.getType(type) as GraphQLObjectType).getFields().id).toBeDefined();
      if (!types.length) none.push(path);
    };
    const types = Object.values(schema.getTypeMap());
    for (const type of types.filter(isInputObjectType)) {
      for (const field of Object.values(type.getFields())) {
        if (getNamedType(field.type).name !== "ID") continue;
        note(`${type.name}.${field.name}`, typesNamedBy(schema, type.name, field.name));
      }
    }
    for (const type of types.filter(isObjectType)) {
      for (const field of Object.values(type.getFields())) {
        for (const arg of field.args) {
          if (getNamedType(arg.type).name !== "ID" || /^nodeIds?$/.test(arg.name)) continue;
          note(
            `${type.name}.${field.name}(${arg.name}:)`,
            typesNamedBy(schema, field.name, arg.name, getNamedType(field.type).name),
          );
        }
      }
    }
    expect(none.sort()).toEqual([
      "Affiliate.productFeedItems(feedId:)",
      "AffiliateOfferPayoutInput.payoutId",
      "CreateAffiliateInput.subaccountId",
      "CreateAffiliateInput.tipaltiPayeeId",
      "DeleteCreativesInput.creativeIds",
      "DeleteHtmlCreativeInput.creativeId",
      "LandingInput.landingId",
      "OfferPayoutInput.payoutId",
      "PaymentSystemFieldInput.field",
      "PostbackFilter.afterId",
      "TargetingGroupInput.groupId",
      "UpdateAffiliateInput.subaccountId",
      "UpdateAffiliateInput.tipaltiPayeeId",
      "UpdateHtmlCreativeInput.creativeId",
    ]);
  });

  test("Affise's own ids are never taken for global ones", () => {
    for (const id of [
      "1",
      "123456789012345",
      "5f0000000000000000000001",
      "abcdef0123456789abcdef01",
      "",
      "Offer:1",
      "T2ZmZXI6",
      "Title",
    ]) {
      expect(readNodeId(id)).toBeUndefined();
    }
    expect(readNodeId(nodeIdOf("Offer", 42))).toEqual({ type: "Offer", id: "42" });
  });
});
