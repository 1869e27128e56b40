import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, textIn } from "./browser.js";

const few = { offers: 30, affiliates: 5, advertisers: 5, conversions: 50 };

describe.skipIf(!chromiumPath)("changes on a real network", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  let host: string;
  const complaints: string[] = [];

  const writes = () =>
    Object.entries(world.sandbox.calls())
      .filter(([operation]) => /^(POST|PUT|PATCH|DELETE) /.test(operation))
      .reduce((sum, [, times]) => sum + times, 0);

  const dialog = () => page.getByRole("dialog");

  const openMutation = async (ids = '["1", "2"]') => {
    await page.locator(".example", { has: page.getByText("Pause these offers", { exact: true }) }).click();
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/mutation PauseOffers/);
    await page.evaluate((offerIds) => {
      for (const model of __MONACO.editor.getModels()) {
        if (model.uri.path.endsWith("variables.json")) model.setValue(`{ "offerIds": ${offerIds} }`);
      }
    }, ids);
    await page.locator(".graphiql-execute-button").click();
  };

  beforeAll(async () => {
    await buildPage();
    world = await openWorld(few);
    host = new URL(world.upstream).host;
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(async () => {
    complaints.length = 0;
    await openAnew(page);
    await page.getByLabel("API key").fill("sandbox-general-manager");
    await page.getByRole("button", { name: "Use key" }).click();
    await page.locator(".identity").waitFor();
  });

  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  it("names the network in the header and in the title", async () => {
    await expect.poll(() => page.title()).toBe(`${host} · affise-graphql`);
    expect(await page.locator(".header .tag.real").textContent()).toBe(host);
  });

  it("meets a wrong key with where the right one is", async () => {
    await page.getByRole("button", { name: "Use another key" }).click();
    await page.getByLabel("API key").fill("not-a-key-of-anyone");
    await page.getByRole("button", { name: "Use key" }).click();
    await expect
      .poll(() => page.locator(".refusal").textContent())
      .toMatch(/This network does not know the key.*Settings → Security.*Tracking domains → Default URLs/s);
  });

  it("asks before a change, naming network, key and items, and sends nothing until it is told to", async () => {
    const before = writes();
    await openMutation();
    await dialog().waitFor();
    const { data } = await world.ask(`{ offers(filter: { ids: ["1", "2"] }) { nodes { title } } }`);
    const titles = (data as { offers: { nodes: { title: string }[] } }).offers.nodes.map(({ title }) => title);
    expect(titles.length).toBe(2);
    for (const title of titles) await expect.poll(() => dialog().textContent()).toContain(title);
    const text = (await dialog().textContent()) ?? "";
    expect(text).toContain(`Change ${host}?`);
    expect(text).toContain("General manager");
    expect(text).toContain("updateOffers");
    expect(text).toMatch(/STOPPED|PAUSED|SUSPENDED/);
    expect(writes()).toBe(before);

    await page.keyboard.press("Escape");
    await expect.poll(() => textIn(page, "response.json")).toMatch(/Nothing was sent/);
    expect(await page.locator(".hint-docs").count()).toBe(0);
    expect(writes()).toBe(before);

    await page.locator(".graphiql-execute-button").click();
    await dialog()
      .getByRole("button", { name: `Change ${host}` })
      .click();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"updateOffers"/);
    expect(writes()).toBeGreaterThan(before);
  });

  it("says of an id that there is nothing under it, and that it would not be sent", async () => {
    await openMutation('["1", "987654"]');
    await expect.poll(() => dialog().locator(".change-value").first().textContent()).toBe("987654 no offer that this key sees");
    await expect.poll(() => dialog().textContent()).toMatch(/987654 would not be sent: There is no offer 987654/);
    await page.keyboard.press("Escape");
  });

  it("changes nothing while it is read-only", async () => {
    await page.getByLabel("Read-only").check();
    const before = writes();
    await openMutation();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/read-only for/);
    await page.reload();
    expect(await page.getByLabel("Read-only").isChecked()).toBe(true);
    expect(writes()).toBe(before);
  });

  it("shows what a dry run would send, before and instead of the change", async () => {
    world.sandbox.reset();
    let dryRuns = 0;
    page.on("request", (request) => {
      if (request.headers()["x-affise-dry-run"] === "1") dryRuns += 1;
    });
    const before = writes();
    await openMutation();
    await expect
      .poll(() => dialog().textContent())
      .toMatch(/would be sent.*Offer 2.*status [A-Z]+ → [A-Z]+.*mass-update.*offer_id/s);
    await dialog().getByRole("button", { name: "Dry run" }).click();
    await expect
      .poll(() => page.locator(".dry-run").textContent())
      .toMatch(/nothing was changed.*status [A-Z]+ → [A-Z]+.*mass-update/s);
    expect(writes()).toBe(before);
    await page.locator(".query-actions").getByRole("button", { name: "Dry run" }).click();
    await expect.poll(() => dryRuns).toBe(3);
    // A dry run that could not be sent leaves nothing behind: the next run asks as ever.
    await page.evaluate(() => {
      for (const model of __MONACO.editor.getModels()) if (model.uri.path.endsWith("variables.json")) model.setValue("{ x");
    });
    await page.locator(".query-actions").getByRole("button", { name: "Dry run" }).click();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/Variables are invalid JSON/);
    await openMutation();
    await dialog().waitFor();
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator(".query-actions").getByText("Dry run").isVisible()).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await dialog().count()).toBe(0);
    expect(writes()).toBe(before);
  });

  it("tells of each item what became of it, the unknown ones first", async () => {
    const results = [
      { offerId: "1", outcome: "DONE", offer: { title: "One" }, error: null },
      { offerId: "2", outcome: "UNKNOWN", offer: null, error: { message: "Affise did not answer in time." } },
      { offerId: "3", outcome: "REFUSED", offer: null, error: { message: "Affise does not know this offer." } },
    ];
    await page.route("**/graphql", (route) =>
      /mutation PauseOffers/.test(route.request().postData() ?? "")
        ? route.fulfill({ json: { data: { updateOffers: { results } } } })
        : route.continue(),
    );
    await openMutation();
    await dialog()
      .getByRole("button", { name: `Change ${host}` })
      .click();
    await page.locator(".outcomes").waitFor();
    const groups = await page.locator(".outcome").allTextContents();
    expect(groups.map((text) => text.match(/^\d \w+/)?.[0])).toEqual(["1 unknown", "1 refused", "1 done"]);
    expect(groups[0]).toMatch(/May have been carried out.*2.*did not answer in time/s);
    expect(groups[1]).toMatch(/nothing was changed.*3.*does not know/s);
    expect(groups[2]).toMatch(/Carried out.*1/s);
  });

  it("does not ask before a query", async () => {
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"data"/);
    expect(await dialog().count()).toBe(0);
  });
});
