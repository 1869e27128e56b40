import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Change, listIn, lists, openLists, placeOf, without, withTotals } from "./paged-list.js";

const { world, ask, behind } = await openLists();
afterAll(() => world.close());

/** How Affise may say in `next_page` that there is none. */
const noPage: unknown[] = [null, false, 0, "0", "", []];

const untold = without("total_count", "total", "all_items");

describe.each(lists.map((list) => [list.field, list] as const))("%s", (_field, list) => {
  let whole: unknown[];
  beforeAll(async () => {
    whole = listIn(await ask(list, 10_000), list).nodes;
  });

  /** A request for a page behind the list's end, asked for its last page instead; as it is where it asks for another. */
  const lastInstead = (url: URL) => {
    const { searchParams } = url;
    const limit = Number(searchParams.get("limit"));
    const end = Math.ceil(whole.length / limit);
    if (Number(searchParams.get("page") ?? 0) > end) searchParams.set("page", String(end));
    if (Number(searchParams.get("skip") ?? 0) >= end * limit) searchParams.set("skip", String((end - 1) * limit));
    return url;
  };

  const behindItsEnd: [string, Change][] = [
    ["its last page again", { reask: lastInstead }],
    [
      "404",
      {
        intercept: (_, url) =>
          url.href === lastInstead(new URL(url)).href
            ? undefined
            : (response) => response.writeHead(404).end(JSON.stringify({ status: 2, message: "Resource Not Found" })),
      },
    ],
  ];

  test.each(behindItsEnd)("%s behind its end is the end", async (_what, change) => {
    for (const rewrite of [withTotals(whole.length + 40), untold]) {
      await behind(list, { ...change, rewrite }, async () => {
        const { nodes, pageInfo, totalCount } = listIn(await ask(list, Math.min(10_000, whole.length + 40)), list);
        expect(nodes).toEqual(whole);
        expect(pageInfo.hasNextPage).toBe(false);
        if (change.reask && whole.length < 500) expect([whole.length, null]).toContain(totalCount);
      });
    }
  });

  test("what names no next page ends it", async () => {
    const first = whole.slice(0, 15);
    for (const nothing of noPage) {
      const rewrite = (answer: Answer) => {
        const [holder] = placeOf(untold(answer));
        holder.pagination = { next_page: nothing };
        return answer;
      };
      await behind(list, { rewrite }, async () => {
        const { nodes, pageInfo } = listIn(await ask(list, first.length), list);
        expect({ nothing, nodes, more: pageInfo.hasNextPage }).toEqual({ nothing, nodes: first, more: false });
      });
    }
  });
});
