import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { extractText } from "../../playground/src/table/table-export.js";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, takeKey, textIn } from "./browser.js";

const query = "{ offers { nodes { id title } } }";

/** Answers that a proxy before the server may give, and what is said of them. */
const noAnswers: [string, number, RegExp][] = [
  ["<html>Bad Gateway", 200, /answered 200 and no JSON/],
  ["", 200, /answered 200 and no JSON/],
  ...["null", "[]", '"x"', "5", "{}", '{"ok":true}', '{"errors":[]}', '{"errors":"no"}', '{"errors":[null]}'].map(
    (body): [string, number, RegExp] => [body, 200, /answered 200 and no GraphQL/],
  ),
  ['{"data":{"a":1},"errors":[{"message":{"a":1}}]}', 200, /answered 200 and no GraphQL/],
];

describe.skipIf(!chromiumPath)("answers that nobody expects", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  let body = "";
  let status = 200;
  let asked = 0;
  const complaints: string[] = [];

  const answer = () => textIn(page, "response.json");

  const show = (view: string) => page.locator(".views").getByRole("button", { name: view, exact: true }).click();

  /** Runs the query, and has something else than the server answer. */
  const run = async (text: string, code = 200) => {
    [body, status] = [text, code];
    const before = asked;
    await page.locator(".graphiql-execute-button").click();
    await expect.poll(() => asked).toBeGreaterThan(before);
    await page.getByRole("button", { name: /^Execute query/ }).waitFor();
  };

  const rows = (nodes: unknown[]) => JSON.stringify({ data: { offers: { nodes } } });

  const day = (earnings: number | null, at: number) => ({ slice: { day: `2026-01-0${at + 1}` }, earnings, ctr: earnings });

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({ offers: 5, affiliates: 5, conversions: 5 }, { playground: { sandbox: true, sampleKeys } });
    // West of Greenwich midnight of a day in UTC is the day before.
    page = await openPage(addressOf(world.server.http), complaints, { timezoneId: "America/Los_Angeles" });
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(async () => {
    complaints.length = 0;
    await openAnew(page);
    await takeKey(page);
    await page.goto(`${addressOf(world.server.http)}/#${new URLSearchParams({ query })}`);
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    await page.route("**/graphql", (route) => {
      const isOurs =
        route.request().postData()?.includes("nodes { id title") && !route.request().headers()["x-affise-cost"]?.includes("plan");
      if (!isOurs) return route.continue();
      asked += 1;
      return route.fulfill({ status, contentType: "application/json", body });
    });
  });

  it.each(noAnswers)("says in words that %s is no answer", async (text, code, words) => {
    await run(text, code);
    await expect.poll(answer).toMatch(words);
    await page.locator(".hint").waitFor();
    expect(complaints).toEqual([]);
  });

  it("says that the server has gone in the middle of its answer", async () => {
    await page.unroute("**/graphql");
    await page.evaluate(() => {
      const asIs = window.fetch;
      window.fetch = async (...given) => {
        const response = await asIs(...given);
        Object.defineProperty(response, "text", { value: () => Promise.reject(new TypeError("network error")) });
        return response;
      };
    });
    await page.locator(".graphiql-execute-button").click();
    await expect.poll(answer).toMatch(/The server cannot be reached/);
  });

  it("draws what is below nothing below the line of nothing, and leaves out what is not known", async () => {
    await run(rows([-5, 10, null, -20, 7].map(day)));
    await show("Chart");
    const line = (name: string) => page.locator("figure.line").filter({ hasText: new RegExp(`^${name}`) });
    await line("earnings").locator(".curve").waitFor();
    const heights = async (name: string) => {
      const all = await line(name)
        .locator(".curve")
        .evaluateAll((curves) => curves.map((one) => one.getAttribute("points") ?? ""));
      return all.map((points) => points.split(" ").map((point) => Number(point.split(",")[1])));
    };
    const [money = []] = await heights("earnings");
    expect([...money.keys()].sort((left, right) => (money[left] ?? 0) - (money[right] ?? 0))).toEqual([1, 4, 2, 0, 3]);
    expect((await heights("ctr")).map(({ length }) => length)).toEqual([2, 2]);
    expect(complaints).toEqual([]);
  });

  it("draws each day under its own date, weeks as time, and the turn of a month or year as it came", async () => {
    const ticks = () => page.locator(".line").first().locator(".tick[text-anchor=middle], .tick[y='195']").allTextContents();
    const drawn: [object[], string[]][] = [
      [
        [{ date: "2026-02-28" }, { date: "2026-03-01" }],
        ["Feb 28", "Mar 1"],
      ],
      [
        [{ day: 30 }, { day: 31 }, { day: 1 }],
        ["30", "31", "1"],
      ],
      [
        [{ month: 12 }, { month: 1 }],
        ["12", "1"],
      ],
      [
        [{ day: 31 }, { day: 2 }],
        ["2", "31"],
      ],
      [
        [
          { year: 2026, week: 9 },
          { year: 2026, week: 10 },
        ],
        ["2026-9", "2026-10"],
      ],
    ];
    for (const [slices, labels] of drawn) {
      await run(rows(slices.map((slice, at) => ({ slice, clicks: at + 1 }))));
      await show("Chart");
      await expect.poll(ticks).toEqual(labels);
      expect(await page.locator("figure.line").count()).toBe(1);
    }
  });

  it.each(["0000-00-00", "2026-02-31", "9999-99-99"])("draws rows of a day that no calendar has: %s", async (none) => {
    const days = ["2026-01-01", none].sort();
    await run(rows(days.map((date, clicks) => ({ date, slice: { day: date }, clicks }))));
    await show("Chart");
    await expect.poll(() => page.locator(".line .tick").allTextContents()).toContain(none);
    await page.locator(".chart-choice select").selectOption("date");
    await expect.poll(() => page.locator(".bar-label").allTextContents()).toEqual(days);
    expect(complaints).toEqual([]);
  });

  it("shows bars, the Run button and what is pressed where the system forces its colours", async () => {
    await run(
      rows([
        { title: "one", clicks: 5 },
        { title: "two", clicks: 7 },
      ]),
    );
    await show("Chart");
    await page.emulateMedia({ forcedColors: "active" });
    const ground = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => getComputedStyle(one).backgroundColor);
    const canvas = await ground("body");
    for (const selector of [".bar", ".graphiql-execute-button", ".views [aria-pressed=true]", ".sample-keys [aria-pressed=true]"])
      await expect
        .poll(() => ground(selector))
        .not.toMatch(new RegExp(`^rgba\\(.*, 0\\)$|^${canvas.replaceAll(/[()]/g, "\\$&")}$`));
    await page.emulateMedia({ forcedColors: "none" });
  });

  it("loses neither page nor query where a view cannot be drawn", async () => {
    await run(rows([day(1, 0), day(2, 1)]));
    await page.evaluate(() => {
      Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
        get: () => {
          throw new Error("not today");
        },
      });
    });
    await show("Chart");
    await page.getByText("This answer cannot be shown as a chart").waitFor();
    await show("JSON");
    await page.locator(".json-tree").waitFor();
    expect(await textIn(page, "operation.graphql")).toBe(query);
  });
});

it("gives a spreadsheet no quotation mark to open with, which would take in the cells behind it", () => {
  const column = (path: string) => ({ path, parts: [path], nest: undefined });
  const columns = [column("title"), column("id")];
  const items = [
    { title: '"Best" offer', id: "1" },
    { title: '"', id: "2" },
    { title: 'a "b"', id: "3" },
  ];
  const list = { path: ["offers"], items, connection: undefined, columns, nests: [], cut: new Map() };
  const text = extractText({ list, columns, rows: items.map((_, item) => ({ item })) }, "\t");
  expect(text.split("\r\n")).toEqual(["title\tid", '"""Best"" offer"\t1', '""""\t2', 'a "b"\t3']);
});
