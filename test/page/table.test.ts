import { describe, expect, it } from "vitest";
import { emptyIn, type List, listsIn, withColumns } from "../../playground/src/answer/list.js";
import { pageOf, takePageInfo, withNextPage, withoutPageInfo, withPageInfo } from "../../playground/src/answer/page-info.js";
import { pageQuery } from "../../playground/src/answer/page-query.js";
import { timelineOf } from "../../playground/src/answer/timeline.js";
import { valueText } from "../../playground/src/answer/value-text.js";
import { sorted } from "../../playground/src/slices.js";
import { extractText } from "../../playground/src/table/table-export.js";
import { firstLook, type TableLook, visibleColumns } from "../../playground/src/table/table-look.js";
import { cellAt, cellText, seenOf } from "../../playground/src/table/table-rows.js";

const finish = <T>(work: Generator<undefined, T>): T => {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
};

const offers = {
  offers: {
    nodes: [
      { id: "1", title: "=HYPERLINK(1)", caps: [], payout: 1.5, currency: "usd", active: true },
      {
        id: "2",
        title: 'Say "hi"; you,',
        caps: [
          { period: "DAY", usage: { percent: 20 } },
          { period: "MONTH", usage: { percent: 95.5 } },
        ],
        payout: 1200.25,
        currency: "EUR",
        active: false,
      },
      {
        id: "10",
        title: "line\nbreak",
        caps: [{ period: "ALL", usage: { percent: 50 } }],
        payout: null,
        currency: null,
        active: null,
      },
    ],
  },
};

const listOf = (data: unknown): List => finish(withColumns(listsIn(data)[0] ?? { path: [], items: [], connection: undefined }));
const list = listOf(offers);

const seen = (look: Partial<TableLook> = {}, open: Record<number, string> = {}) =>
  finish(seenOf(list, { ...firstLook(list, undefined), ...look, open }));

const text = (look: Partial<TableLook>, separator: "," | ";" | "\t" = ",", open: Record<number, string> = {}) => {
  const whole = { ...firstLook(list, undefined), ...look };
  return extractText({ list, columns: visibleColumns(list, whole), rows: seen(look, open).rows }, separator);
};

it.each([
  ["> 1,200", ["2"]],
  ["> 1,200.5", []],
  ["> 1,4", ["1", "2"]],
  ["< 1,6", ["1"]],
  ["= 1200,25", ["2"]],
])("takes a comma in a bound as thousands are written, else as a decimal one: %s", (filter, ids) => {
  const { rows } = seen({ filters: { payout: filter } });
  expect(rows.map(({ item }) => offers.offers.nodes[item]?.id)).toEqual(ids);
});

it("tells a list before and after a change without brackets, a line for each thing of it", () => {
  const caps = [
    { period: "DAY", value: 5, goals: ["15", "16"], sub: { number: 2, values: ["a"] } },
    { period: "MONTH", value: 100, sub: null },
  ];
  expect(valueText(caps)).toBe("period DAY; value 5; goals 15, 16; sub (number 2; values a)\nperiod MONTH; value 100");
  expect([valueText(["a", "b"]), valueText([]), valueText(false), valueText("x")]).toEqual(["a, b", "nothing", "false", "x"]);
});

it("names the lists of an answer that have no rows, and not those inside of rows", () => {
  const offers = { nodes: [{ id: "1", caps: [], landings: { nodes: [] } }] };
  expect(emptyIn({ offers: { nodes: [] }, viewer: { news: { edges: [] }, tags: [] }, offer: null })).toEqual(["offers", "news"]);
  expect(emptyIn({ offers })).toEqual([]);
  expect(emptyIn(null)).toEqual([]);
});

