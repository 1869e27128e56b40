import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const key = "sandbox-affiliate";
const list = "GET /3.0/news";
const viewer = ["GET /3.1/partner/me", "GET /3.1/user/me"];

interface News {
  totalCount: number;
  nodes: { id: string; title: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const news = (data: unknown): News => (data as { viewer: { news: News } }).viewer.news;

test("all news with all their fields", async () => {
  const { data, errors, calls } = await w.askCounting(
    "{ viewer { ... on Affiliate { news(first: 100) { totalCount nodes { id title summary text status createdAt } pageInfo { hasNextPage } } } } }",
    { key },
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual([list, ...viewer]);
  expect(news(data).nodes).toHaveLength(news(data).totalCount);
  expect(news(data).nodes[0]).toMatchObject({
    ...{ id: expect.stringMatching(/^[0-9a-f]{24}$/), title: expect.any(String), status: 1 },
    ...{
      summary: expect.any(String),
      text: expect.stringContaining("<p>"),
      createdAt: expect.stringMatching(/^2026-\d\d-\d\dT.*Z$/),
    },
  });
});

test("pages do not overlap, and pinned news stand apart", async () => {
  const query = `query ($after: String) { viewer { ... on Affiliate { news(first: 7, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }`;
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await w.ask(query, { variables: { after }, key });
    const { nodes, pageInfo } = news(data);
    seen.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  const part = async (isPinned: boolean) => {
    const { data, errors } = await w.ask(
      "query ($isPinned: Boolean) { viewer { ... on Affiliate { news(first: 100, isPinned: $isPinned) { totalCount nodes { id } } } } }",
      { variables: { isPinned }, key },
    );
    expect(errors).toBeUndefined();
    return news(data).nodes.map(({ id }) => id);
  };
  const [pinned, others] = [await part(true), await part(false)];
  expect(pinned.length).toBeGreaterThan(0);
  expect([...pinned, ...others].sort()).toEqual([...seen].sort());
  expect(new Set(seen).size).toBe(seen.length);
});

test("a single piece of news, none, and a bad id", async () => {
  const { data: all } = await w.ask("{ viewer { ... on Affiliate { news(first: 2) { nodes { id title } } } } }", { key });
  const [, second] = news(all).nodes;
  const query = "query ($id: ID!) { viewer { ... on Affiliate { newsItem(id: $id) { id title } } } }";
  const { data, calls } = await w.askCounting(query, { variables: { id: second?.id }, key });
  expect(data).toEqual({ viewer: { newsItem: second } });
  expect(calls).toEqual(["GET /3.0/news/{id}", ...viewer]);
  const none = await w.ask(query, { variables: { id: "aaaaaaaaaaaaaaaaaaaaaaaa" }, key });
  expect(none).toMatchObject({ data: { viewer: { newsItem: null } } });
  expect(none.errors).toBeUndefined();
  const bad = await w.ask(query, { variables: { id: "x" }, key });
  expect(bad.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
});

test("a network user's key has no news", async () => {
  const { data, errors } = await w.ask("{ affiliate(id: 1) { id news { nodes { id } } } }");
  expect(data).toEqual({ affiliate: { id: "1", news: null } });
  expect(errors).toMatchObject([{ path: ["affiliate", "news", "nodes"], extensions: { code: "FORBIDDEN" } }]);
});
