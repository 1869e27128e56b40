import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage } from "./browser.js";

const few = { offers: 20, affiliates: 5, advertisers: 5, conversions: 50 };

/** A request to the API: the network it was for, and the key that went along. */
interface Sent {
  network: string | undefined;
  key: string | undefined;
}

const sentBy = (request: Request): Sent => ({
  network: request.headers()["x-affise-tenant"],
  key: request.headers()["api-key"],
});

describe.skipIf(!chromiumPath)("networks and keys", { timeout: 120_000 }, () => {
  let world: World;
  let acme: string;
  let beta: string;
  let closeBeta: () => Promise<void>;
  let page: Page;
  const sent: Sent[] = [];
  const anywhere: string[] = [];
  const complaints: string[] = [];

  const choose = (network: string) => page.getByLabel("Network", { exact: true }).selectOption(network);

  const enter = async (key: string, remember = false) => {
    await page.getByLabel("API key").fill(key);
    if (remember) await page.getByLabel("Remember it in this browser").check();
    await page.getByRole("button", { name: "Use key" }).click();
  };

  const known = (network: string) => expect.poll(() => page.locator(".identity").textContent()).toContain(network);

  const keysSentTo = (network: string) => [...new Set(sent.filter((one) => one.network === network).map(({ key }) => key))];

  beforeAll(async () => {
    await buildPage();
    const second = await createSandbox(few).listen();
    closeBeta = () => second.close();
    beta = second.url;
    const first = await createSandbox(few).listen();
    acme = first.url;
    const tenants = [
      { name: "acme", url: acme },
      { name: "beta", url: beta },
    ] as const;
    world = await openWorld(few, { tenants });
    const { close } = world;
    world.close = async () => {
      await close();
      await first.close();
    };
    page = await openPage(addressOf(world.server.http), complaints);
    // Every request is watched: where each key went, and whether one stood anywhere but in its header.
    page.on("request", (request) => {
      if (request.url().endsWith("/graphql")) sent.push(sentBy(request));
      anywhere.push(`${request.url()} ${request.postData() ?? ""}`);
    });
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
    await closeBeta?.();
  });

  beforeEach(async () => {
    await openAnew(page);
    sent.length = 0;
    anywhere.length = 0;
    complaints.length = 0;
  });

  it("sends a key to the network it was entered for, and to no other", async () => {
    await enter("sandbox-general-manager");
    await known("acme");
    await choose("beta");
    await page.getByRole("heading", { name: "Who is asking?" }).waitFor();
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => sent.filter(({ network }) => network === "beta").length).toBeGreaterThan(0);
    expect(keysSentTo("beta")).toEqual([undefined]);

    await enter("sandbox-affiliate");
    await known("beta");
    expect(keysSentTo("beta")).toEqual([undefined, "sandbox-affiliate"]);

    sent.length = 0;
    await choose("acme");
    await known("acme");
    await page.locator(".example").first().click();
    await expect.poll(() => sent.length).toBeGreaterThan(1);
    expect(keysSentTo("acme")).toEqual(["sandbox-general-manager"]);
    // What the page asks for by itself may still be on its way to the network that was chosen before, with that network's key.
    expect(keysSentTo("beta").filter((key) => key !== "sandbox-affiliate")).toEqual([]);
    expect(anywhere.filter((one) => one.includes("sandbox-"))).toEqual([]);
  });

  it("remembers each network's key by itself, over a reload", async () => {
    await enter("sandbox-general-manager", true);
    await known("acme");
    await choose("beta");
    await enter("sandbox-advertiser");
    await known("beta");
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("sandbox-advertiser");
    sent.length = 0;
    await page.reload();
    await known("beta");
    expect(keysSentTo("acme")).toEqual([]);
    expect(keysSentTo("beta")).toEqual(["sandbox-advertiser"]);
    await choose("acme");
    await known("acme");
    expect(keysSentTo("acme")).toEqual(["sandbox-general-manager"]);
  });

  it("lets go of a key that was remembered without a network", async () => {
    await page.evaluate(() => localStorage.setItem("affise-graphql:key", "sandbox-general-manager"));
    sent.length = 0;
    await page.reload();
    await page.getByRole("heading", { name: "Who is asking?" }).waitFor();
    await expect.poll(() => sent.length).toBeGreaterThan(0);
    expect(sent.map(({ key }) => key).filter(Boolean)).toEqual([]);
    expect(await page.evaluate(() => localStorage.getItem("affise-graphql:key"))).toBeNull();
  });

  it("says of an answer which network gave it, and to whom", async () => {
    await enter("sandbox-general-manager");
    await known("acme");
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("Control+Enter");
    const label = page.locator(".answer-label");
    await expect.poll(() => label.textContent()).toMatch(new RegExp(`acme · ${new URL(acme).host}.*General manager`));
    expect(await label.textContent()).not.toMatch(/Not the network/);
    await choose("beta");
    await expect.poll(() => label.textContent()).toMatch(/acme.*Not the network that is chosen now/);
  });

  it.each([
    ["a zero-width space", "sandbox-general\u200b-manager"],
    ["a typographic quotation mark", "\u201csandbox-general-manager\u201d"],
    ["a Cyrillic letter", "sandb\u043ex-general-manager"],
    ["a line break", "sandbox-general\u2028-manager"],
    ["a space", "sandbox general-manager"],
    ["a comma", "sandbox-general-manager,"],
  ])("names what is wrong with a key that has %s, and sends it nowhere", async (name, key) => {
    sent.length = 0;
    await enter(key);
    const said = await page.locator(".key-fault").textContent();
    expect(said).toMatch(/This is not a key/);
    if (name !== "a line break") expect(said).toContain(name);
    expect(said).not.toContain("general");
    expect(await page.locator(".refusal").count()).toBe(0);
    // What the page asked before, without any key, may still come in.
    expect(sent.filter(({ key }) => key !== undefined)).toEqual([]);
  });

  it("sends nothing where the server stands over another network than the page was loaded for", async () => {
    const networks = [
      { name: "acme", api: "https://api-elsewhere.affise.com" },
      { name: "beta", api: beta },
    ];
    await page.route("**/playground.json", (route) => route.fulfill({ json: { networks, sandbox: false, sampleKeys: [] } }));
    await page.reload();
    await page.getByLabel("API key").fill("sandbox-general-manager");
    await page.getByRole("button", { name: "Use key" }).click();
    await expect
      .poll(() => page.locator(".refusal").textContent())
      .toMatch(/X-Affise-Host: "api-elsewhere.affise.com" is not the network of this request/);
  });
});
