import { getStitchedSchemaFromSupergraphSdl } from "@graphql-tools/federation";
import { makeExecutableSchema } from "@graphql-tools/schema";
import type { ExecutionResult } from "@graphql-tools/utils";
import { composeServices } from "@theguild/federation-composition";
import { execute, isInterfaceType, isUnionType, parse, print, graphql as run } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeIdOf } from "../../src/graph/column/node-id.js";
import { buildSchema } from "../../src/graph/index.js";
import { subgraphSdl } from "../../src/subgraph-sdl.js";
import { openWorld, type World } from "../world/world.js";

let w: World;
beforeAll(async () => {
  w = await openWorld({ offers: 120, affiliates: 40, advertisers: 12, conversions: 300 }, { federation: true });
});
afterAll(() => w.close());

const entities =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Offer { id title } ... on Affiliate { id name } ... on Country { code name } } }";

const ask = (representations: unknown[]) =>
  w.askCounting<{ _entities: (Record<string, unknown> | null)[] }>(entities, { variables: { representations } });

// What Apollo's subgraph compatibility suite checks of a subgraph, without its containers.
describe("a subgraph", () => {
  test("tells its schema without a key, with links, keys and shared values, and nothing that routers alone ask", async () => {
    const { data, errors } = await w.ask<{ _service: { sdl: string } }>("{ _service { sdl } }", { key: null });
    expect(errors).toBeUndefined();
    const { sdl } = data._service;
    expect(sdl).toBe(subgraphSdl());
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])');
    expect(sdl).toContain('type Offer implements Node @key(fields: "id")');
    expect(sdl).toContain('type Country @key(fields: "code")');
    expect(sdl).toContain("type PageInfo @shareable");
    expect(sdl).not.toMatch(/_entities|_Any|_Service|_Entity/);
  });

  test("every Node has a key, and can be looked up by it", () => {
    const schema = buildSchema({ federation: true });
    const node = schema.getType("Node");
    const nodes = isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : [];
    const keyed = [...subgraphSdl().matchAll(/^type (\w+) (?:implements Node )?@key/gm)].map(([, name]) => name);
    const entity = schema.getType("_Entity");
    expect(nodes.length).toBeGreaterThan(15);
    expect(keyed.sort()).toEqual([...nodes, "Country"].sort());
    expect(
      isUnionType(entity) &&
        entity
          .getTypes()
          .map(({ name }) => name)
          .sort(),
    ).toEqual(keyed);
  });

  test("finds entities of any types in the order asked: 100 references are one call a noun", async () => {
    const offers = Array.from({ length: 100 }, (_, index) => ({ __typename: "Offer", id: String(index + 1) }));
    const { data, calls, errors } = await ask([
      ...offers,
      { __typename: "Affiliate", id: 2 },
      { __typename: "Country", code: "us" },
      { __typename: "Offer", id: "999999" },
      { __typename: "Offer", id: nodeIdOf("Offer", 7) },
    ]);
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", "GET /3.1/countries"]);
    expect(data._entities.slice(0, 2)).toEqual([
      { __typename: "Offer", id: "1", title: expect.any(String) },
      { __typename: "Offer", id: "2", title: expect.any(String) },
    ]);
    expect(data._entities.slice(100)).toMatchObject([{ __typename: "Affiliate", id: "2" }, { code: "US" }, null, { id: "7" }]);
  });

  test("one wrong reference among many fails alone, in words", async () => {
    const { data, errors } = await ask([
      { __typename: "Offer", id: "1" },
      { __typename: "Campaign", id: "1" },
      { __typename: "Offer" },
      { __typename: "Offer", id: nodeIdOf("Affiliate", 1) },
      "Offer",
    ]);
    expect(data._entities).toEqual([expect.objectContaining({ id: "1" }), null, null, null, null]);
    expect(errors?.map(({ message, path }) => [path?.[1], message])).toEqual([
      [1, "representations.1.__typename: Campaign has no key here."],
      [2, "representations.2.id is missing: Offer is known by it."],
      [3, "representations.3.id is the nodeId of Affiliate 1; an id of Offer belongs here."],
      [4, "representations.4.__typename: undefined has no key here."],
    ]);
  });

  test("without the setting there is none of it", async () => {
    const fields = buildSchema().getQueryType()?.getFields() ?? {};
    expect([fields._service, fields._entities, buildSchema().getType("_Any")]).toEqual([undefined, undefined, undefined]);
  });
});

