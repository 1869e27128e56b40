import { getNamedType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bareSchema } from "../../src/sdl.js";
import { openProxied } from "../world/proxied.js";
import type { Proxy } from "../world/proxy.js";
import type { Reply, World } from "../world/world.js";
import { days, week } from "./column-case.js";

interface List {
  field: string;
  args?: string;
  /** Columns of the row itself, no joins. */
  row: string;
  operation: string;
  /** The kind of caller under whose `viewer` the list stands. */
  inside?: "Affiliate" | "Advertiser";
  key?: string;
}

const figures = "slice { day } figures { clicks }";
const asAffiliate = { inside: "Affiliate", key: "sandbox-affiliate" } as const;

/** Every list of the schema that is read page by page. */
const lists: List[] = [
  { field: "offers", row: "id title", operation: "GET /3.0/offers" },
  { field: "affiliates", row: "id email", operation: "GET /3.0/admin/partners" },
  { field: "advertisers", row: "id companyName", operation: "GET /3.0/admin/advertisers" },
  { field: "users", row: "id email", operation: "GET /3.0/admin/users" },
  { field: "categories", row: "id title", operation: "GET /3.0/offer/categories" },
  { field: "presets", row: "id name", operation: "GET /3.1/presets" },
  { field: "tickets", row: "id status", operation: "GET /3.0/admin/tickets" },
  { field: "conversions", row: "id status", operation: "GET /3.0/stats/conversions" },
  { field: "clicks", args: week, row: "id", operation: "GET /3.0/stats/clicks", key: "sandbox-affiliate-manager" },
  { field: "payments", row: "id", operation: "GET /3.1/payments" },
  { field: "invoices", row: "id", operation: "GET /3.0/admin/advertiser-invoices" },
  { field: "promocodes", row: "id code", operation: "GET /3.1/offers/promocodes" },
  { field: "adCosts", args: 'offerId: "1"', row: "date amount", operation: "GET /3.1/adcosts" },
  { field: "postbacks", args: 'affiliateId: "1"', row: "id url", operation: "GET /3.0/admin/postbacks" },
  { field: "receivedPostbacks", args: days, row: "id", operation: "GET /3.0/stats/serverpostbacks" },
  { field: "sentPostbacks", args: days, row: "id", operation: "GET /3.0/stats/affiliatepostbacks" },
  { field: "statistics", args: `${days}, by: [DAY]`, row: figures, operation: "GET /3.0/stats/custom" },
  { field: "report", args: `${days}, kind: OFFER`, row: figures, operation: "GET /3.0/stats/getbyprogram" },
  {
    field: "appsflyerStatistics",
    args: `${days}, by: [DATE]`,
    row: "slice { date }",
    operation: "GET /3.0/appsflyer_stats/getbyslice",
  },
  {
    field: "timeToAction",
    args: `${days}, offerId: "1", timezone: "UTC"`,
    row: "conversions",
    operation: "GET /3.0/stats/time-to-action",
  },
  { field: "referralPayments", args: days, row: "amount", operation: "GET /3.0/stats/getreferralpayments" },
  { field: "kpiRules", row: "id", operation: "GET /3.1/automation/kpi" },
  { field: "kpiRuleChanges", args: days, row: "createdAt ruleId", operation: "GET /3.1/automation/kpi/change-logs" },
  { field: "kpiBlocks", args: days, row: "createdAt offerId", operation: "GET /3.1/automation/kpi/block-logs" },
  { field: "crAndSubBlocks", args: days, row: "createdAt offerId", operation: "GET /3.1/automation/cr-and-sub/block-logs" },
  { ...asAffiliate, field: "news", row: "id", operation: "GET /3.0/news" },
  { ...asAffiliate, field: "availableOffers", row: "id", operation: "GET /3.0/partner/offers" },
  { ...asAffiliate, field: "liveOffers", row: "id", operation: "GET /3.0/partner/live-offers" },
  {
    ...asAffiliate,
    field: "subValues",
    args: 'filter: { subs: { number: 1, value: "s" } }',
    row: "subs { number value }",
    operation: "GET /3.0/stats/find-subs",
  },
  {
    inside: "Advertiser",
    key: "sandbox-advertiser",
    field: "ownOffers",
    row: "offerId",
    operation: "GET /3.1/advertiser/offers",
  },
];

type Answer = Record<string, unknown>;
type Rows = readonly Record<string, unknown>[];

/** What holds the rows of an answer, and under which name. */
const placeOf = (answer: Answer): [Answer, string] => {
  const inner = answer.data as Answer | undefined;
  const holder = inner && !Array.isArray(inner) ? inner : answer;
  const found = Object.keys(holder).find((name) => Array.isArray(holder[name]) || name === "items");
  if (!found) throw new Error(`no list in ${Object.keys(holder).join(", ")}`);
  return [holder, found];
};

