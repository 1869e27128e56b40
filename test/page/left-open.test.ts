import type { ServerResponse } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openProxied } from "../world/proxied.js";
import type { Proxy } from "../world/proxy.js";
import type { World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, textIn } from "./browser.js";

const manager = "sandbox-general-manager";
const other = "sandbox-affiliate-manager";

const unknownKey = () => (response: ServerResponse) =>
  response.writeHead(401, { "content-type": "application/json" }).end('{"status":2,"error":"Invalid api-key"}');

describe.skipIf(!chromiumPath)("a page that is left open", { timeout: 120_000 }, () => {
  let world: World;
  let proxy: Proxy;
  let page: Page;
  const complaints: string[] = [];

  const enter = async (tab: Page, key: string, remember = false) => {
    await tab.getByLabel("API key").fill(key);
    await tab.getByLabel("Remember it in this browser").setChecked(remember);
    await tab.getByRole("button", { name: "Use key" }).click();
  };

  const role = (tab: Page) => tab.locator(".identity dl").textContent();

  const run = async () => {
    await page.locator(".graphiql-execute-button").click();
    await page.getByRole("button", { name: /^Execute query/ }).waitFor();
  };

  beforeAll(async () => {
    await buildPage();
    ({ world, proxy } = await openProxied({ offers: 10, affiliates: 5, advertisers: 5, conversions: 50 }));
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(async () => {
    proxy.intercept = undefined;
    await openAnew(page);
  });

  it("says of a key that has lapsed that it is known no more, and whose it was, until it is taken again", async () => {
    await enter(page, manager);
    const name = await page.locator(".who-name").textContent();
    await run();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"data"/);
    proxy.forget();
    proxy.intercept = unknownKey;
    await run();
    await page
      .locator(".refusal")
      .filter({ hasText: "does not know the key any more" })
      .filter({ hasText: name ?? "?" })
      .waitFor();
    expect(await page.locator(".identity, .who").count()).toBe(0);
    proxy.intercept = undefined;
    await run();
    await page.locator(".identity").waitFor();
    expect(await page.locator(".refusal").count()).toBe(0);
  });

  it("keeps a remembered key beside one that is for a tab alone, and says where none can be kept", async () => {
    await enter(page, manager, true);
    await expect.poll(() => role(page)).toContain("General manager");
    const second = await page.context().newPage();
    await second.goto(addressOf(world.server.http));
    await expect.poll(() => role(second)).toContain("General manager");
    await second.getByRole("button", { name: "Use another key" }).click();
    await enter(second, other);
    await expect.poll(() => role(second)).toContain("Affiliate manager");
    await page.reload();
    await expect.poll(() => role(page)).toContain("General manager");
    await second.reload();
    await expect.poll(() => role(second)).toContain("Affiliate manager");
    await second.getByRole("button", { name: "Forget this key" }).click();
    await expect.poll(() => role(second)).toContain("General manager");
    await second.getByRole("button", { name: "Forget this key" }).click();
    await second.getByRole("heading", { name: "Who is asking?" }).waitFor();
    expect(await second.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain("sandbox-");
    await second.close();

    await page.getByRole("button", { name: "Forget this key" }).click();
    await page.evaluate(() => {
      const asIs = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name, value) {
        if (this === localStorage) throw new DOMException("full", "QuotaExceededError");
        asIs.call(this, name, value);
      };
    });
    await enter(page, manager, true);
    await page.getByText("The key could not be remembered.").waitFor();
    await expect.poll(() => role(page)).toContain("General manager");
    await page.getByLabel("Read-only").check();
    await page.getByText("“Read-only” could not be remembered.").waitFor();
  });

  it("does a change once whose answer was lost, over a reload too, and again where it is meant again", async () => {
    await enter(page, manager);
    await page.locator(".identity").waitFor();
    const query = 'mutation { updateOffers(input: { changes: [{ offerIds: ["1"], status: STOPPED }] }) { results { outcome } } }';
    await page.goto(`${addressOf(world.server.http)}/#${new URLSearchParams({ query })}`);
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    const writes = () => world.sandbox.calls()["POST /3.0/admin/offer/mass-update"] ?? 0;
    const change = async () => {
      await page.locator(".graphiql-execute-button").click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Change / })
        .click();
      await page.getByRole("button", { name: /^Execute query/ }).waitFor();
    };
    const before = writes();
    await page.route("**/graphql", async (route) => {
      const { "idempotency-key": key } = route.request().headers();
      if (!key) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await change();
    await expect.poll(() => page.locator(".hint").textContent()).toMatch(/may have been carried out.*it is not done twice/);
    expect(writes()).toBe(before + 1);
    await page.unrouteAll();
    await page.reload();
    await page.locator(".cost-ahead").waitFor();
    await change();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/DONE/);
    expect(writes()).toBe(before + 1);
    await change();
    await expect.poll(writes).toBe(before + 2);
  });
});
