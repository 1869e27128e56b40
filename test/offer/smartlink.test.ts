import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/smartlink/categories";
const count = "GET /3.0/admin/smartlink/category/{id}/offers-count";

interface Category {
  id: string;
  title: string;
  offersCount: number;
  includedAffiliates: { id: string }[];
}

const all = async (): Promise<Category[]> => {
  const { data, errors } = await w.ask(graphql("{ smartlinkCategories { id title offersCount includedAffiliates { id } } }"));
  expect(errors).toBeUndefined();
  return data.smartlinkCategories;
};

test("all of them with all their fields: one list, one call for affiliates, one count each", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql(
      "{ smartlinkCategories { id title description trackingDomain usesHttps privacy includedAffiliates { id email } excludedAffiliates { id } offersCount createdAt updatedAt } }",
    ),
  );
  expect(errors).toBeUndefined();
  const { smartlinkCategories } = data;
  expect(calls).toEqual(["GET /3.0/admin/partners", list, ...smartlinkCategories.map(() => count)]);
  expect(smartlinkCategories.at(-1)).toMatchObject({
    title: "VIP only",
    privacy: "PRIVATE",
    includedAffiliates: [{ id: "1" }, { id: "2" }, { id: "3" }],
  });
});

test("filtered by title and id; several by id are one call; an unknown one is null", async () => {
  const [first, second] = await all();
  const { data } = await w.ask(
    'query ($ids: [ID!]) { byName: smartlinkCategories(filter: { search: "games" }) { title } byId: smartlinkCategories(filter: { ids: $ids }) { id } }',
    {
      variables: { ids: [first?.id] },
    },
  );
  expect(data).toEqual({ byName: [{ title: "Games iOS" }, { title: "Games Android" }], byId: [{ id: first?.id }] });
  const single = await w.askCounting(
    `{ a: smartlinkCategory(id: "${first?.id}") { title } b: smartlinkCategory(id: "${second?.id}") { title } c: smartlinkCategory(id: "aaaaaaaaaaaaaaaaaaaaaaaa") { title } }`,
  );
  expect(single.data).toEqual({ a: { title: first?.title }, b: { title: second?.title }, c: null });
  expect(single.calls).toEqual([list]);
});

test("the SmartLink categories of all offers are one call, and their counts agree", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql("{ offers(first: 60) { nodes { id status smartlinkCategories { id } } } }"),
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual([list, "GET /3.0/offers"]);
  const { nodes } = data.offers;
  const active = nodes.filter(({ status }) => status === "ACTIVE");
  for (const { id, offersCount } of await all()) {
    expect(active.filter((offer) => offer.smartlinkCategories?.some((one) => one.id === id))).toHaveLength(offersCount);
  }
});

test("statistics by SmartLink lead to the SmartLink category, in one call", async () => {
  const { errors, calls } = await w.askCounting(
    '{ statistics(from: "2026-02-01", to: "2026-03-01", by: [SMARTLINK]) { nodes { slice { smartlinkId smartlinkCategory { id title } } } } }',
  );
  expect(errors).toBeUndefined();
  expect(calls.filter((call) => call === list).length).toBeLessThanOrEqual(1);
});

test("making, changing and deleting one, each read back", async () => {
  const made = await w.askCounting(
    graphql(
      'mutation { createSmartlinkCategory(input: { title: "New", description: "For tests", privacy: PRIVATE, includedAffiliateIds: [1, 2], trackingDomain: "go.example" }) { smartlinkCategory { id title description trackingDomain privacy includedAffiliates { id } } } }',
    ),
  );
  expect(made.errors).toBeUndefined();
  expect(made.data).toMatchObject({
    createSmartlinkCategory: {
      smartlinkCategory: {
        title: "New",
        description: "For tests",
        trackingDomain: "go.example",
        privacy: "PRIVATE",
        includedAffiliates: [{ id: "1" }, { id: "2" }],
      },
    },
  });
  expect(made.calls).toEqual(["GET /3.0/admin/partners", "POST /3.0/admin/smartlink/category"]);
  const { id } = made.data.createSmartlinkCategory.smartlinkCategory;

  const changed = await w.askCounting(
    "mutation ($id: ID!) { updateSmartlinkCategory(input: { id: $id, privacy: PREMODERATED, excludedAffiliateIds: [3] }) { smartlinkCategory { title privacy excludedAffiliates { id } } } }",
    { variables: { id } },
  );
  expect(changed.data).toEqual({
    updateSmartlinkCategory: { smartlinkCategory: { title: "New", privacy: "PREMODERATED", excludedAffiliates: [{ id: "3" }] } },
  });
  expect(changed.calls).toEqual(["GET /3.0/admin/partners", "POST /3.0/admin/smartlink/category/{id}"]);

  const gone = await w.askCounting("mutation ($id: ID!) { deleteSmartlinkCategory(input: { id: $id }) { deletedId } }", {
    variables: { id },
  });
  expect(gone.data).toEqual({ deleteSmartlinkCategory: { deletedId: id } });
  expect(gone.calls).toEqual(["POST /3.0/admin/smartlink/category/{id}/remove"]);
  expect((await all()).map((one) => one.id)).not.toContain(id);
});

test("an affiliate sees those open to it, without what is not its business", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql(
      '{ viewer { ... on Affiliate { all: smartlinkCategories { id title trackingDomain description privacy includedAffiliates { id } offersCount createdAt updatedAt } some: smartlinkCategories(filter: { search: "dating" }) { title } } } }',
    ),
    { key: "sandbox-affiliate" },
  );
  expect(errors).toBeUndefined();
  const { viewer } = data;
  expect(viewer.all[0]).toMatchObject({ title: "Mainstream", privacy: null, includedAffiliates: null, updatedAt: null });
  expect(viewer.some).toEqual([{ title: "Dating" }]);
  const own = "GET /3.0/partner/smartlink/categories";
  expect(calls).toEqual([
    own,
    own,
    ...viewer.all.map(() => "GET /3.0/partner/smartlink/category/{id}/offers-count"),
    "GET /3.1/partner/me",
    "GET /3.1/user/me",
  ]);
});

test("wrong keys, bad ids and unknown ones", async () => {
  const { data, errors } = await w.ask("{ smartlinkCategories { id } offers(first: 1) { nodes { id } } }", {
    key: "sandbox-affiliate",
  });
  expect(data).toMatchObject({ smartlinkCategories: null, offers: { nodes: [{}] } });
  expect(errors).toMatchObject([{ path: ["smartlinkCategories"], extensions: { code: "FORBIDDEN" } }]);
  const network = await w.ask("{ affiliate(id: 1) { id smartlinkCategories { id } } }");
  expect(network.data).toEqual({ affiliate: { id: "1", smartlinkCategories: null } });
  expect(network.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  const bad = await w.askCounting('mutation { deleteSmartlinkCategory(input: { id: "x" }) { deletedId } }');
  expect(bad).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  const unknown = await w.ask(
    'mutation { updateSmartlinkCategory(input: { id: "aaaaaaaaaaaaaaaaaaaaaaaa", title: "x" }) { smartlinkCategory { id } } }',
  );
  expect(unknown.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});