const withRows = (change: (rows: Rows) => unknown) => (answer: Answer) => {
  const [holder, name] = placeOf(answer);
  holder[name] = change(Object.values(holder[name] as object));
  return answer;
};

const without =
  (...names: string[]) =>
  (answer: Answer) => {
    for (const part of [answer, answer.data, answer.pagination])
      for (const name of names) delete (part as Answer | undefined)?.[name];
    return answer;
  };

/** Every second key is missing, as PHP prints a list that was filtered. */
const asMap = withRows((rows) => Object.fromEntries(rows.map((row, index) => [2 * index + 1, row])));

/** Gives three rows a page, whatever is asked for. */
const cut = (url: URL) => {
  const limit = Number(url.searchParams.get("limit"));
  if (limit > 3) url.searchParams.set("limit", "3");
  return url;
};

let proxy: Proxy;
let world: World;
beforeAll(async () => {
  const small = { offers: 12, affiliates: 40, advertisers: 4, conversions: 1_500, now: new Date("2026-03-01T12:00:00Z") };
  ({ world, proxy } = await openProxied(small));
});
afterAll(() => world.close());

interface Read {
  totalCount: number | null;
  nodes: unknown[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const askPage = ({ field, args = "", row, inside, key }: List, page: string): Promise<Reply> => {
  const shown = `totalCount nodes { ${row} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
  const list = `list: ${field}(${page}${args && `, ${args}`}) { ${shown} }`;
  return world.ask(inside ? `{ viewer { ... on ${inside} { ${list} } } }` : `{ ${list} }`, { key });
};

const ask = (list: List, first: number, after: string | null = null): Promise<Reply> =>
  askPage(list, `first: ${first}, after: ${JSON.stringify(after)}`);

const listIn = ({ data, errors }: Reply, { inside }: List): Read => {
  expect(errors).toBeUndefined();
  const holder = inside ? (data.viewer as Record<string, unknown>) : data;
  return holder.list as Read;
};

/** Reads a list behind a changed upstream; the list's own operation is changed and nothing else. */
const behind = async <T>(
  { operation }: List,
  change: { rewrite?: (answer: Answer, url: URL) => unknown; reask?: (url: URL) => URL },
  read: () => Promise<T>,
): Promise<T> => {
  const path = operation.slice("GET ".length);
  proxy.rewrite = change.rewrite
    ? (at, url) => (at === operation ? (answer) => change.rewrite?.(answer as Answer, url) : undefined)
    : undefined;
  proxy.reask = change.reask ? (url) => (url.pathname === path ? (change.reask?.(url) ?? url) : url) : undefined;
  try {
    return await read();
  } finally {
    proxy.rewrite = undefined;
    proxy.reask = undefined;
  }
};

/** Asks on from cursor to cursor, as a client does that wants the whole list, or its first rows. */
const walked = async (list: List, first: number, most: number): Promise<unknown[]> => {
  const rows: unknown[] = [];
  let after: string | null = null;
  for (let asks = 0; asks < 60; asks += 1) {
    const { nodes, pageInfo }: Read = listIn(await ask(list, first, after), list);
    rows.push(...nodes);
    if (!pageInfo.hasNextPage || rows.length >= most) return rows.slice(0, most);
    expect(pageInfo.endCursor).not.toBeNull();
    expect(pageInfo.endCursor).not.toBe(after);
    after = pageInfo.endCursor;
  }
  throw new Error(`${list.field} has no end`);
};

/** Asks back from the end, cursor by cursor, for the last rows. */
const walkedBack = async (list: List, last: number, most: number): Promise<unknown[]> => {
  const rows: unknown[] = [];
  let before: string | null = null;
  for (let asks = 0; asks < 60; asks += 1) {
    const { nodes, pageInfo }: Read = listIn(await askPage(list, `last: ${last}, before: ${JSON.stringify(before)}`), list);
    expect(pageInfo.hasNextPage).toBe(before !== null);
    rows.unshift(...nodes);
    if (!pageInfo.hasPreviousPage || rows.length >= most) return rows.slice(-most);
    expect(pageInfo.startCursor).not.toBeNull();
    expect(pageInfo.startCursor).not.toBe(before);
    before = pageInfo.startCursor;
  }
  throw new Error(`${list.field} has no beginning`);
};

/** This list tells no total by contract and is asked for its own default, so a page that is smaller is its end. */
const endsShort = new Set(["presets"]);

const named = lists.map((list) => [list.field, list] as const);
const rowsWanted = 15;

describe.each(named)("%s", (_field, list) => {
  let plain: Read;
  let whole: unknown[];
  beforeAll(async () => {
    plain = listIn(await ask(list, rowsWanted), list);
    expect(plain.nodes.length).toBeGreaterThan(0);
    whole = listIn(await ask(list, 10_000), list).nodes;
  });

  const sameRows: [string, { rewrite?: (answer: Answer) => Answer; reask?: (url: URL) => URL }][] = [
    ["a map in place of the list", { rewrite: asMap }],
    ["three rows a page, and it says so", { reask: cut }],
    ["three rows a page, and it does not say so", { reask: cut, rewrite: without("per_page", "limit") }],
    ["no totals", { rewrite: without("total_count", "total", "all_items") }],
    ["no pagination", { rewrite: without("pagination", "total_count", "all_items") }],
    ["no pagination, three rows a page", { reask: cut, rewrite: without("pagination", "total_count", "all_items") }],
  ];

  test.each(sameRows.filter(([, { reask }]) => !(reask && endsShort.has(list.field))))(
    "%s: the same rows",
    async (_what, change) => {
      await behind(list, change, async () => {
        const found = listIn(await ask(list, rowsWanted), list);
        expect(found.nodes).toEqual(plain.nodes);
        expect(found.pageInfo).toEqual(plain.pageInfo);
        if (found.totalCount !== null) expect(found.totalCount).toBe(plain.totalCount);
      });
    },
  );

  test.each([["as it is", {}] as const, ...sameRows.filter(([, { reask }]) => !(reask && endsShort.has(list.field)))])(
    "%s: its last rows, walked back",
    async (what, change) => {
      // A list that tells nothing is read to its end, in more calls than one operation may make.
      const isEndless = what === "no pagination, three rows a page" && whole.length > 200;
      await behind(list, change, async () => {
        if (!isEndless) expect(await walkedBack(list, 7, 40)).toEqual(whole.slice(-40));
        else expect((await askPage(list, "last: 7")).errors?.[0]?.extensions.code).toBe("QUERY_TOO_EXPENSIVE");
      });
    },
  );

  test("its pages, cut or not, are walked to the end", async () => {
    await behind(list, endsShort.has(list.field) ? {} : { reask: cut }, async () => {
      expect(await walked(list, 7, 40)).toEqual(whole.slice(0, 40));
    });
  });

  test("a total that its own rows contradict is none, also where it alone is asked for", async () => {
    const none = (answer: Answer) => {
      for (const holder of [answer, answer.pagination as Answer | undefined])
        for (const name of ["total_count", "total", "all_items"]) if (holder && name in holder) holder[name] = 0;
      return answer;
    };
    await behind(list, { rewrite: none }, async () => {
      const alone = `list: ${list.field}(${list.args ? `${list.args}, ` : ""}first: 3) { totalCount }`;
      const reply = await world.ask(list.inside ? `{ viewer { ... on ${list.inside} { ${alone} } } }` : `{ ${alone} }`, {
        key: list.key,
      });
      expect(listIn(reply, list).totalCount).not.toBe(0);
    });
  });

  test("one row alone in place of the list", async () => {
    const single = withRows(([row]) => row);
    const rewrite = (answer: Answer) => without("pagination", "total_count", "all_items")(single(answer));
    await behind(list, { rewrite }, async () => {
      expect(listIn(await ask(list, rowsWanted), list).nodes).toEqual(plain.nodes.slice(0, 1));
    });
  });

  test.each<[string, (answer: Answer) => unknown]>([
    ["null", withRows(() => null)],
    ["a text", withRows(() => "none")],
    ["a number", withRows(() => 7)],
    ["a list of texts", withRows(() => ["a", "b"])],
    ["nothing", (answer) => (({ status }) => ({ status }))(answer)],
    ["an empty list as the whole answer", () => []],
    ["null and no pagination", (answer) => without("pagination")(withRows(() => null)(answer) as Answer)],
  ])("%s in its place is Affise's failure, in words", async (_what, rewrite) => {
    const { errors } = await behind(list, { rewrite }, () => ask(list, rowsWanted));
    expect(errors?.length).toBeGreaterThan(0);
    for (const { message, extensions } of errors ?? []) {
      expect(extensions).toMatchObject({ code: "UPSTREAM_FAILED", operation: list.operation });
      expect(message).not.toMatch(/undefined|not a function|TypeError/);
    }
  });
});

test("every list of the schema is here", () => {
  const schema = bareSchema();
  const connections = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type)
      ? Object.values(type.getFields()).filter((field) => /Connection$/.test(getNamedType(field.type).name))
      : [];
  };
  const missing = connections("Query").filter(({ name }) => !lists.some(({ field }) => field === name));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
