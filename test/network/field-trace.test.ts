import { Trace } from "@apollo/usage-reporting-protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AskOptions, openWorld, type World } from "../world/world.js";

let w: World;
beforeAll(async () => {
  w = await openWorld(
    { offers: 20, affiliates: 10, advertisers: 4, conversions: 0 },
    { federation: true, cache: { ttlMs: 60_000, referenceMs: 60_000, bytes: 10_000_000 } },
  );
});
afterAll(() => w.close());

const header = { "apollo-federation-include-trace": "ftv1" };

const ask = async (query: string, { headers, ...how }: AskOptions = {}) => {
  const { extensions: { ftv1, ...others } = {}, ...answer } = await w.ask(query, { ...how, headers: { ...headers, ...header } });
  return { answer, others, trace: Trace.decode(Buffer.from(ftv1 ?? "", "base64")) };
};

/** A node and all below it, with the place of each as an error's path has it. */
const nodesOf = (node: Trace.INode, path: (string | number)[] = []): { at: string; node: Trace.INode }[] => [
  { at: path.join("."), node },
  ...(node.child ?? []).flatMap((child) => nodesOf(child, [...path, child.responseName || (child.index ?? 0)])),
];

const placesIn = (data: unknown, at = ""): string[] => [
  at,
  ...Object.entries(data ?? {}).flatMap(([key, value]) => {
    const place = at ? `${at}.${key}` : key;
    return typeof value === "object" ? placesIn(value, place) : [place];
  }),
];

describe("ftv1, Apollo's trace of a subgraph", () => {
  test("has a node for each field of each row, with its types and times in order", async () => {
    const { answer, trace } = await ask("{ found: offers(first: 3) { nodes { id title advertiser { id } } } }");
    const nodes = nodesOf(trace.root ?? {});
    expect(nodes.map(({ at }) => at).sort()).toEqual(placesIn(answer.data).sort());
    const byPlace = new Map(nodes.map(({ at, node }) => [at, node]));
    expect(byPlace.get("found")).toMatchObject({ originalFieldName: "offers", type: "OfferConnection", parentType: "Query" });
    expect(byPlace.get("found.nodes.2")).toMatchObject({ index: 2 });
    expect(byPlace.get("found.nodes.2.title")).toMatchObject({ type: "String", parentType: "Offer" });
    for (const { node } of nodes.filter(({ node: { responseName } }) => responseName)) {
      expect(node.startTime).toBeLessThanOrEqual(Number(node.endTime));
      expect(node.endTime).toBeLessThanOrEqual(trace.durationNs);
    }
    // The REST call was waited for; what is read off its rows came after.
    expect(byPlace.get("found.nodes.0.title")?.startTime).toBeGreaterThanOrEqual(Number(byPlace.get("found")?.endTime));
    expect(Number(trace.endTime?.seconds)).toBeGreaterThanOrEqual(Number(trace.startTime?.seconds));
  });

  test("has an error at its field, without its text", async () => {
    const query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Offer { id } } }";
    const representations = [{ __typename: "Offer", id: "1" }, { __typename: "Offer" }];
    const { answer, trace } = await ask(query, { variables: { r: representations } });
    expect(answer.errors).toMatchObject([{ path: ["_entities", 1] }]);
    const failed = nodesOf(trace.root ?? {}).filter(({ node }) => node.error?.length);
    expect(failed.map(({ at, node }) => [at, node.error?.map(({ message }) => message)])).toEqual([
      ["_entities.1", ["<masked>"]],
    ]);
    const refused = await ask("{ nothing }");
    expect(refused.trace.root).toMatchObject({ error: [{ message: "<masked>" }], child: [] });
  });

  test("of a mutation follows it too, which does what it does without", async () => {
    const { answer, trace } = await ask(
      'mutation { a: updateOffer(input: { id: 1, title: "A" }) { offer { title } } b: updateOffer(input: { id: 1, title: "B" }) { offer { title } } }',
    );
    expect(answer).toMatchObject({ data: { a: { offer: { title: "A" } }, b: { offer: { title: "B" } } } });
    const [a, b] = trace.root?.child ?? [];
    expect([a, b]).toMatchObject([{ responseName: "a", parentType: "Mutation" }, { responseName: "b" }]);
    expect(b?.startTime).toBeGreaterThanOrEqual(Number(a?.endTime));
  });

  test("goes beside the other extensions, and into no kept answer", async () => {
    const query = "{ countries { code } }";
    const first = await ask(query, { headers: { "x-affise-cost": "1" } });
    expect(Object.keys(first.others)).toEqual(["cost"]);
    expect((await w.ask(query)).extensions).toBeUndefined();
    // Of what is kept no field is resolved.
    expect((await ask(query)).trace.root?.child).toEqual([]);
  });

  test("comes to nobody who does not ask, and from no server that is no subgraph", async () => {
    expect(await w.ask("{ __typename }")).toEqual({ data: { __typename: "Query" } });
    const alone = await openWorld({ offers: 1, affiliates: 1, advertisers: 1, conversions: 0 });
    expect(await alone.ask("{ __typename }", { headers: header })).toEqual({ data: { __typename: "Query" } });
    await alone.close();
  });
});