const campaigns = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { campaigns: [Campaign!]! }
  type Campaign @key(fields: "id") { id: ID! offer: Offer! pageInfo: PageInfo! }
  type Offer @key(fields: "id") { id: ID! score: Int }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;

/** A neighbour that points at offers, and has a field of its own on them. */
const neighbour = makeExecutableSchema({
  typeDefs: `
    scalar _Any
    union _Entity = Campaign | Offer
    type Query { campaigns: [Campaign!]! _entities(representations: [_Any!]!): [_Entity]! }
    type Campaign { id: ID! offer: Offer! pageInfo: PageInfo! }
    type Offer { id: ID! score: Int }
    type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  `,
  resolvers: {
    Query: {
      campaigns: () =>
        ["5", "3", "5"].map((id, index) => ({
          id: `c${index}`,
          offer: { id },
          pageInfo: { hasNextPage: false, hasPreviousPage: false },
        })),
      _entities: (_, { representations }) => representations,
    },
    Offer: { score: ({ id }) => Number(id) * 10 },
    _Entity: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  },
});

const gateway = () => {
  const composed = composeServices([
    { name: "affise", typeDefs: parse(subgraphSdl()), url: `${w.url}/graphql` },
    { name: "campaigns", typeDefs: parse(campaigns), url: "http://campaigns.invalid" },
  ]);
  if (composed.supergraphSdl === undefined) throw new Error(composed.errors.map(({ message }) => message).join("\n"));
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: composed.supergraphSdl,
    onSubschemaConfig: (config) => {
      const isOurs = config.name.toLowerCase() === "affise";
      config.executor = async ({ document, variables, context }) => {
        if (!isOurs) return execute({ schema: neighbour, document, variableValues: variables }) as ExecutionResult;
        const headers: Record<string, string> = Object(context).headers;
        const response = await fetch(`${w.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify({ query: print(document), variables }),
        });
        return (await response.json()) as ExecutionResult;
      };
    },
  });
};

describe("below a router, beside a neighbour that points at offers and extends them", () => {
  const headers = { "api-key": "sandbox-general-manager" };

  test("offers come from here, each once, and what the neighbour says of them from there", async () => {
    const before = w.sandbox.calls();
    const source =
      "{ campaigns { id offer { id title score advertiser { companyName } } } offers(first: 2) { nodes { id score } pageInfo { hasNextPage } } }";
    const { data, errors } = await run({ schema: gateway(), source, contextValue: { headers } });
    expect(errors).toBeUndefined();
    const titled = (id: string) => ({
      id,
      title: expect.any(String),
      score: Number(id) * 10,
      advertiser: { companyName: expect.any(String) },
    });
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      campaigns: [
        { id: "c0", offer: titled("5") },
        { id: "c1", offer: titled("3") },
        { id: "c2", offer: titled("5") },
      ],
      offers: {
        nodes: [
          { id: "1", score: 10 },
          { id: "2", score: 20 },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    const calls = w.sandbox.calls();
    const made = (operation: string) => (calls[operation] ?? 0) - (before[operation] ?? 0);
    expect(made("GET /3.0/offers")).toBe(2);
    expect(made("GET /3.0/admin/advertisers")).toBe(1);
  });

  test("the caller's key is what counts", async () => {
    const source = "{ campaigns { offer { title } } }";
    const { errors } = await run({ schema: gateway(), source, contextValue: { headers: {} } });
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("a mutation repeated with its Idempotency-Key is done once", async () => {
    const schema = gateway();
    const source = 'mutation { createCategory(input: { title: "From the router" }) { outcome category { id title } } }';
    const contextValue = { headers: { ...headers, "idempotency-key": "router-1" } };
    const once = await run({ schema, source, contextValue });
    expect(once.errors).toBeUndefined();
    const before = w.sandbox.calls();
    const again = await run({ schema, source, contextValue });
    expect(JSON.stringify(again.data)).toBe(JSON.stringify(once.data));
    expect(w.sandbox.calls()).toEqual(before);
  });
});

test("a hundred whole schemas in one answer are refused", async () => {
  for (const query of [
    `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: _service { sdl }`).join(" ")} }`,
    `{ _service { ${Array.from({ length: 100 }, (_, index) => `a${index}: sdl`).join(" ")} } }`,
  ]) {
    const { errors } = await w.ask(query, { key: null });
    expect(errors?.[0]?.extensions.code).toBe("QUERY_TOO_EXPENSIVE");
  }
});
