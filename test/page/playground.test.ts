import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { copyForms } from "../../playground/src/copy/copy-as.js";
import { examples } from "../../playground/src/example/example.js";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import {
  addressOf,
  buildPage,
  chromiumPath,
  closePages,
  openPage as openIn,
  takeKey,
  takePicture,
  textIn as textOf,
} from "./browser.js";

describe.skipIf(!chromiumPath)("the playground", { timeout: 120_000 }, () => {
  let world: World;
  let address: string;
  let page: Page;
  /** What must not happen on any page: console errors and warnings, faults, requests to elsewhere. */
  const complaints: string[] = [];

  const openPage = (options?: Parameters<typeof openIn>[2], hash = "") => openIn(`${address}/${hash}`, complaints, options);

  const textIn = (file: Parameters<typeof textOf>[1]) => textOf(page, file);

  const answer = () => textIn("response.json");

  const openExample = async (title: string) => {
    await page.locator(".example", { has: page.getByText(title, { exact: true }) }).click();
    await expect.poll(() => textIn("operation.graphql")).toBe(examples.find((example) => example.title === title)?.query);
  };

  const settledAnswer = async () => {
    await expect.poll(answer, { timeout: 15_000 }).toMatch(/^\{/);
    return JSON.parse(await answer()) as { data?: object; errors?: { message: string }[] };
  };

  const picture = (name: string) => takePicture(page, name);

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({}, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    address = addressOf(world.server.http);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(() => {
    complaints.length = 0;
  });

  it("opens with a query that works and a word on what to press", async () => {
    page = await openPage();
    const editor = page.locator(".graphiql-query-editor");
    await expect.poll(() => editor.textContent()).toMatch(/Ctrl-Enter/);
    await expect.poll(() => page.getByText("The answer comes here.").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("meets a wrong key with help", async () => {
    await page.getByLabel("API key").fill("not-a-key-of-anyone");
    await page.getByRole("button", { name: "Use key" }).click();
    const refusal = page.locator(".refusal");
    await refusal.waitFor();
    const text = await refusal.textContent();
    expect(text).toMatch(/The sandbox does not know the key/);
    expect(text).toMatch(/npm start -- --affise-api-url/);
    expect(text).toMatch(/Tracking domains → Default URLs/);
    expect(text).not.toMatch(/not-a-key-of-anyone/);
    expect(complaints).toEqual([]);
  });

  it.each(sampleKeys.map(({ role }) => role))("says who a sample key belongs to: %s", async (role) => {
    await takeKey(page, role);
    await expect.poll(() => page.locator(".identity").textContent()).toMatch(new RegExp(`Role\\s*${role}`));
    await page.locator(".may-list summary").click();
    expect(await page.locator(".may-list").textContent()).toMatch(/May not see/);
    await page.locator(".may-list summary").click();
    expect(complaints).toEqual([]);
  });

  it("runs a query by its keys wherever the focus is", async () => {
    await takeKey(page, "Affiliate");
    await page.getByPlaceholder("What do you want to do?").focus();
    await page.keyboard.press("Control+Enter");
    const { data } = await settledAnswer();
    expect(data).toHaveProperty("viewer.__typename", "Affiliate");
    expect(complaints).toEqual([]);
  });

  it("runs the first query with the keyboard", async () => {
    await takeKey(page);
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("Control+Enter");
    const { data, errors } = await settledAnswer();
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty("offers.totalCount");
    await expect.poll(() => page.locator(".rest-calls summary").textContent()).toMatch(/This query took \d+ REST calls?, \d+ ms/);
    expect(complaints).toEqual([]);
  });

  it("does not run an example that is for other keys", async () => {
    await takeKey(page);
    await openExample("My balance and my offers");
    await page.getByText("This one is not for your key.").waitFor();
  });

  it("downloads a list as CSV", async () => {
    await openExample("What do we owe affiliates?");
    await settledAnswer();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV", exact: true }).click();
    expect((await download).suggestedFilename()).toBe("affiliates.csv");
  });

  it.each(copyForms)("copies a query as %s, with a key of the sandbox", async (form) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await openExample("Clicks and conversions by day");
    await settledAnswer();
    await page.getByRole("button", { name: "Copy as" }).click();
    await page.getByRole("menuitem", { name: form, exact: true }).click();
    await page.getByText(`${form} copied`).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/query ByDay/);
    expect(copied).toMatch(/"from": "\d{4}-\d{2}-\d{2}"/);
    expect(copied).toMatch(form === "Apollo hook" ? /"API-Key": "…"/ : /sandbox-general-manager/);
    expect(complaints).toEqual([]);
  });

  it("clicks a query together", async () => {
    await page.getByRole("button", { name: "Show Explorer" }).click();
    await page.getByRole("button", { name: "New query" }).click();
    await page.getByLabel("Filter the fields").fill("categories");
    await page.getByLabel("categories", { exact: true }).check();
    await page.getByLabel("title", { exact: true }).first().check();
    await expect.poll(() => textIn("operation.graphql")).toMatch(/categories \{\s+nodes \{\s+id\s+title/);
    await page.locator(".graphiql-execute-button").click();
    expect(JSON.stringify((await settledAnswer()).data)).toMatch(/"title":/);
    await page.getByRole("button", { name: "Hide Explorer" }).click();
    expect(complaints).toEqual([]);
  });

  it("keeps the key in the tab, and in the browser only if asked", async () => {
    const kept = () => page.evaluate(() => JSON.stringify(localStorage));
    expect(await kept()).not.toMatch(/sandbox-general-manager/);
    await page.getByRole("button", { name: "Use another key" }).click();
    await page.getByLabel("API key").fill("sandbox-account-manager");
    await page.getByLabel("Remember it in this browser").check();
    await page.getByRole("button", { name: "Use key" }).click();
    await expect.poll(() => page.locator(".identity").textContent()).toMatch(/Account manager/);
    expect(await kept()).toMatch(/sandbox-account-manager/);
    await page.getByRole("button", { name: "Forget this key" }).click();
    expect(await kept()).not.toMatch(/sandbox-account-manager/);
    await takeKey(page);
    expect(complaints).toEqual([]);
  });

  it("shares a query by link, and never the key", async () => {
    await openExample("Find offers by name");
    await settledAnswer();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await expect.poll(() => page.url()).toMatch(/#query=/);
    expect(page.url()).not.toMatch(/sandbox-general-manager/);
    const other = await openPage({}, `#${page.url().split("#")[1]}`);
    await expect.poll(() => other.locator(".graphiql-query-editor").textContent()).toMatch(/FindOffers/);
    await other.close();
    expect(complaints).toEqual([]);
  });

  it("fits a small screen, in light and dark", async () => {
    await page.close();
    page = await openPage({ viewport: { width: 1280, height: 800 } });
    await takeKey(page);
    await openExample("Clicks and conversions by day");
    await page.locator(".chart-view .curve").first().waitFor();
    await page.locator(".rest-calls summary").click();
    await page.locator(".aside").evaluate((aside) => aside.scrollTo(0, 0));
    await picture("playground-light");
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.querySelector(".workspace") ?? document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ground).not.toBe(light);
    await picture("playground-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await page.close();

    page = await openPage({ viewport: { width: 390, height: 844 } });
    await takeKey(page);
    await openExample("Top affiliates this month");
    await page.locator(".bars").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await picture("playground-small");
    expect(complaints).toEqual([]);
  });
});
