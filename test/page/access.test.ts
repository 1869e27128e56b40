import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, at, buildPage, chromiumPath, openBrowser, openPage, textIn } from "./browser.js";

interface Violation {
  id: string;
  nodes: { target: string[]; html: string }[];
}

const axeText = chromiumPath ? readFileSync(at("node_modules/axe-core/axe.min.js"), "utf8") : "";

declare global {
  /** What axe-core puts into the page. */
  var axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> };
}

/** What GraphiQL itself causes, and we cannot reach: its own documentation pane and dialogs. */
const graphiqlOwn = [".graphiql-doc-explorer", ".graphiql-dialog", ".graphiql-history"];

const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeText);
  const found = await page.evaluate(
    (own) => globalThis.axe.run({ exclude: own }, { resultTypes: ["violations"] }).then(({ violations }) => violations),
    graphiqlOwn,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
};

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

describe.skipIf(!chromiumPath)("access", { timeout: 180_000 }, () => {
  let world: World;
  let real: World;
  let browser: Browser;
  const complaints: string[] = [];

  const sizeKinds = ["desktop", "phone"] as const;
  const states = (["light", "dark"] as const).flatMap((shade) => sizeKinds.map((size) => [shade, size] as const));

  beforeAll(async () => {
    await buildPage();
    const few = { offers: 40, affiliates: 10, advertisers: 5, conversions: 300 };
    world = await openWorld(few, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    real = await openWorld(few);
    browser = await openBrowser();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await world?.close();
    await real?.close();
  });

  it.each(states)("has no fault that axe finds: %s, %s", async (colorScheme, size) => {
    const page = await openPage(browser, addressOf(real.server.http), complaints, {
      viewport: sizes[size],
      colorScheme,
      bypassCSP: true,
    });
    const pane = async (name: string) => {
      if (size === "phone") await page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
    };
    const found: string[] = [];
    const look = async (state: string) => {
      await page.waitForTimeout(250);
      for (const violation of await violationsOn(page)) found.push(`${state}: ${violation}`);
    };
    const open = async (title: string) => {
      await pane("Start");
      await page.locator(".example", { has: page.getByText(title, { exact: true }) }).click();
      await page.waitForTimeout(700);
    };

    await look("nobody");
    await page.getByLabel("API key").fill("sandb\u043ex");
    await page.getByRole("button", { name: "Use key" }).click();
    await look("not a key");
    await page.getByLabel("API key").fill("sandbox-nobody");
    await page.getByRole("button", { name: "Use key" }).click();
    await page.locator(".refusal").waitFor();
    await look("refused");
    await page.getByLabel("API key").fill("sandbox-general-manager");
    await page.getByRole("button", { name: "Use key" }).click();
    await page.locator(".identity").waitFor();
    await page.locator(".may-list summary").click();
    await page.getByText("Environments", { exact: true }).click();
    await page.getByRole("button", { name: "Save this query" }).click();
    await look("known");
    await page.locator(".save-form").getByRole("button", { name: "Leave it" }).click();
    await open("Best offers of the last 7 days");
    await pane("Query");
    await look("form");
    await pane("Answer");
    await look("chart");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await look("table");
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await look("json");
    await open("Pause these offers");
    await pane("Query");
    await page.locator(".picker input").fill("a");
    await page.getByRole("option").first().waitFor();
    await look("picker");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.locator(".graphiql-execute-button").click();
    await page.getByRole("dialog").waitFor();
    await look("change");
    await page.keyboard.press("Escape");
    await pane("Query");
    await page.getByRole("button", { name: "Show Explorer" }).click();
    await page.getByLabel("Filter the fields").fill("cap");
    await look("explorer");
    await page.close();
    expect(found).toEqual([]);
  });

  it.each(states)("has no fault that axe finds on the pages of the docs: %s, %s", async (colorScheme, size) => {
    const page = await browser.newPage({ viewport: sizes[size], colorScheme, bypassCSP: true });
    const docs = `${addressOf(real.server.http)}/docs`;
    const found: string[] = [];
    for (const name of [
      "",
      "getting-started.html",
      "caps.html",
      "glossary.html",
      "reference/Offer.html",
      "reference/Query.offers.html",
    ]) {
      const answer = await page.goto(`${docs}/${name}`);
      expect([name, answer?.status()]).toEqual([name, 200]);
      for (const violation of await violationsOn(page)) found.push(`${name}: ${violation}`);
    }
    await page.close();
    expect(found).toEqual([]);
  });

  it("lets the keyboard alone do the first minute, and out of the editor again", async () => {
    const page = await openPage(browser, addressOf(world.server.http), complaints);
    const focused = () =>
      page.evaluate(() => {
        const one = document.activeElement;
        return `${one?.tagName} ${one?.className} ${one?.getAttribute("aria-label") ?? one?.textContent?.slice(0, 40)}`;
      });
    const tabTo = async (text: RegExp) => {
      for (let step = 0; step < 60; step += 1) {
        if (text.test(await focused())) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab never came to ${text}; it stands at ${await focused()}`);
    };
    await page.keyboard.press("Tab");
    expect(await focused()).toMatch(/Skip to the query/);
    await tabTo(/General manager/);
    await page.keyboard.press("Enter");
    await page.locator(".identity").waitFor();
    await tabTo(/Best offers of the last 7 days/);
    await page.keyboard.press("Enter");
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"data"/);

    await page.evaluate(() => document.querySelector<HTMLElement>(".skip")?.focus());
    await page.keyboard.press("Enter");
    await expect.poll(focused).toMatch(/^TEXTAREA.*Press Escape, then Tab/);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"data"/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await focused()).not.toMatch(/^TEXTAREA/);
    await tabTo(/^BUTTON .*Today/);
    await page.keyboard.press("Enter");
    await page.close();
  });

  it("fits a phone and 400 % with nothing cut off, and finds examples by Affise's own words", async () => {
    const page = await openPage(browser, addressOf(real.server.http), complaints, { viewport: sizes.phone });
    await page.getByLabel("API key").fill("sandbox-general-manager");
    await page.getByRole("button", { name: "Use key" }).click();
    await page.locator(".identity").waitFor();
    for (const part of [".who-name", ".who-role", ".header .tag"]) {
      const cut = await page
        .locator(part)
        .evaluate((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > 390);
      expect([part, cut]).toEqual([part, false]);
    }
    for (const word of ["revenue", "profit", "charge", "geo", "stop", "report", "block", "fraud", "pid", "hold", "hits"]) {
      await page.getByPlaceholder("What do you want to do?").fill(word);
      await expect.poll(async () => [word, await page.locator(".examples .example").count()]).not.toEqual([word, 0]);
    }
    await page.getByPlaceholder("What do you want to do?").fill("zzzz");
    await expect.poll(() => page.locator(".examples .example").count()).toBe(0);
    await page.setViewportSize({ width: 320, height: 225 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.close();
  });

  it("names GraphiQL's icons by what they are", async () => {
    const page = await openPage(browser, addressOf(world.server.http), complaints);
    const titles = await page.locator(".graphiql-container svg title").allTextContents();
    expect(titles.length).toBeGreaterThan(3);
    expect(titles.filter((title) => !/^[a-z]{3,}( [a-z]+)* icon$/.test(title))).toEqual([]);
    await page.close();
  });
});
