import { afterAll, beforeEach, expect, test } from "vitest";
import { type Answering, openAnswering } from "../world/answering.js";

/** Answers as Affise's own clients recorded them, where they differ from the reference. */
let answers: Record<string, unknown> = {};
const answer: Answering = (path) => answers[path] ?? 404;
const w = await openAnswering(answer);
afterAll(() => w.close());
beforeEach(() => {
  answers = {};
  w.seen();
});

const id = (digit: number) => String(digit).padStart(24, "5d");

test("read by its id, a conversion has the affiliate's part as revenue, and what the advertiser pays as charge", async () => {
  const row = { id: id(1), revenue: 3, payouts: 3, earnings: 3, charge: 6, earning: 3, price: null, is_paid: "1" };
  answers = { "/3.0/stats/conversionsbyid": { status: 1, statusCode: 200, conversion: row } };
  const { data, errors } = await w.ask(`{ conversion(id: "${id(1)}") { payout income earnings } }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ conversion: { payout: 3, income: 6, earnings: 3 } });
});

test.each([
  ["by currency", { EUR: { balance: 0, hold: 0, available: 0 }, RUB: { balance: 16968, hold: 1234, available: 15734 } }],
  ["by part", { balance: { EUR: 0, RUB: 16968 }, hold: { EUR: 0, RUB: 1234 }, available: { EUR: 0, RUB: 15734 } }],
])("an affiliate's own balance, %s", async (_, balance) => {
  answers = {
    "/3.1/partner/me": { status: 1, user: { id: id(9), partner_id: 7, type: "affiliate" } },
    "/3.0/balance": { status: 1, balance },
  };
  const { data, errors } = await w.ask(
    "{ viewer { ... on Affiliate { balances { currency balance hold available } } } }",
    "an-affiliate",
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    viewer: {
      balances: [
        { currency: "EUR", balance: 0, hold: 0, available: 0 },
        { currency: "RUB", balance: 16968, hold: 1234, available: 15734 },
      ],
    },
  });
});

test.each([
  ["a bare list", (rows: object[]) => rows],
  ["stats", (rows: object[]) => ({ status: 1, stats: rows })],
  ["data", (rows: object[]) => ({ data: rows })],
])("retention as %s", async (_, form) => {
  const row = { affiliate_id: 1, date: "2018-10-18", rr_install: 66.66, rr_other1: 100, install_count: 3 };
  answers = { "/3.0/stats/retentionrate": form([row]) };
  const { data, errors } = await w.ask(
    `{ retention(offerId: 1, from: "2018-10-16", to: "2018-10-19", baseEvent: "install", events: ["other1"]) { date events { event rate } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    retention: [
      {
        date: "2018-10-18",
        events: [
          { event: "install", rate: 66.66 },
          { event: "other1", rate: 100 },
        ],
      },
    ],
  });
});
