import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 120, affiliates: 2, advertisers: 2, conversions: 0 });
afterAll(() => world.close());

test("a dry run of very many long writes is told of in bounds, each write by its operation", async () => {
  const offerIds = Array.from({ length: 120 }, (_, index) => String(index + 1));
  const tags = Array.from({ length: 1_000 }, (_, index) => `tag ${index}`.padEnd(40, "x"));
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager", "x-affise-dry-run": "1" },
    body: JSON.stringify({
      query: "mutation M($input: AddOfferTagsInput!) { addOfferTags(input: $input) { results { outcome } } }",
      variables: { input: { offerIds, tags } },
    }),
  });
  const text = await response.text();
  const { extensions } = JSON.parse(text) as { extensions: { affise: { dryRun: { body?: unknown }[]; changes: unknown[] } } };
  expect(text.length).toBeLessThan(3_000_000);
  expect(extensions.affise.dryRun).toHaveLength(offerIds.length);
  expect(extensions.affise.dryRun[0]?.body).toBeDefined();
  expect(extensions.affise.dryRun.at(-1)?.body).toBeUndefined();
  expect(extensions.affise.changes.length).toBeLessThan(100);
});