describe("a table of an answer", () => {
  it("finds the columns of every row, and the lists inside", () => {
    expect(list.columns.map(({ path }) => path)).toEqual([
      "id",
      "title",
      "caps.period",
      "caps.usage.percent",
      "payout",
      "currency",
      "active",
    ]);
    expect(list.nests).toEqual(["caps"]);
  });

  it("sorts by the items of a nested list with a row for each, what is missing last either way", () => {
    const ids = (descending: boolean) =>
      seen({ sorting: { column: "caps.usage.percent", descending }, openAll: "caps" }).rows.map((row) =>
        [list.columns[0], list.columns[3]].map((column) => column && cellText(cellAt(list, row, column), column)).join(" "),
      );
    expect(ids(true)).toEqual(["2 95.5", "10 50", "2 20", "1 –"]);
    expect(ids(false)).toEqual(["2 20", "10 50", "2 95.5", "1 –"]);
    expect(seen({ sorting: { column: "id", descending: false } }).rows.map(({ item }) => item)).toEqual([0, 1, 2]);
  });

  it("shows money with two digits at least, and other numbers as they are", () => {
    const shown = (path: string) => {
      const column = list.columns.find((one) => one.path === path);
      return column && list.items.map((_, item) => cellText(cellAt(list, { item }, column), column));
    };
    expect(shown("payout")).toEqual(["1.50", "1,200.25", "–"]);
    expect(shown("caps.usage.percent")).toEqual(["–", "20 | 95.5", "50"]);
  });

  it.each([
    ["payout", "1.50", 1],
    ["caps.usage.percent", "> 50", 1],
    ["caps.usage.percent", ">= 50", 2],
    ["payout", "<= 1.5", 1],
    ["payout", "=1,200.25", 1],
    ["title", "SAY", 1],
    ["active", "yes", 1],
    ["currency", "=eur", 1],
    ["title", "nothing has this", 0],
  ])("filters %s by %s", (column, filter, count) => {
    expect(seen({ filters: { [column]: filter } }).rows).toHaveLength(count);
  });

  it("adds money up by currency, each item once, of the rows that are seen", () => {
    const sums = (look: Partial<TableLook>) => Object.fromEntries(seen(look).sums.get("payout") ?? []);
    expect(sums({})).toEqual({ USD: 1.5, EUR: 1200.25 });
    expect(sums({ openAll: "caps" })).toEqual({ USD: 1.5, EUR: 1200.25 });
    expect(sums({ filters: { id: "=2" } })).toEqual({ EUR: 1200.25 });
    expect(seen().sums.has("caps.usage.percent")).toBe(false);
  });

  it("is exported as it is seen: rows, order, filter, columns", () => {
    const look: Partial<TableLook> = {
      sorting: { column: "caps.usage.percent", descending: true },
      openAll: "caps",
      hidden: ["title", "active", "currency"],
      order: ["payout", "id"],
      filters: { "caps.usage.percent": "> 30" },
    };
    expect(text(look)).toBe("payout,id,caps.period,caps.usage.percent\r\n1200.25,2,MONTH,95.5\r\n,10,ALL,50");
    expect(text({ hidden: ["title", "active", "currency", "payout"] }, ",", { 1: "caps" })).toBe(
      "id,caps.period,caps.usage.percent\r\n1,,\r\n2,DAY,20\r\n2,MONTH,95.5\r\n10,ALL,50",
    );
  });

  it("gives Excel decimal commas between semicolons, a spreadsheet one line a row, and neither a formula", () => {
    const look = { hidden: ["caps.period", "caps.usage.percent", "currency", "active"] };
    expect(text(look)).toBe('id,title,payout\r\n1,\'=HYPERLINK(1),1.5\r\n2,"Say ""hi""; you,",1200.25\r\n10,"line\nbreak",');
    expect(text(look, ";")).toContain("1;'=HYPERLINK(1);1,5");
    expect(text(look, "\t").split("\r\n")).toEqual([
      "id\ttitle\tpayout",
      "1\t'=HYPERLINK(1)\t1.5",
      '2\tSay "hi"; you,\t1200.25',
      "10\tline break\t",
    ]);
    const risky = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "\r=1", "|cmd", "%0A"];
    const rows = listOf({ list: risky.map((name) => ({ name })) });
    const lines = extractText({ list: rows, columns: rows.columns, rows: risky.map((_, item) => ({ item })) }, ",");
    for (const line of lines.split("\r\n").slice(1)) expect(line).toMatch(/^"?'/);
  });

  it("sorts long lists as `sort` does", () => {
    const numbers = Array.from({ length: 3_777 }, (_, index) => ({ key: (index * 7_919) % 101, index }));
    const compare = (one: { key: number }, other: { key: number }) => one.key - other.key;
    expect(finish(sorted(numbers, compare))).toEqual([...numbers].sort(compare));
  });
});

