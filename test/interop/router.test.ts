import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world/world.js";
import { type Neighbour, openNeighbour, supergraphOf } from "./neighbour.js";
import { openApolloGateway, openExecutor, openHiveGateway, type Router } from "./router.js";
import { tools } from "./tools.js";

let w: World;
let neighbour: Neighbour;
beforeAll(async () => {
  w = await openWorld({ offers: 200, affiliates: 40, advertisers: 12, conversions: 300 }, { federation: true });
  neighbour = await openNeighbour();
});
afterAll(async () => {
  await neighbour.close();
  await w.close();
});

const key = { "api-key": "sandbox-general-manager" };

describe.each([
  { name: "the executor of Hive Gateway", open: openExecutor, isThere: true },
  { name: "Hive Gateway", open: openHiveGateway, isThere: tools !== undefined },
  { name: "Apollo Gateway", open: openApolloGateway, isThere: tools !== undefined },
])("below $name, beside a neighbour that points at offers and extends them", ({ name, open, isThere }) => {
  let router: Router;
  beforeAll(async () => {
    if (isThere) router = await open(supergraphOf(`${w.url}/graphql`, neighbour.url));
  });
  afterAll(() => router?.close());

  /** Asks the router; says which REST calls that took. */
  const ask = async (query: string, headers: Record<string, string> = key) => {
    const before = w.sandbox.calls();
    const { data, errors = [] } = await router.ask(query, headers);
    const calls = Object.entries(w.sandbox.calls()).map(([call, times]) => [call, times - (before[call] ?? 0)] as const);
    return { data, errors, calls: Object.fromEntries(calls.filter(([, times]) => times > 0)) };
  };

  test.skipIf(!isThere)("offers come from here, each once, and what the neighbour says of them from there", async () => {
    const { data, errors, calls } = await ask(
      "{ campaigns { id offer { id title score advertiser { companyName } } } offers(first: 2) { nodes { id score } pageInfo { hasNextPage } } }",
    );
    expect(errors).toEqual([]);
    const titled = (id: string) => ({
      id,
      title: expect.any(String),
      score: Number(id) * 10,
      advertiser: { companyName: expect.any(String) },
    });
    expect(data).toEqual({
      campaigns: [
        { id: "c0", offer: titled("1") },
        { id: "c1", offer: titled("2") },
        { id: "c2", offer: titled("1") },
      ],
      offers: {
        nodes: [
          { id: "1", score: 10 },
          { id: "2", score: 20 },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    expect(calls).toEqual({ "GET /3.0/offers": 2, "GET /3.0/admin/advertisers": 1 });
  });

  test.skipIf(!isThere)("a hundred and more references are one request, and one REST call a noun", async () => {
    const { data, errors, calls } = await ask(
      "{ campaigns(first: 150) { offer { id status advertiser { companyName } } affiliate { id status } } }",
    );
    expect(errors).toEqual([]);
    const known = { offer: { status: expect.any(String) }, affiliate: { status: expect.any(String) } };
    expect(data?.campaigns).toHaveLength(150);
    expect(data?.campaigns).toMatchObject(Array(150).fill(known));
    expect(calls).toEqual({ "GET /3.0/offers": 1, "GET /3.0/admin/partners": 1, "GET /3.0/admin/advertisers": 1 });
  });

  test.skipIf(!isThere)("the caller's key is what counts, and the neighbour never sees it", async () => {
    neighbour.seen.length = 0;
    const { data, errors } = await ask("{ campaigns { offer { title score } } users { totalCount } }", {
      "api-key": "sandbox-affiliate",
    });
    expect(data?.campaigns).toMatchObject(Array(3).fill({ offer: { title: expect.any(String), score: expect.any(Number) } }));
    expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
      [["users", "totalCount"], expect.objectContaining({ code: "FORBIDDEN", operation: "GET /3.0/admin/users" })],
    ]);
    expect(neighbour.seen.length).toBeGreaterThan(0);
    expect(JSON.stringify(neighbour.seen)).not.toContain("sandbox-affiliate");
  });

  test.skipIf(!isThere)("errors keep their words, code and path", async () => {
    const { data, errors } = await ask('{ campaigns(first: 1) { offer { title } } wrong: offer(id: "x") { title } }', {});
    expect(data).toEqual({ campaigns: [{ offer: { title: null } }], wrong: null });
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          message: "Send your Affise API key in the header API-Key (or Authorization: Bearer).",
          // The field, or the object that it is missing in.
          path: expect.arrayContaining(["campaigns", 0, "offer"]),
          extensions: expect.objectContaining({ code: "UNAUTHENTICATED", operation: "GET /3.0/offers" }),
        }),
        expect.objectContaining({
          message: 'id: "x" is no id of this kind; it is a number such as 42.',
          path: ["wrong"],
          extensions: expect.objectContaining({ code: "BAD_USER_INPUT", arguments: ["id"] }),
        }),
      ]),
    );
  });

  test.skipIf(!isThere)("a mutation repeated with its Idempotency-Key is done once", async () => {
    const mutation = `mutation { createCategory(input: { title: "From ${name}" }) { outcome category { id title } } }`;
    const headers = { ...key, "idempotency-key": name.replaceAll(" ", "-") };
    const once = await ask(mutation, headers);
    expect(once).toMatchObject({
      data: { createCategory: { outcome: "DONE" } },
      errors: [],
      calls: { "POST /3.0/admin/category": 1 },
    });
    expect(await ask(mutation, headers)).toEqual({ ...once, calls: {} });
  });
});
