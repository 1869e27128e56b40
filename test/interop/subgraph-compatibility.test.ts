import { composeServices } from "@theguild/federation-composition";
import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsedSdl } from "../../src/sdl.js";
import { subgraphSdl } from "../../src/subgraph-sdl.js";
import { openWorld, type World } from "../world/world.js";
import { type Compose, type Neighbour, openNeighbour, supergraphOf } from "./neighbour.js";
import { openApolloGateway, type Router } from "./router.js";
import { fromTools, tools } from "./tools.js";

// Apollo's subgraph compatibility suite (@apollo/federation-subgraph-compatibility-tests 1.2.1) asks a schema of its own, of products, below a router
// in a container. Here are its checks by their names, each asked of this server's schema; the router's part is Apollo's composition and gateway.

let w: World;
let neighbour: Neighbour;
let router: Router;
let supergraph: string;
const compose: Compose = (services) => fromTools<{ composeServices: Compose }>("@apollo/composition").composeServices(services);
const headers = { "api-key": "sandbox-general-manager" };

beforeAll(async () => {
  w = await openWorld({ offers: 30, affiliates: 20, advertisers: 6, conversions: 0 }, { federation: true });
  neighbour = await openNeighbour();
  if (!tools) return;
  supergraph = supergraphOf(`${w.url}/graphql`, neighbour.url, compose);
  router = await openApolloGateway(supergraph);
});
afterAll(async () => {
  await router?.close();
  await neighbour.close();
  await w.close();
});

const sdlOf = async () => {
  const { data } = await w.ask<{ _service: { sdl: string } }>("{ _service { sdl } }", { key: null });
  return stripIgnoredCharacters(data._service.sdl);
};
const entities = (representations: object[], selection: string) =>
  w.ask<{ _entities: unknown[] }>(`query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`, {
    variables: { r: representations },
  });
const offer = (selection: string) => router.ask(`{ campaigns(first: 1) { offer { ${selection} } } }`, headers);

