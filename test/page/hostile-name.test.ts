import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProxied } from "../world/proxied.js";
import type { World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, textIn } from "./browser.js";

/** Turns all that is behind it, ends a line, and ends what would hold it in. */
const hostile = "\u202etxet\u2069\u2029\n\u0085\u202e ";

const withHostileNames = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withHostileNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      /^(title|company|first_name|name)$/.test(name) && typeof inner === "string"
        ? `${hostile}${inner}`
        : withHostileNames(inner),
    ]),
  );
};

describe.skipIf(!chromiumPath)("names that give orders", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;

  /** Texts on the page that a hostile name could turn or break: it stands beside other words there, and no box of its own holds it in. */
  const turned = () =>
    page.evaluate(() => {
      const found: string[] = [];
      const orders = /[\u202a-\u202e\u2066-\u2069\u0085\u2028\u2029]/;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const box = node.parentElement;
        const rest = (node.nodeValue ?? "").replaceAll(/\u2068[^\u2066-\u2069\u0085\u2028\u2029\n]*\u2069/g, "");
        if (!box || box.closest("script, style, .monaco-editor") || !orders.test(rest)) continue;
        const { display, whiteSpaceCollapse } = getComputedStyle(box);
        const isBox = box.childNodes.length === 1 && display !== "inline" && whiteSpaceCollapse === "collapse";
        if (!isBox) found.push(`${box.tagName}.${box.className}: ${box.parentElement?.textContent}`);
      }
      return found;
    });

  const seen = async (selector: string) => {
    await page.locator(selector).filter({ hasText: "txet" }).first().waitFor();
    expect(await turned()).toEqual([]);
  };

  const open = async (query: string, variables: object = {}) => {
    const hash = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, hash.toString());
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    await page.locator(".graphiql-execute-button").click();
  };

  const show = (view: string) => page.locator(".views").getByRole("button", { name: view, exact: true }).click();

  beforeAll(async () => {
    await buildPage();
    const proxied = await openProxied({ offers: 10, affiliates: 5, advertisers: 5, conversions: 50 });
    world = proxied.world;
    proxied.proxy.rewrite = () => withHostileNames;
    page = await openPage(addressOf(world.server.http), []);
    await page.getByLabel("API key").fill("sandbox-general-manager");
    await page.getByRole("button", { name: "Use key" }).click();
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  it("keep to their own place in identity, table, chart and JSON, folded and open", async () => {
    await seen(".who-name");
    await seen(".identity h2");
    await open("{ offers(first: 3) { nodes { id title advertiser { id companyName } categories { title } } } }");
    await seen(".json-tree");
    await page.getByRole("button", { name: "Fold data/offers/nodes/0", exact: true }).click();
    await seen(".json-line .json-object");
    await show("Table");
    await seen(".table-view");
    await open("{ offers(first: 3) { nodes { title payouts { payout } } } }");
    await show("Chart");
    await seen(".bar-label");
  });

  it("keep to their own place where a change names what it is about", async () => {
    const change = `mutation ($offerIds: [ID!]!, $title: String) {
  updateOffers(input: { changes: [{ offerIds: $offerIds, status: STOPPED }] }) { results { offerId outcome offer { title } } }
  updateOffer(input: { id: "2", title: $title }) { offer { id title } }
}`;
    await open(change, { offerIds: ["1", "2"], title: `${hostile}new` });
    await seen(".change-value");
    await seen(".change-plan");
    await page.keyboard.press("Escape");
    await seen(".picked");
    await page.locator(".picker input").first().fill("a");
    await seen(".found");
  });
});
