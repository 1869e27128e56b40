import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let printed: unknown;
const w = await openAnswering(() => ({
  status: 1,
  offers: [{ id: 1, start_at: printed, stop_at: printed }],
  pagination: { total_count: 1, page: 1, per_page: 100 },
}));
afterAll(() => w.close());

const ask = () => w.ask("{ offer(id: 1) { startsAt stopsOn } }");

test.each([
  ["2026-01-31 23:59:59", "2026-01-31T23:59:59", "2026-01-31"],
  ["2026-03-29T02:30:00+01:00", "2026-03-29T02:30:00+01:00", "2026-03-29"],
  ["2026-01-31T00:00:00.000Z", "2026-01-31T00:00:00Z", "2026-01-31"],
  ["2026-01-31", "2026-01-31T00:00:00", "2026-01-31"],
  ["2026-01-31 23:59", "2026-01-31T23:59:00", "2026-01-31"],
  ["2026-01-31T23:59Z", "2026-01-31T23:59:00Z", "2026-01-31"],
  ["0000-00-00 00:00:00", null, null],
  ["", null, null],
  [null, null, null],
])("%j is a time, or none", async (form, startsAt, stopsOn) => {
  printed = form;
  const { data, errors } = await ask();
  expect(errors).toBeUndefined();
  expect(data).toEqual({ offer: { startsAt, stopsOn } });
});

const impossible = [
  "2026-01-31 24:00:00",
  "2026-01-31T12:60:00",
  "2026-01-31 24:00",
  "2026-01-31 12:5",
  "2026-01-31 12",
  "2026-01-31 12:00:61",
  "2026-02-29 12:00:00",
  "2026-13-01 12:00:00",
];

test.each(impossible)("%j is no time, and is not given on as one", async (form) => {
  printed = form;
  const { data, errors } = await ask();
  expect(data).toMatchObject({ offer: { startsAt: null } });
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(form), extensions: { code: "UPSTREAM_FAILED" } });
});

test.each(impossible)("%j is refused before anything is sent", async (form) => {
  w.seen();
  const { errors } = await w.ask(`mutation { updateOffer(input: { id: 1, startsAt: "${form}" }) { offer { id } } }`);
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(form), extensions: { code: "BAD_USER_INPUT" } });
  expect(w.seen()).toEqual([]);
});
