import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, textIn } from "./browser.js";

describe.skipIf(!chromiumPath)("the keyboard alone", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const complaints: string[] = [];

  /** What has the focus, in the words that it is named by; nothing where it is lost. */
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return "";
      return `${one.tagName} ${one.getAttribute("aria-label") ?? (one.textContent || one.getAttribute("name") || "box").trim().slice(0, 60)}`;
    });

  const tabTo = async (words: RegExp, key = "Tab") => {
    for (let step = 0; step < 150; step += 1) {
      if (words.test(await focused())) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} never came to ${words}; it stands at ${await focused()}`);
  };

  /** Presses a key, and holds that the focus comes to be where it is said to be. */
  const press = async (key: string, then: RegExp) => {
    await page.keyboard.press(key);
    await expect.poll(focused).toMatch(then);
  };

  const answer = (words: RegExp) => expect.poll(() => textIn(page, "response.json")).toMatch(words);

  const toEditor = async () => {
    await tabTo(/^BUTTON Skip to the query/, "Shift+Tab");
    await press("Enter", /^TEXTAREA Query/);
  };

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({ offers: 20, affiliates: 5, advertisers: 5, conversions: 100 });
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  it("leads from a key to an answer, its columns, a file and a saved query, and loses the focus nowhere", async () => {
    await tabTo(/^INPUT affise-api-key/);
    await page.keyboard.type("sandbox-general-manager");
    await page.keyboard.press("Enter");
    await page.locator(".identity").waitFor();
    await expect.poll(focused).toMatch(/Use another key/);
    await press("Enter", /^INPUT affise-api-key/);
    await press("Escape", /Use another key/);
    expect(await page.locator(".key-form").count()).toBe(0);

    await tabTo(/Best offers of the last 7 days/);
    await press("Enter", /Best offers of the last 7 days/);
    await page.locator(".completeness").waitFor();
    await tabTo(/^BUTTON Table/);
    await press("Enter", /^BUTTON Table/);
    await tabTo(/^SUMMARY Columns/);
    await press("Enter", /^SUMMARY Columns/);
    await press("Tab", /^INPUT/);
    await press("Escape", /^SUMMARY Columns/);
    expect(await page.locator("details.popover[open]").count()).toBe(0);
    await tabTo(/^BUTTON CSV/);
    const file = page.waitForEvent("download");
    await press("Enter", /^BUTTON CSV/);
    expect((await file).suggestedFilename()).toBe("statistics.csv");

    await tabTo(/^BUTTON Save this query/, "Shift+Tab");
    await press("Enter", /^INPUT/);
    await press("Escape", /^BUTTON Save this query/);
    await press("Enter", /^INPUT/);
    await press("Enter", /^BUTTON Save this query/);
    await tabTo(/^BUTTON Delete BestOffers/, "Shift+Tab");
    await press("Enter", /^BUTTON Undo/);
    await press("Enter", /^BUTTON Delete BestOffers/);
    expect(await page.locator(".saved-item").count()).toBe(1);
  });

  it("confirms a change, leaves it, and finds it in the history", async () => {
    await tabTo(/^BUTTON Pause these offers/);
    await page.keyboard.press("Enter");
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/mutation PauseOffers/);
    const host = new URL(world.upstream).host;
    await tabTo(/^INPUT box/);
    const listbox = page.getByRole("listbox");
    await listbox.getByRole("option").first().waitFor();
    await page.keyboard.press("Escape");
    expect(await listbox.count()).toBe(0);
    await press("ArrowDown", /^INPUT/);
    await listbox.getByRole("option").first().waitFor();
    await press("Enter", /^INPUT/);
    await page.locator(".picked").waitFor();
    await page.keyboard.press("Escape");

    await tabTo(/^BUTTON Dry run/, "Shift+Tab");
    await press("Enter", /^BUTTON Dry run/);
    await page.locator(".dry-run").waitFor();
    await toEditor();
    await press("Control+Enter", /^BUTTON Leave it/);
    await press("Escape", /^TEXTAREA Query/);
    await answer(/Nothing was sent/);
    await press("Control+Enter", /^BUTTON Leave it/);
    await tabTo(new RegExp(`^BUTTON Change ${host}`));
    await press("Enter", /^TEXTAREA Query/);
    await page.locator(".outcomes").waitFor();
    expect(await focused()).toMatch(/^TEXTAREA Query/);

    await press("Escape", /^DIV/);
    await tabTo(/^BUTTON Show History/, "Shift+Tab");
    await press("Enter", /^BUTTON Hide History/);
    await tabTo(/^BUTTON PauseOffers/);
    await tabTo(/^BUTTON Edit label/);
    await press("Enter", /^INPUT/);
    await press("Escape", /^BUTTON/);
    expect(await page.locator(".graphiql-history-item.editable").count()).toBe(0);
    const before = await page.locator(".graphiql-history-item").count();
    await tabTo(/^BUTTON Delete from history/);
    await press("Enter", /^BUTTON/);
    expect(await page.locator(".graphiql-history-item").count()).toBe(before - 1);
    expect(complaints).toEqual([]);
  });
});
