import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

/** What an answer, or a row in it, may be instead of what it should be. */
const shapes: unknown[] = [
  ...[null, [], {}, "", "text", 0, 7, true, false, [null], [[]], [{}], ["text"], [7]],
  ...[{ "0": null }, { "2": {} }, { "0": [], "2": "text" }, { id: null }, { slice: null }, { slice: [] }, { slice: "text" }],
  ...[
    { slice: { offer: [] } },
    { slice: { offer: { id: {} } }, traffic: [], actions: "text" },
    { traffic: 7, actions: [7], cr: [] },
  ],
];

const columns = [
  "stats",
  "conversions",
  "clicks",
  "items",
  "offers",
  "user",
  "ref_payments",
  "data",
  "conversion",
  "offer",
  "quotes",
];
const page = { total_count: 1, page: 1, per_page: 100 };

let said: unknown;
let isWhole = false;
const w = await openAnswering(() =>
  isWhole ? said : { status: 1, pagination: page, ...Object.fromEntries(columns.map((column) => [column, said])) },
);
afterAll(() => w.close());

const summed = `clicks conversionRate conversionRates { total } epc ecpm roi conversions { total { count payout income } confirmed { count } }`;
const figures = `uniqueClicks ${summed}`;
const slice =
  "slice { date week offerId offer { id } affiliateId managerId city cityId landing { id: landingId } subs { number value } }";
const short = `from: "2026-01-01", to: "2026-01-31"`;
const long = `from: "2024-01-01", to: "2026-01-31"`;

const queries = [
  `{ statistics(${short}, by: [DAY, OFFER]) { totalCount nodes { ${slice} figures { ${figures} } } pageInfo { hasNextPage } } }`,
  `{ statistics(${long}, by: [DAY, OFFER], orderBy: { field: TOTAL_PAYOUT }) { totalCount nodes { ${slice} figures { ${summed} } } } }`,
  `{ report(${short}, kind: CITY) { nodes { ${slice} figures { ${figures} } } } }`,
  `{ conversions(${short}) { totalCount nodes { id status isPaid payout income offerId offer { title } landing { id: landingId } } } }`,
  `{ conversions(${long}) { totalCount nodes { id payout } pageInfo { endCursor } } }`,
  `{ conversion(id: "5d0000000000000000000001") { id isPaid payout affiliateId } }`,
  `{ clicks(${short}) { nodes { id offerId landing { id: landingId } conversion { id } } } }`,
  `{ viewer { __typename ... on Affiliate { id news { nodes { id } } statistics(${long}) { ${summed} } } ... on User { id role } } }`,
  `{ offer(id: 1) { id advertiserId redirectType statistics(${long}) { ${summed} } } }`,
  `{ referralPayments(${short}) { nodes { affiliateId amount paymentStatus } } }`,
  `{ retention(${short}, offerId: 1, baseEvent: "install", events: ["sale"]) { affiliateId events { event count rate } } }`,
  "{ currencies { code rate } }",
  `{ timeToAction(${short}, offerId: 1, timezone: "UTC") { nodes { affiliateId conversions } } }`,
];

test.each(queries)("%s: whatever is printed is the upstream's fault", async (query) => {
  for (const shape of shapes) {
    for (const whole of [true, false]) {
      said = shape;
      isWhole = whole;
      const { errors = [] } = await w.ask(query);
      for (const { message, extensions } of errors) {
        const told = `${JSON.stringify(shape)}${whole ? " as the answer" : " as its rows"}: ${message}`;
        expect([told, extensions.code]).toEqual([told, expect.stringMatching(/^(UPSTREAM_FAILED|NOT_FOUND)$/)]);
      }
    }
  }
});
