import type { ServerResponse } from "node:http";
import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let titleLength = 1;
const offer = () => ({ id: 1, offer_id: "5d".repeat(12), title: "x".repeat(titleLength) });
const answers: Record<string, () => object> = {
  "/3.0/offers": () => ({ status: 1, offers: [offer()], pagination: { total_count: 1, page: 1, per_page: 100 } }),
  "/3.0/news/5d5d5d5d5d5d5d5d5d5d5d5d": () => ({ status: 1, news: { _id: { $id: "5d".repeat(12) }, title: "x" } }),
  "/3.1/partner/me": () => ({ status: 1, user: { id: 7, type: "affiliate" } }),
  "/3.0/admin/category": () => ({ status: 1, category: { id: "5d".repeat(12), title: "x" } }),
};
const w = await openAnswering((path) => {
  const answer = answers[path];
  return answer ? (response: ServerResponse) => response.end(`\ufeff${JSON.stringify(answer())}`) : 404;
});
afterAll(() => w.close());

// A long answer is not parsed as a whole.
test.each([1, 10_000])("a list of %i letters behind a byte order mark is read as without it", async (letters) => {
  titleLength = letters;
  const { data, errors } = await w.ask("{ offers { nodes { id title } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ offers: { nodes: [{ id: "1", title: "x".repeat(letters) }] } });
});

test("so is a single row, and what a write answers", async () => {
  const single = await w.ask(`{ viewer { ... on Affiliate { newsItem(id: "${"5d".repeat(12)}") { title } } } }`);
  expect(single.errors).toBeUndefined();
  expect(single.data).toEqual({ viewer: { newsItem: { title: "x" } } });
  const written = await w.ask('mutation { createCategory(input: { title: "x" }) { outcome category { title } } }');
  expect(written.data).toEqual({ createCategory: { outcome: "DONE", category: { title: "x" } } });
});
