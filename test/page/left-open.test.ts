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

  const query = () => textIn(page, "operation.graphql");

  const write = (text: string, file = "operation.graphql") =>
    page.evaluate(
      ([text, file]) => {
        for (const model of __MONACO.editor.getModels()) if (model.uri.path.endsWith(file ?? "?")) model.setValue(text ?? "");
      },
      [text, file],
    );

  /** Waits until the browser tab has noted what is written, which it does once nobody types any more. */
  const kept = async () => {
    const shown = JSON.stringify(await query());
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem("graphiql:tabState") ?? "")).toContain(shown);
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

  it("shows what was written last after a reload, and the shared query only while nobody has changed it", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await write("{ offers { nodes { id } } }");
    const share = () => page.getByRole("button", { name: "Share", exact: true }).click();
    const reload = async () => {
      await page.reload();
      await page.locator(".graphiql-query-editor .view-line").first().waitFor({ state: "attached" });
    };
    await share();
    await expect.poll(() => page.url()).toContain("#query=");
    const link = page.url();
    await kept();
    await reload();
    await expect.poll(() => query()).toBe("{ offers { nodes { id } } }");
    expect(page.url()).toBe(link);
    await write("{ offers { nodes { id title } } }");
    await expect.poll(() => page.url()).not.toContain("#");
    await kept();
    await reload();
    await expect.poll(() => query()).toBe("{ offers { nodes { id title } } }");
    expect(await page.locator(".graphiql-tab").count()).toBe(1);
    // A link that is followed inside the page opens beside what was written, and stays in the address.
    await page.evaluate((href) => {
      location.href = href;
    }, link);
    await expect.poll(() => query()).toBe("{ offers { nodes { id } } }");
    expect(await page.locator(".graphiql-tab").count()).toBe(2);
    expect(page.url()).toBe(link);
    await page.locator(".graphiql-tab").first().getByRole("button").first().click();
    await expect.poll(() => page.url()).not.toContain("#");
  });

  it("takes prettifying back by Ctrl-Z, and says of typographic characters what to write, and writes it", async () => {
    const odd = "{ offers(filter: { search: \u201cit\u2019s\u201d }) { nodes { id } } } # \u201cso\u201d";
    await write(odd);
    await run();
    const hint = () => page.locator(".hint").textContent();
    await expect.poll(hint).toMatch(/Line 1, column 28: \u201c \(U\+201C\) is a typographic quotation mark; write "\./);
    await page.getByRole("button", { name: "Mend it in the query" }).click();
    const mended = '{ offers(filter: { search: "it\u2019s" }) { nodes { id } } } # \u201cso\u201d';
    await expect.poll(query).toBe(mended);
    await page.getByRole("button", { name: /^Prettify/ }).click();
    await expect.poll(query).toMatch(/^\{\n {2}offers/);
    for (const before of [mended, odd]) {
      await page.keyboard.press("Control+z");
      await expect.poll(query).toBe(before);
    }
    await page.keyboard.press("Control+Shift+z");
    await page.getByRole("button", { name: "New tab" }).click();
    await page.locator(".graphiql-query-editor").click();
    await page.keyboard.press("Control+z");
    expect(await query()).toBe("");
    await write('{ \u201cid\u201d: "1" }', "variables.json");
    await run();
    await expect.poll(hint).toMatch(/Line 1, column 3: .*write "/);
    await page.getByRole("button", { name: "Mend it in the variables" }).click();
    await expect.poll(() => textIn(page, "variables.json")).toBe('{ "id": "1" }');
  });

  it("says where a part of it is on the server no more, and shows the rest", async () => {
    await page.route(/assets\/editor-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.reload();
    await page.getByText("The editor could not be loaded").waitFor();
    await page.getByRole("heading", { name: "Who is asking?" }).waitFor();
    await page.unrouteAll();
  });
});
