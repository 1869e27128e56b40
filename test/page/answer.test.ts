import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Example } from "../../playground/src/example/shape.js";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, takeKey, textIn } from "./browser.js";
import { runs } from "./full-data.js";

describe.skipIf(!chromiumPath)("answers in the page", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({}, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  const open = async ({ title, query }: Example) => {
    await page.locator(".example", { has: page.getByText(title, { exact: true }) }).click();
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    await expect.poll(() => textIn(page, "response.json"), { timeout: 15_000 }).toMatch(/^\{/);
  };

  /** Runs a query of our own. */
  const ask = async (query: string) => {
    await page.evaluate((text) => {
      const models = __MONACO.editor.getModels();
      models.find(({ uri }) => uri.path.endsWith("variables.json"))?.setValue("");
      models.find(({ uri }) => uri.path.endsWith("operation.graphql"))?.setValue(text);
    }, query);
    const sent = page.waitForRequest((request) =>
      JSON.stringify(request.postDataJSON() ?? "").includes(/\w+/.exec(query)?.[0] ?? query),
    );
    await page.locator(".graphiql-execute-button").click();
    await sent;
  };

  const show = (view: string) =>
    page.getByRole("group", { name: "How to show the answer" }).getByRole("button", { name: view }).click();

  const extent = () =>
    page
      .locator(".completeness strong")
      .textContent({ timeout: 2_000 })
      .catch(() => "");

  it("reads a list on, page by page and to its end, without a change of the query", async () => {
    await takeKey(page, "General manager");
    const example = runs.find(([title]) => title === "Active offers and their caps")?.[3] as Example;
    await open(example);
    await expect.poll(extent).toMatch(/^50 of \d+ offers$/);
    const total = Number((await extent())?.split(" ")[2]);
    await page.getByRole("button", { name: "Next page" }).click();
    await expect.poll(extent).toBe(`100 of ${total} offers`);
    await page.getByRole("button", { name: /^Load all \(about \d+ REST calls?\)/ }).click();
    await expect.poll(extent).toBe(`All ${total} offers`);
    expect(await textIn(page, "operation.graphql")).toBe(example.query);
    const { data } = JSON.parse(await textIn(page, "response.json")) as { data: { offers: { nodes: { id: string }[] } } };
    expect(new Set(data.offers.nodes.map(({ id }) => id)).size).toBe(total);
    expect(JSON.stringify(data)).not.toMatch(/pageTotal_|pageInfo_/);
    expect(complaints).toEqual([]);
  });

  it("shows an error as the server gave it", async () => {
    await takeKey(page, "Advertiser");
    await ask("{ affiliates { nodes { id } } }");
    await expect.poll(() => textIn(page, "response.json"), { timeout: 15_000 }).toMatch(/"affiliates": null/);
    const { errors } = JSON.parse(await textIn(page, "response.json")) as { errors: { path: string[] }[] };
    expect(errors.map(({ path }) => path)).toEqual([["affiliates"]]);
    await page.locator(".hint").waitFor();
    await takeKey(page, "General manager");
  });

  it("shows what cannot be drawn as a table, until somebody asks for its chart", async () => {
    await open(runs.find(([title]) => title === "Top affiliates this month")?.[3] as Example);
    await page.locator(".chart-view .bar").first().waitFor();
    await ask("{ offers(first: 1) { nodes { id title } } }");
    await page.locator(".table-view").waitFor();
    await show("Chart");
    await page.getByText("There is nothing to draw here").waitFor();
    await ask("{ offers(first: 3) { nodes { title payouts { payout } } } }");
    await page.locator(".chart-view .bar").first().waitFor();
    await show("Table");
  });

  it("draws the rows of the window only, of an answer of 10,000", async () => {
    const from = new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10);
    await ask(`{ conversions(first: 10000, from: "${from}") { nodes { id createdAt status payout currency } } }`);
    await expect.poll(extent, { timeout: 60_000 }).toMatch(/^10,000 of [\d,]+ conversions$/);
    await page.getByRole("button", { name: /^payout/ }).click();
    await expect.poll(() => page.locator("th[aria-sort=descending]").count()).toBe(1);
    const rows = page.locator(".table-view tbody tr[aria-rowindex]");
    expect(await rows.count()).toBeLessThan(120);
    expect(await page.locator(".table-view table").getAttribute("aria-rowcount")).toBe("10002");
    await page.locator(".table-view").evaluate((box) => box.scrollTo(0, 200_000));
    await expect.poll(() => rows.first().getAttribute("aria-rowindex").then(Number)).toBeGreaterThan(5_000);
    expect(await rows.count()).toBeLessThan(120);
    // Paper has all of them, and nothing of the page around.
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".printed tbody tr:not(.printed-sums)").count()).toBe(10_000);
    expect(await page.locator("#root").isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.locator(".printed").waitFor({ state: "detached" });
    await page.emulateMedia({ media: "screen" });
    await page.getByLabel("Filter status").fill("declined");
    await expect.poll(() => page.locator(".completeness").textContent()).toMatch(/ rows fit the filter/);
    for (const text of await page.locator(".table-view tbody tr[aria-rowindex] td:nth-child(3)").allInnerTexts())
      expect(text).toBe("DECLINED");
    await show("JSON");
    await page.locator(".json-count", { hasText: "10000" }).waitFor();
    expect(await page.locator(".json-line").count()).toBeLessThan(120);
    await show("Text");
    const line = page.locator(".graphiql-response .view-line");
    await line.filter({ hasText: "createdAt" }).first().waitFor();
    expect(await line.locator("[class*=bracket-highlighting]").count()).toBe(0);
    expect(JSON.parse(await textIn(page, "response.json")).data.conversions.nodes.length).toBe(10_000);
    expect(complaints).toEqual([]);
  });
});
