import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, takeKey } from "./browser.js";

describe.skipIf(!chromiumPath)("what a query costs, in the page", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const complaints: string[] = [];

  const write = (query: string) =>
    page.evaluate(
      (text) =>
        __MONACO.editor
          .getModels()
          .find(({ uri }) => uri.path.endsWith("operation.graphql"))
          ?.setValue(text),
      query,
    );

  const ahead = () => page.locator(".cost-ahead summary");

  const told = async () => {
    const calls = await page.locator(".cost-calls li").allInnerTexts();
    return calls.map((text) => text.replaceAll(/\s+/g, " "));
  };

  beforeAll(async () => {
    await buildPage();
    const sizes = { offers: 60, affiliates: 10, advertisers: 5, conversions: 50 };
    world = await openWorld(sizes, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    page = await openPage(addressOf(world.server.http), complaints);
    await takeKey(page);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  it("is told before it runs, and nothing is asked of the network for that", async () => {
    const before = world.sandbox.calls();
    await write("{ offers(first: 20) { nodes { id capsTimezone } } }");
    await expect.poll(() => ahead().textContent()).toBe("Up to 21 REST calls");
    await ahead().click();
    expect(await told()).toEqual(["GET /3.0/offers 1 ×", "GET /3.0/offer/{id} 20 ×"]);
    expect(await page.locator(".cost-ahead .popover-body").textContent()).toMatch(
      /20 rows and 21 REST calls at the most.*cost of 230/,
    );
    expect(world.sandbox.calls()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it("is told of a change, which is not carried out", async () => {
    const before = world.sandbox.calls();
    await write("mutation { updateOffers(input: { changes: [{ offerIds: [3], status: STOPPED }] }) { results { outcome } } }");
    await expect.poll(() => page.locator(".cost-ahead").textContent()).toMatch(/Up to \d+ REST calls.*Dry run tells them/);
    expect(world.sandbox.calls()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it("is told beside what it really took", async () => {
    await write("{ offers(first: 500) { nodes { id } } }");
    await expect.poll(() => ahead().textContent()).toBe("1 REST call");
    await page.locator(".graphiql-execute-button").click();
    const calls = page.locator(".rest-calls");
    await expect.poll(() => calls.locator("summary").textContent()).toMatch(/^This query took 1 REST call, \d+ ms$/);
    await calls.locator("summary").click();
    await expect.poll(() => calls.textContent()).toMatch(/It cost 70, where up to 510 was possible/);
    expect(complaints).toEqual([]);
  });

  it("says nothing while a text cannot run, and that one would be refused", async () => {
    await write("{ offers(first: 20) { nodes { nope } } }");
    await expect.poll(() => ahead().count()).toBe(0);
    await write("{ offers(first: 10000) { nodes { id capsTimezone } } }");
    await expect.poll(() => ahead().textContent()).toBe("Would be refused");
    expect(await page.locator(".cost-ahead .fault").textContent()).toMatch(/at most [\d,]+ with offers.first/);
  });
});