describe("pages of a list", () => {
  it("asks every connection how much there is, and leaves the text's lines as they were", () => {
    const query = `query Q($a: ID!) { # nodes { id }
  offers(first: 3) {
    nodes { id conversions { edges { node { id } } } } # }
  }
  viewer { ... on Affiliate { liveOffers { ...Rows } } }
}
fragment Rows on AvailableOfferConnection { nodes { id } }`;
    const asked = withPageInfo(query);
    expect(asked.match(/pageTotal_: totalCount/g)).toHaveLength(3);
    expect(asked.split("\n").map((line) => line.replaceAll(/ pageTotal_.*?endCursor } /g, ""))).toEqual(query.split("\n"));
    expect(withPageInfo("{ not a query")).toBe("{ not a query");
  });

  it("takes its own fields out of the answer and its own errors out of the errors", () => {
    const connection = { nodes: [{ id: "1" }], pageTotal_: 7, pageInfo_: { hasNextPage: true, endCursor: "c" } };
    finish(takePageInfo({ offers: connection }));
    expect(connection).toEqual({ nodes: [{ id: "1" }] });
    expect(pageOf(connection)).toEqual({ totalCount: 7, hasNextPage: true, endCursor: "c" });
    const next = { nodes: [{ id: "2" }], pageTotal_: 7, pageInfo_: { hasNextPage: false, endCursor: "d" } };
    finish(takePageInfo({ offers: next }));
    const both = withNextPage(connection, next);
    expect(both).toEqual({ nodes: [{ id: "1" }, { id: "2" }] });
    expect(pageOf(both)?.hasNextPage).toBe(false);

    const data = { offers: { nodes: [] }, users: null };
    const errors = [{ path: ["offers", "pageTotal_"] }, { path: ["users", "pageInfo_", "hasNextPage"] }, { path: ["other"] }];
    expect(withoutPageInfo(errors, data)).toEqual([{ path: ["other"] }, { path: ["users"] }]);
    const twice = [{ path: ["users", "nodes"] }, { path: ["users", "pageInfo_"] }, { path: ["users", "pageTotal_"] }];
    expect(withoutPageInfo(twice, data)).toEqual([{ path: ["users", "nodes"] }]);
    expect(withoutPageInfo(twice.slice(1), data)).toEqual([{ path: ["users"] }]);
  });

  it("asks for the next page of one list and for nothing else", () => {
    const query = `query A { viewer { __typename } }
query B($status: [OfferStatus!], $search: String, $id: ID!) {
  advertiser(id: $id) { companyName mine: offers(first: 5, filter: { status: $status }) { nodes { ...Named } } }
  offers(filter: { search: $search }) { nodes { id } }
  ...Top
}
fragment Named on Offer { id title }
fragment Unused on Offer { id }
fragment Top on Query { advertiser(id: $id) { id } }`;
    const variables = { status: ["ACTIVE"], search: "x", id: "1" };
    const question = pageQuery({ query, variables, operationName: "B" }, ["advertiser", "mine"], { after: "c", first: 200 });
    expect(question.query.replaceAll(/\s+/g, " ")).toBe(
      'query B($status: [OfferStatus!], $id: ID!) { advertiser(id: $id) { mine: offers(filter: {status: $status}, after: "c", first: 200) { nodes { ...Named } } } } fragment Named on Offer { id title }',
    );
    expect(question.variables).toEqual({ status: ["ACTIVE"], id: "1" });
    expect(question.operationName).toBe("B");
  });

  it("reads on from the start behind a page that was read from the end", () => {
    const query = 'query ($n: Int) { offers(last: $n, before: "b", filter: { search: "x" }) { nodes { id } } }';
    const question = pageQuery({ query, variables: { n: 5 } }, ["offers"], { after: "c", first: undefined });
    expect(question.query.replaceAll(/\s+/g, " ")).toBe(
      'query ($n: Int) { offers(filter: {search: "x"}, after: "c", first: $n) { nodes { id } } }',
    );
    expect(question.variables).toEqual({ n: 5 });
  });
});

describe("the clock of a query's REST calls", () => {
  const call = (startMs: number | undefined, ms: number) => ({
    operation: "GET /3.0/offers",
    status: 200,
    ms,
    source: "network",
    startMs,
  });

  it("tells the waves apart, and how long Affise was waited for", () => {
    const { calls, waves, busyMs } = timelineOf([call(60, 20), call(0, 50), call(2, 40), call(undefined, 1), call(-10, 5)]);
    expect(calls.map(({ startMs, wave }) => [startMs, wave])).toEqual([
      [0, 1],
      [0, 2],
      [2, 2],
      [60, 3],
      [undefined, undefined],
    ]);
    expect(waves).toBe(3);
    expect(busyMs).toBe(70);
  });
});
