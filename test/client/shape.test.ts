import { afterAll, describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import type { ColumnCase } from "../column/column-case.js";
import { casesOf } from "../column/column-noun.js";
import { openProxied } from "../world/proxied.js";

const limits = { depth: 100, aliases: 10_000, directives: 1000, cost: 1e9, calls: 1e6, tokens: 1e6 };
const { world, proxy } = await openProxied(
  { offers: 40, affiliates: 40, advertisers: 8, conversions: 300, now: new Date("2026-03-01T12:00:00Z") },
  { limits },
);

type Case = Pick<ColumnCase, "operation" | "query" | "key" | "isOurs">;

const week = 'from: "2026-02-22", to: "2026-03-01"';
const rows = "{ nodes { slice { date country } figures { clicks uniqueClicks } } }";
const affiliate = "sandbox-affiliate";

const report = (operation: string, kind: string, more = "", key?: string): Case => ({
  operation: `GET /3.0/stats/${operation}`,
  query: `{ report(kind: ${kind}, ${week}, filter: {${more}}) ${rows} }`,
  key,
});

/** What is read for no column's sake: reports of one form, names, counts. */
const others: Case[] = [
  report("getbyhour", "HOUR"),
  report("getbyadvertiser", "ADVERTISER"),
  report("getbyaccountmanager", "ADVERTISER_MANAGER"),
  report("getbypartner", "AFFILIATE"),
  report("getbypartnerbydate", "AFFILIATE_BY_DATE"),
  report("getbycountries", "COUNTRY"),
  report("getbycities", "CITY"),
  report("getbybrowsers", "BROWSER"),
  report("getbyos", "OS"),
  report("getbyversions", "OS_VERSION"),
  report("getbydevices", "DEVICE"),
  report("getbydevicemodels", "DEVICE_MODEL"),
  report("getbygoal", "GOAL"),
  report("getbytrafficback", "TRAFFICBACK"),
  report("getbysub", "SUB1", " offerIds: [1, 2, 3] ", affiliate),
  { operation: "GET /3.1/vendors", query: "{ deviceVendors }" },
  { operation: "GET /3.1/oses", query: "{ operatingSystems { id name versions } }" },
  { operation: "GET /3.1/oses/{os}", query: '{ osVersions(os: "Android") }' },
  { operation: "GET /3.1/devices", query: "{ deviceTypes }" },
  { operation: "GET /3.1/connection-types", query: "{ connectionTypes }" },
  { operation: "GET /3.1/browsers", query: "{ browsers }" },
  { operation: "GET /3.0/offers/count", query: "{ activeOffersCount }" },
  {
    operation: "GET /3.1/advertiser/offers/{id}",
    query: "{ viewer { ... on Advertiser { ownOffer(id: 1) { offerId title } } } }",
    key: "sandbox-advertiser",
  },
  { operation: "GET /3.0/admin/smartlink/category/{id}/offers-count", query: "{ smartlinkCategories { id offersCount } }" },
  {
    operation: "GET /3.0/partner/smartlink/category/{id}/offers-count",
    query: "{ viewer { ... on Affiliate { smartlinkCategories { id offersCount } } } }",
    key: affiliate,
  },
  {
    operation: "GET /ui/offers/available-for/{affiliate_id}",
    query: "{ affiliate(id: 1) { availableOffers(first: 3) { nodes { id title } } } }",
  },
  {
    operation: "GET /3.1/payments/{id}",
    query: 'mutation { addPaymentCorrection(input: { paymentId: 1, amount: 1, comment: "x" }) { payment { id status } } }',
  },
];

/** What becomes of an answer becomes of each of its rows: a few of them tell it. */
const rowsEach = 8;
const cases: Case[] = [...(await casesOf(world)).map((one) => one.over?.(rowsEach) ?? one), ...others];
afterAll(() => world.close());

type Answer = Record<string, unknown>;

/** The same answer with something else in place of everything but the status. */
const each = (value: unknown) => (answer: Answer) =>
  Object.fromEntries(Object.entries(answer).map(([name, was]) => [name, name === "status" ? was : value]));

/** The same answer with something else in place of everything but status and pagination. */
const payload = (change: (was: unknown) => unknown) => (answer: Answer) =>
  Object.fromEntries(
    Object.entries(answer).map(([name, was]) => [name, name === "status" || name === "pagination" ? was : change(was)]),
  );

const without = (name: string) => (answer: Answer) => {
  const { [name]: _, ...rest } = answer;
  return rest;
};

const shapes: Record<string, (answer: Answer) => unknown> = {
  null: () => null,
  "a list": () => [],
  "a list of the answer": (answer) => [answer],
  "a number": () => 42,
  "a text": () => "ok",
  true: () => true,
  "an empty object": () => ({}),
  "the status alone": () => ({ status: 1 }),
  "no status": without("status"),
  "status 2": () => ({ status: 2, error: "no" }),
  "an error as a word": () => ({ status: "error", error: { code: 5 } }),
  "nulls everywhere": each(null),
  "numbers everywhere": each(7),
  "texts everywhere": each("x"),
  "empty texts": each(""),
  "empty lists": each([]),
  "empty objects": each({}),
  "true everywhere": each(true),
  "lists of null": each([null]),
  "lists of numbers": each([1, 2]),
  "lists of lists": each([[]]),
  "maps of odd things": each({ a: null, b: 3, c: "x" }),
  "rows without columns": payload((was) => (Array.isArray(was) ? was.map(() => ({})) : {})),
  "one row in place of a list": payload((was) => (Array.isArray(was) ? (was[0] ?? {}) : was)),
  "a list in place of one row": payload((was) => (Array.isArray(was) ? was : [was])),
  "no pagination": without("pagination"),
  "pagination of another kind": (answer) => ({ ...answer, pagination: "1 of 3" }),
  "columns that are all null": payload((was) =>
    JSON.parse(JSON.stringify(was), (name, value) => (name && typeof value !== "object" ? null : value)),
  ),
  "columns that are all objects": payload((was) =>
    JSON.parse(JSON.stringify(was), (name, value) => (name && typeof value !== "object" ? { a: value } : value)),
  ),
};

const reached = new Set<string>();

describe("an answer of another shape than the contract's is told in words, and is never called our own fault", () => {
  test.each(Object.entries(shapes))("%s", async (_name, shape) => {
    const odd: string[] = [];
    for (const one of cases) {
      proxy.rewrite = (operation, url) => {
        if (operation !== one.operation || !(one.isOurs?.(url) ?? true)) return undefined;
        reached.add(operation);
        return (answer) => shape(answer as Answer);
      };
      const { errors = [] } = await world.ask(one.query, { key: one.key });
      for (const { message, extensions, path } of errors) {
        const known = ["UPSTREAM_FAILED", "BAD_USER_INPUT", "NOT_FOUND", "FORBIDDEN", "UNAUTHENTICATED"];
        if (!known.includes(extensions.code) || !message)
          odd.push(`${one.operation} at ${path?.join(".")}: ${extensions.code} ${message}`);
      }
    }
    expect([...new Set(odd)].slice(0, 20)).toEqual([]);
  });

  test("and that is so for the GET operations of the contract", () => {
    const reads = [...operations.values()].filter(({ method, beyondReference }) => method === "GET" && !beyondReference);
    const missing = reads.map(({ operation }) => operation as string).filter((operation) => !reached.has(operation));
    console.log(
      `${reads.length - missing.length} of ${reads.length} GET operations answered in ${Object.keys(shapes).length} wrong shapes`,
    );
    expect(missing).toEqual([]);
  });
});
