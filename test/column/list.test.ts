import { getNamedType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bareSchema } from "../../src/sdl.js";
import { type Answer, type List, listIn, lists, openLists, type Read, without, withRows, withTotals } from "./paged-list.js";

const { world, ask, askPage, behind } = await openLists();
afterAll(() => world.close());

/** Every second key is missing, as PHP prints a list that was filtered. */
const asMap = withRows((rows) => Object.fromEntries(rows.map((row, index) => [2 * index + 1, row])));

/** Gives three rows a page, whatever is asked for. */
const cut = (url: URL) => {
  const limit = Number(url.searchParams.get("limit"));
  if (limit > 3) url.searchParams.set("limit", "3");
  return url;
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
    await behind(list, { rewrite: withTotals(0) }, async () => {
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