describe("what the subgraph says and answers by itself", () => {
  test("introspection: _service gives the schema", async () => {
    expect(await sdlOf()).toContain("type Query{");
    expect(() => parse(subgraphSdl())).not.toThrow();
  });

  test("@key single: applied, and resolved", async () => {
    expect(await sdlOf()).toMatch(/type Offer implements Node@key\(fields:"id"\)/);
    const { data, errors } = await entities([{ __typename: "Country", code: "DE" }], "... on Country { code name }");
    expect([data._entities, errors]).toEqual([[{ code: "DE", name: "Germany" }], undefined]);
  });

  test("@link: one link to the federation's specification, in a version and with imports that the suite knows", async () => {
    const links = [
      ...(await sdlOf()).matchAll(/@link\(url:"https:\/\/specs\.apollo\.dev\/federation\/v([\d.]+)" import:\[([^\]]*)\]/g),
    ];
    expect(links.map(([, version, imports]) => [version, imports])).toEqual([["2.9", '"@key" "@shareable" "@cost" "@listSize"']]);
  });

  test("ftv1: a trace comes with the answer", async () => {
    const { extensions } = await w.ask("{ __typename }", { headers: { "apollo-federation-include-trace": "ftv1" } });
    expect(extensions).toEqual({ ftv1: expect.any(String) });
  });

  test("@key multiple: each of them applied, and resolved", async () => {
    expect(await sdlOf()).toContain('type Currency@key(fields:"code")@key(fields:"id")');
    const byCode = await entities([{ __typename: "Currency", code: "EUR" }], "... on Currency { id code }");
    const byId = await entities(
      [{ __typename: "Currency", id: Object(byCode.data._entities[0]).id }],
      "... on Currency { code }",
    );
    expect([byId.data._entities, byId.errors]).toEqual([[{ code: "EUR" }], undefined]);
  });

  test("@key composite: applied, and resolved", async () => {
    expect(await sdlOf()).toContain('type Promocode@key(fields:"offerId code")');
    const { data } = await w.ask<{ promocodes: { nodes: object[] } }>("{ promocodes(first: 1) { nodes { offerId code } } }");
    const [one] = data.promocodes.nodes;
    const found = await entities([{ __typename: "Promocode", ...one }], "... on Promocode { offerId code }");
    expect([found.data._entities, found.errors]).toEqual([[one], undefined]);
  });

  test("@key nested: not used, since what an object belongs to has its id in a field of its own", async () => {
    expect(await sdlOf()).not.toMatch(/@key\(fields:"[^"]*\{/);
  });

  test("@composeDirective, @interfaceObject: not used, since no router need know other directives, and no interface has a key", async () => {
    expect(await sdlOf()).not.toMatch(/@(federation__)?(composeDirective|interfaceObject)|interface \w+[^{]*@key/);
  });
});

/** The directives of each field that say what it costs, by the names of type and field. */
const costsIn = (sdl: DocumentNode): Record<string, string[]> =>
  Object.fromEntries(
    sdl.definitions.flatMap((type) =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION
        ? (type.fields ?? []).flatMap(({ name, directives = [] }) => {
            const costs = directives.filter((one) => /^(cost|listSize)$/.test(one.name.value));
            const said = costs.map((one) => `${one.name.value} ${one.arguments?.map(print).sort().join().replaceAll('"', "")}`);
            return costs.length ? [[`${type.name.value}.${name.value}`, said]] : [];
          })
        : [],
    ),
  );

describe.each([
  { name: "the Guild's", composition: composeServices as Compose, isThere: true },
  { name: "Apollo's", composition: compose, isThere: tools !== undefined },
])("$name composition", ({ composition, isThere }) => {
  test.skipIf(!isThere)("@cost, @listSize: every one that says a number comes into the supergraph as it is here", () => {
    const expected = costsIn(parsedSdl());
    // How many ids are given says nothing to a router.
    for (const field of ["Query.nodes", "StatisticsConnection.totalsByCurrency"]) {
      expect(expected[field]?.pop()).toMatch(/^listSize .*slicingArguments: \[\w+\]$/);
    }
    expect(Object.keys(expected).length).toBeGreaterThan(250);
    expect(costsIn(parse(supergraphOf(`${w.url}/graphql`, neighbour.url, composition)))).toEqual(expected);
  });
});

describe.skipIf(!tools)("below Apollo's gateway, beside a neighbour that uses the other directives on what is ours", () => {
  test("@shareable: values of both", async () => {
    const { data, errors } = await router.ask(
      "{ campaigns(first: 1) { pageInfo { hasNextPage } } offers(first: 1) { pageInfo { hasNextPage } } }",
      headers,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      campaigns: [{ pageInfo: { hasNextPage: false } }],
      offers: { pageInfo: { hasNextPage: true } },
    });
  });

  test("ftv1: the gateway asks for the trace and reads it", async () => {
    const metrics = { captureTraces: true };
    await router.ask("{ campaigns(first: 1) { offer { title } } }", headers, metrics);
    const title = { responseName: "title", parentType: "Offer", type: "String" };
    const entities = { responseName: "_entities", parentType: "Query", child: [{ index: 0, child: [title] }] };
    const fetched = { serviceName: "affise", traceParsingFailed: false, trace: { root: { child: [entities] } } };
    expect(JSON.parse(JSON.stringify(metrics))).toMatchObject({
      queryPlanTrace: {
        sequence: { nodes: [{ fetch: { serviceName: "campaigns" } }, { flatten: { node: { fetch: fetched } } }] },
      },
    });
  });

  test("@requires: our fields are fetched for the neighbour's", async () => {
    const { data, errors } = await offer("slogan title");
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      campaigns: [{ offer: { slogan: "Ruddrell Car Insurance - DE, CA [CPL]!", title: expect.any(String) } }],
    });
  });

  test("@override: the neighbour may take over a field of ours", async () => {
    const { data, errors } = await router.ask('{ offer(id: "3") { id title previewUrl } }', headers);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ offer: { id: "3", previewUrl: "https://campaigns.example/3" } });
  });

  test("@tag, @inaccessible: kept by the composition, and hidden by the router", async () => {
    const marksOf = (field: string) => new RegExp(`^  ${field}: String (.*)$`, "m").exec(supergraph)?.[1];
    expect(marksOf("slogan")).toContain('@tag(name: "internal")');
    expect(marksOf("draft")).toContain("@inaccessible");
    expect((await offer("slogan")).errors).toBeUndefined();
    await expect(offer("draft")).rejects.toThrow('Cannot query field "draft" on type "Offer".');
  });

  test("@provides: the neighbour gives a country's name beside its code, and the rest of the country comes from here", async () => {
    const country = (selection: string) => router.ask(`{ campaigns(first: 1) { country { ${selection} } } }`, headers);
    const before = w.sandbox.calls();
    expect(await country("code name")).toEqual({ data: { campaigns: [{ country: { code: "DE", name: "Deutschland" } }] } });
    expect(w.sandbox.calls()).toEqual(before);
    const { data, errors } = await country("name regions { name }");
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      campaigns: [{ country: { name: "Deutschland", regions: expect.arrayContaining([{ name: "Bavaria" }]) } }],
    });
  });

  test("@provides of what only this service can say is refused in words", () => {
    const providing: Compose = ([ours, theirs]) => {
      if (!ours || !theirs) throw new Error("two services");
      const typeDefs = parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@provides"])
        type Query { banner: Banner }
        type Banner { offer: Offer @provides(fields: "title") }
        type Offer @key(fields: "id") { id: ID! title: String @external }`);
      return compose([ours, { ...theirs, typeDefs }]);
    };
    expect(() => supergraphOf(`${w.url}/graphql`, neighbour.url, providing)).toThrow(/Non-shareable field "Offer.title"/);
  });
});
