import type { ServerResponse } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

/** What stands in each figure of a row. */
let printed: unknown;
const figures = () => ({
  traffic: { raw: printed, uniq: printed },
  actions: { confirmed: { count: printed, revenue: printed, charge: printed, earning: printed, null: 0 } },
  ...{ views: printed, costs: printed },
});
const w = await openAnswering(() => ({
  status: 1,
  stats: [{ slice: { country: "DE" }, ...figures() }],
  offers: [{ id: 1, cr: printed, hold_period: printed }],
  pagination: { total_count: 1, page: 1, per_page: 100 },
}));
afterAll(() => w.close());

interface Found {
  clicks: number | null;
  costs: number | null;
  conversions: { confirmed: { payout: number | null } } | null;
}

const ask = async (to: string, more = "") => {
  const figures = "figures { clicks costs conversions { confirmed { payout } } }";
  const { data, errors } = await w.ask(
    `{ statistics(from: "2026-01-01", to: "${to}", by: [COUNTRY]${more}) { nodes { ${figures} } } }`,
  );
  const { nodes } = (data.statistics ?? { nodes: [] }) as { nodes: { figures: Found }[] };
  return { rows: nodes.map(({ figures }) => figures), errors };
};
const [short, long] = ["2026-01-31", "2026-12-31"] as const;

const row = (value: number) => ({ clicks: value, costs: value, conversions: { confirmed: { payout: value } } });

describe.each([
  [1000, 1000],
  ["1000", 1000],
  [" 1000 ", 1000],
  ["1 000", 1000],
  ["1\u00a0000", 1000],
  ["1e3", 1000],
  ["0E-10", 0],
  ["7,0", 7],
  ["12%", 12],
])("printed as %j", (form, value) => {
  test("it is one number: read, added up, compared and sorted by", async () => {
    printed = form;
    expect(await ask(short)).toEqual({ rows: [row(value)], errors: undefined });
    expect(await ask(long)).toEqual({ rows: [row(2 * value)], errors: undefined });
    const fitting = `, having: { clicks: { atLeast: ${value}, atMost: ${value} } }, orderBy: { field: CONVERSION_RATE }`;
    expect(await ask(short, fitting)).toEqual({ rows: [row(value)], errors: undefined });
    expect((await ask(short, `, having: { clicks: { atLeast: ${value + 1} } }`)).rows).toEqual([]);
  });
});

describe.each(["1,234", "-1,234", "12,345%", "1,234.50", "1.234,50", "1,234,567", "$12", "1e400", "12 EUR", "--1", "0x10"])(
  "printed as %j",
  (form) => {
    test("it is nobody's number: each figure says so, whether read, added up or compared", async () => {
      printed = form;
      for (const to of [short, long]) {
        const { rows, errors = [] } = await ask(to);
        expect(rows).toEqual([{ clicks: null, costs: null, conversions: { confirmed: { payout: null } } }]);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(Array<string>(3).fill("UPSTREAM_FAILED"));
        for (const { message } of errors) expect(message).toContain(JSON.stringify(form));
      }
      const { errors } = await ask(short, ", having: { clicks: { atLeast: 1 } }");
      expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(form), extensions: { code: "UPSTREAM_FAILED" } });
    });
  },
);

test.each([
  [1.5, "is no whole number"],
  [2 ** 53, "is too large a number"],
])("a count of %j is no fault of this server", async (form, why) => {
  printed = form;
  const { errors } = await w.ask(
    `{ statistics(from: "2026-01-01", to: "${short}", by: [COUNTRY]) { nodes { figures { clicks } } } }`,
  );
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(why), extensions: { code: "UPSTREAM_FAILED" } });
});

test("nor is a number that an Int cannot hold", async () => {
  printed = 2 ** 31;
  const { data, errors } = await w.ask("{ offer(id: 1) { id holdPeriod } }");
  expect(data).toEqual({ offer: { id: "1", holdPeriod: null } });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("hold_period"),
    extensions: { code: "UPSTREAM_FAILED" },
  });
});

test.each([
  ["9007199254740991", "9007199254740991"],
  ["12345678901234567890", null],
  ['"12345678901234567890"', "12345678901234567890"],
])("an id or text printed as %s has all its digits, or none", async (json, text) => {
  const body = `{"status":1,"conversions":[{"id":"${"5d".repeat(12)}","action_id":${json},"sub1":${json}}],"pagination":{"total_count":1}}`;
  const long = await openAnswering(() => (response: ServerResponse) => response.end(body));
  const { data, errors } = await long.ask("{ conversions { nodes { actionId sub(number: 1) } } }");
  await long.close();
  expect(data).toEqual({ conversions: { nodes: [{ actionId: text, sub: text }] } });
  expect((errors ?? []).map(({ extensions }) => extensions.code)).toEqual(text ? [] : ["UPSTREAM_FAILED", "UPSTREAM_FAILED"]);
});
