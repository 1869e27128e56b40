import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let offer: unknown;
const w = await openAnswering(() => ({
  status: 1,
  postbacks: [{ id: 1, offer_id: offer }],
  pagination: { total_count: 1, page: 1, per_page: 100 },
}));
afterAll(() => w.close());

test.each<[offer: unknown, offerId: string | null]>([
  ["934", "934"],
  [934, "934"],
  [null, null],
  ["", null],
  [0, null],
  ["0", null],
  [[], null],
])("of the offer %j: global is what has no offer", async (printed, offerId) => {
  offer = printed;
  const { data, errors } = await w.ask("{ postbacks(affiliateId: 7) { nodes { offerId isGlobal } } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ postbacks: { nodes: [{ offerId, isGlobal: offerId === null }] } });
});
