import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { mostATurn } from "../../src/sandbox/rule/turn.js";

const conversions = 12_000;
const sandbox = createSandbox({ conversions, offers: 200, affiliates: 50, now: new Date("2026-03-01T12:00:00Z") });
const headers = { "api-key": "sandbox-general-manager" };

/** Asks, and counts how often the event loop went round meanwhile: whoever else there is had a turn each time. */
const asked = async (path: string, init: RequestInit = {}) => {
  let turns = 0;
  let isOver = false;
  const round = () => {
    if (isOver) return;
    turns += 1;
    setImmediate(round);
  };
  setImmediate(round);
  const response = await sandbox.fetch(new Request(`http://sandbox${path}`, { headers, ...init }));
  const answer = (await response.json()) as Record<string, unknown> & { pagination: { total_count: number } };
  isOver = true;
  return { answer, turns };
};

const slices = ["day", "offer", "affiliate", "country", "city", "os", "browser"].map((name) => `slice[]=${name}`).join("&");
const report = (page: number) =>
  `/3.0/stats/custom?${slices}&filter[date_from]=2025-09-05&filter[date_to]=2026-03-01&timezone=UTC&limit=500&page=${page}`;

test("a report lets others have their turn while it is summed up, and its next page is not summed up anew", async () => {
  const first = await asked(report(1));
  expect(first.answer.pagination.total_count).toBeGreaterThan(1_000);
  expect(first.turns).toBeGreaterThanOrEqual(conversions / mostATurn);
  const next = await asked(report(2));
  expect(next.turns).toBeLessThan(first.turns / 2);
  expect(next.answer.stats).not.toEqual(first.answer.stats);
});

test("a report is made anew once anything has changed", async () => {
  const before = await asked(report(1));
  const title = "Renamed while somebody looked";
  const body = new URLSearchParams({ title });
  const { answer } = await asked("/3.0/admin/offer/1", { method: "POST", body });
  expect(answer.status).toBe(1);
  const after = await asked(report(1));
  expect(after.turns).toBeGreaterThanOrEqual(conversions / mostATurn);
  expect(after.answer.pagination).toEqual(before.answer.pagination);
});

test("clicks are dealt out in turns too, and once for all pages", async () => {
  const clicks = (page: number) =>
    `/3.0/stats/clicks?date_from=2026-02-22&date_to=2026-02-28&timezone=UTC&limit=100&page=${page}`;
  const manager = { headers: { "api-key": "sandbox-affiliate-manager" } };
  const first = await asked(clicks(1), manager);
  expect(first.answer).toMatchObject({ status: 1 });
  expect(first.turns).toBeGreaterThanOrEqual(Math.floor(conversions / mostATurn));
  const next = await asked(clicks(2), manager);
  expect(next.turns).toBeLessThan(first.turns);
});
