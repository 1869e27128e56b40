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

const list = "GET /3.0/admin/offer/sources";

interface Source {
  id: string;
  title: string;
  titles: { language: string; text: string | null }[];
  isAllowed: boolean;
}

const sources = async (): Promise<Source[]> => {
  const { data, errors } = await w.ask(graphql("{ trafficSources { id title titles { language text } isAllowed } }"));
  expect(errors).toBeUndefined();
  return data.trafficSources;
};

test("all traffic sources with all their fields are one call, and several by id another", async () => {
  const [first, second] = await sources();
  expect(first).toMatchObject({ title: expect.any(String), isAllowed: false });
  expect(first?.titles).toContainEqual({ language: "en", text: first?.title });
  const query = `{ a: trafficSource(id: "${first?.id}") { title } b: trafficSource(id: "${second?.id}") { title } c: trafficSource(id: "aaaaaaaaaaaaaaaaaaaaaaaa") { title } }`;
  const { data, errors, calls } = await w.askCounting(query);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ a: { title: first?.title }, b: { title: second?.title }, c: null });
  expect(calls).toEqual([list]);
});

test("making, renaming and deleting one, each read back", async () => {
  const made = await w.askCounting(
    graphql(
      'mutation { createTrafficSource(input: { titles: [{ language: "en", text: "Radio" }, { language: "es", text: "Radio ES" }] }) { trafficSource { id title titles { language text } } } }',
    ),
  );
  expect(made.errors).toBeUndefined();
  expect(made.calls).toEqual(["POST /3.0/admin/offer/source"]);
  const { trafficSource } = made.data.createTrafficSource;
  expect(trafficSource).toMatchObject({
    title: "Radio",
    titles: [
      { language: "en", text: "Radio" },
      { language: "es", text: "Radio ES" },
    ],
  });

  const renamed = await w.askCounting(
    'mutation ($id: ID!) { updateTrafficSource(input: { id: $id, titles: [{ language: "en", text: "Podcasts" }] }) { trafficSource { id title } } }',
    { variables: { id: trafficSource.id } },
  );
  expect(renamed.data).toEqual({ updateTrafficSource: { trafficSource: { id: trafficSource.id, title: "Podcasts" } } });
  expect(renamed.calls).toEqual(["POST /3.0/admin/offer/source/{id}"]);
  expect((await sources()).find(({ id }) => id === trafficSource.id)?.title).toBe("Podcasts");

  const gone = await w.askCounting("mutation ($id: ID!) { deleteTrafficSource(input: { id: $id }) { deletedId } }", {
    variables: { id: trafficSource.id },
  });
  expect(gone.data).toEqual({ deleteTrafficSource: { deletedId: trafficSource.id } });
  expect(gone.calls).toEqual(["DELETE /3.0/admin/offer/source/{id}"]);
  expect((await sources()).map(({ id }) => id)).not.toContain(trafficSource.id);
});

test("bad ids are named before anything is sent; unknown ones are NOT_FOUND", async () => {
  const bad = await w.askCounting('mutation { deleteTrafficSource(input: { id: "7" }) { deletedId } }');
  expect(bad).toMatchObject({
    data: { deleteTrafficSource: null },
    errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
  expect(bad.errors?.[0]?.message).toContain("input.id");
  const unknown = await w.ask(
    'mutation { updateTrafficSource(input: { id: "aaaaaaaaaaaaaaaaaaaaaaaa", titles: [{ language: "en", text: "x" }] }) { trafficSource { id } } }',
  );
  expect(unknown.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s gets FORBIDDEN, and what else it asked", async (key) => {
  const { data, errors } = await w.ask("{ trafficSources { id } viewer { __typename } }", { key });
  expect(data).toMatchObject({ trafficSources: null, viewer: { __typename: expect.any(String) } });
  expect(errors).toMatchObject([{ path: ["trafficSources"], extensions: { code: "FORBIDDEN" } }]);
});
