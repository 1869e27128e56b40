import { isInterfaceType, isUnionType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeIdOf } from "../../src/graph/column/node-id.js";
import { buildSchema } from "../../src/graph/index.js";
import { otherKeys, subgraphSdl } from "../../src/subgraph-sdl.js";
import { openWorld, type World } from "../world/world.js";

let w: World;
beforeAll(async () => {
  w = await openWorld({ offers: 120, affiliates: 40, advertisers: 12, conversions: 300 }, { federation: true });
});
afterAll(() => w.close());

const entities =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Offer { id title } ... on Affiliate { id name } ... on Country { code name } } }";

/** Of each key, one that nothing has. */
const missing: Record<string, object> = {
  code: { code: "ZZ" },
  id: { id: 987 },
  name: { name: "Plan 9" },
  "offerId code": { offerId: 1, code: "NONE" },
  email: { email: "nobody@example.com" },
};

const ask = (representations: unknown[]) =>
  w.askCounting<{ _entities: (Record<string, unknown> | null)[] }>(entities, { variables: { representations } });

// Below routers, and by the checks of Apollo's compatibility suite: test/interop/.
describe("a subgraph", () => {
  test("tells its schema without a key, with links, keys and shared values, and nothing that routers alone ask", async () => {
    const { data, errors } = await w.ask<{ _service: { sdl: string } }>("{ _service { sdl } }", { key: null });
    expect(errors).toBeUndefined();
    const { sdl } = data._service;
    expect(sdl).toBe(subgraphSdl());
    expect(sdl).toContain(
      '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])',
    );
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
    expect(keyed.sort()).toEqual([...nodes, "Country", "Currency", "Promocode"].sort());
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

  test("finds by every key what it gives itself, a hundred of a kind in one call", async () => {
    const listed: Record<string, string> = {
      Country: "countries { code }",
      Currency: "currencies { id code }",
      OperatingSystem: "operatingSystems { id name }",
      Promocode: "promocodes(first: 100) { nodes { offerId code } }",
      User: "users(first: 100) { nodes { id email } }",
    };
    for (const [type, keys] of Object.entries(otherKeys)) {
      const { data } = await w.ask<Record<string, object[] | { nodes: object[] }>>(`{ list: ${listed[type]} }`);
      const list = data.list ?? [];
      const rows = (Array.isArray(list) ? list : list.nodes).slice(0, 100);
      expect(rows.length, type).toBeGreaterThan(2);
      for (const key of keys) {
        const names = key.split(" ");
        const asked = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))));
        const { data, errors, calls } = await w.askCounting<{ _entities: unknown[] }>(
          `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${Object.keys(rows[0] ?? {}).join(" ")} } } }`,
          { variables: { r: [...asked.map((one) => ({ __typename: type, ...one })), { __typename: type, ...missing[key] }] } },
        );
        expect(errors, key).toBeUndefined();
        expect(data._entities, key).toEqual([...rows, null]);
        expect(calls, key).toHaveLength(1);
      }
    }
  });

  test("one wrong reference among many fails alone, in words", async () => {
    const { data, errors } = await ask([
      { __typename: "Offer", id: "1" },
      { __typename: "Campaign", id: "1" },
      { __typename: "Offer" },
      { __typename: "Offer", id: nodeIdOf("Affiliate", 1) },
      "Offer",
      { __typename: "Promocode", code: "SALE" },
      { __typename: "User" },
    ]);
    expect(data._entities).toEqual([expect.objectContaining({ id: "1" }), ...Array(6).fill(null)]);
    expect(errors?.map(({ message, path }) => [path?.[1], message])).toEqual([
      [1, "representations.1.__typename: Campaign has no key here."],
      [2, "representations.2 has no whole key: Offer is known by id."],
      [3, "representations.3.id is the nodeId of Affiliate 1; an id of Offer belongs here."],
      [4, "representations.4.__typename: undefined has no key here."],
      [5, "representations.5 has no whole key: Promocode is known by offerId and code."],
      [6, "representations.6 has no whole key: User is known by id, or by email."],
    ]);
  });

  test("without the setting there is none of it", async () => {
    const fields = buildSchema().getQueryType()?.getFields() ?? {};
    expect([fields._service, fields._entities, buildSchema().getType("_Any")]).toEqual([undefined, undefined, undefined]);
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
