import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, at, buildPage, chromiumPath, closePages, openAnew, openPage, textIn } from "./browser.js";

interface Violation {
  id: string;
  nodes: { target: string[]; html: string }[];
}

const axeText = chromiumPath ? readFileSync(at("node_modules/axe-core/axe.min.js"), "utf8") : "";

declare global {
  /** What axe-core puts into the page. */
  var axe: {
    configure(spec: object): void;
    run(context: object, options: object): Promise<{ violations: Violation[] }>;
  };
}

/** What GraphiQL itself causes, and we cannot reach: its own documentation pane and dialogs. */
const graphiqlOwn = [".graphiql-doc-explorer", ".graphiql-dialog", ".graphiql-history"];

/** Puts axe into the document. Pseudo elements are no ground of ours for text; leaving them out takes a sixth of the time, and decides more contrasts. */
const takeAxe = async (page: Page): Promise<void> => {
  await page.evaluate(axeText);
  await page.evaluate(() => globalThis.axe.configure({ checks: [{ id: "color-contrast", options: { ignorePseudo: true } }] }));
};

/** What axe finds by all its rules, or by those that are about colour: no other one looks at which shade is on. */
const violationsOn = async (page: Page, rules: "all" | "colour" = "all"): Promise<string[]> => {
  const options = {
    resultTypes: ["violations"],
    ...(rules === "colour" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {}),
  };
  const found = await page.evaluate(
    ([exclude, how]) => globalThis.axe.run({ exclude }, how).then(({ violations }) => violations),
    [graphiqlOwn, options] as const,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
};

const shades = ["light", "dark"] as const;
type Shade = (typeof shades)[number];
const rulesIn = { light: "all", dark: "colour" } as const;

/** Changes the system's colours, and waits until the page has followed and drawn itself. */
const wear = async (page: Page, colorScheme: Shade): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(async (name) => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return document.body.classList.contains(name);
  }, `graphiql-${colorScheme}`);
};

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

describe.skipIf(!chromiumPath)("access", { timeout: 180_000 }, () => {
  let world: World;
  let real: World;
  /** Over the real network. */
  let page: Page;
  const complaints: string[] = [];

  const sizeKinds = ["desktop", "phone"] as const;

  beforeAll(async () => {
    await buildPage();
    const few = { offers: 40, affiliates: 10, advertisers: 5, conversions: 300 };
    world = await openWorld(few, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    real = await openWorld(few);
    // Colours that are on their way from one to another are neither.
    page = await openPage(addressOf(real.server.http), complaints, { bypassCSP: true, reducedMotion: "reduce" });
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
    await real?.close();
  });

  it.each(sizeKinds)("has no fault that axe finds, in light and dark: %s", async (size) => {
    await page.setViewportSize(sizes[size]);
    await openAnew(page);
    await takeAxe(page);
    const pane = async (name: string) => {
      if (size === "phone") await page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
    };
    const found: string[] = [];
    const look = async (state: string) => {
      for (const shade of shades) {
        await wear(page, shade);
        for (const violation of await violationsOn(page, rulesIn[shade])) found.push(`${state}, ${shade}: ${violation}`);
      }
    };
    const open = async (title: string) => {
      await pane("Start");
      await page.locator(".example", { has: page.getByText(title, { exact: true }) }).click();
    };

    await look("nobody");
    await page.getByLabel("API key").fill("sandb\u043ex");
    await page.getByRole("button", { name: "Use key" }).click();
    await page.locator(".key-fault").waitFor();
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
    await page.locator(".save-form").waitFor();
    await look("known");
    await page.locator(".save-form").getByRole("button", { name: "Leave it" }).click();
    await open("Best offers of the last 7 days");
    await page.locator(".chart-view .bar").first().waitFor();
    await pane("Query");
    await page.getByRole("form", { name: "Variables as a form" }).waitFor();
    await page.locator(".cost-ahead summary").waitFor();
    await look("form");
    await pane("Answer");
    await page.locator(".rest-calls summary").waitFor();
    await look("chart");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.locator(".table-view tbody tr").first().waitFor();
    await look("table");
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await page.locator(".json-line").first().waitFor();
    await look("json");
    await open("Pause these offers");
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/mutation PauseOffers/);
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
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await pane("Query");
    await page.getByRole("button", { name: "Show Explorer" }).click();
    await page.getByLabel("Filter the fields").fill("cap");
    await look("explorer");
    expect(found).toEqual([]);
  });

  it.each(shades)("has no fault that axe finds on the pages of the docs, wide and narrow: %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
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
      await takeAxe(page);
      for (const size of sizeKinds) {
        await page.setViewportSize(sizes[size]);
        await wear(page, colorScheme);
        for (const violation of await violationsOn(page, rulesIn[colorScheme])) found.push(`${name}, ${size}: ${violation}`);
      }
    }
    expect(found).toEqual([]);
  });

  it("names GraphiQL's icons by what they are, and lets the keyboard alone do the first minute and out of the editor again", async () => {
    const page = await openPage(addressOf(world.server.http), complaints);
    const titles = await page.locator(".graphiql-container svg title").allTextContents();
    expect(titles.length).toBeGreaterThan(3);
    expect(titles.filter((title) => !/^[a-z]{3,}( [a-z]+)* icon$/.test(title))).toEqual([]);

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
  });

  it("fits a phone and 400 % with nothing cut off, and finds examples by Affise's own words", async () => {
    await page.setViewportSize(sizes.phone);
    await openAnew(page);
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
  });
});
