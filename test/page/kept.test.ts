import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, takeKey, textIn } from "./browser.js";

describe.skipIf(!chromiumPath)("nothing is lost", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const complaints: string[] = [];

  const openExample = (title: string) => page.locator(".example", { has: page.getByText(title, { exact: true }) }).click();

  const answered = () => expect.poll(() => textIn(page, "response.json")).toMatch(/"data"/);

  /** Waits until a browser tab has noted what stands in its editors, which it does once nobody types any more. */
  const noted = async (tab: Page) => {
    const shown = await Promise.all([textIn(tab, "operation.graphql"), textIn(tab, "variables.json")]);
    const kept = () =>
      tab.evaluate(() => {
        const { tabs, activeTabIndex } = JSON.parse(sessionStorage.getItem("graphiql:tabState") ?? "{}");
        const { query, variables } = tabs?.[activeTabIndex] ?? {};
        return [query, variables ?? ""];
      });
    await expect.poll(kept).toEqual(shown);
  };

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({ offers: 30, affiliates: 10, conversions: 200 }, { playground: { sandbox: true, sampleKeys } });
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(async () => {
    complaints.length = 0;
    await openAnew(page);
    await takeKey(page);
  });

  it("keeps key, query, variables, answer and what was told of it over a reload", async () => {
    await openExample("Best offers of the last 7 days");
    await answered();
    await noted(page);
    const before = await Promise.all(
      (["operation.graphql", "variables.json", "response.json"] as const).map((file) => textIn(page, file)),
    );
    await page.reload();
    await page.locator(".identity").waitFor();
    await expect.poll(() => textIn(page, "response.json")).toBe(before[2]);
    expect(await textIn(page, "operation.graphql")).toBe(before[0]);
    expect(await textIn(page, "variables.json")).toBe(before[1]);
    expect(await page.locator(".rest-calls summary").textContent()).toMatch(/REST call/);
    expect(await page.locator(".answer-label").textContent()).toMatch(/Sandbox.*General manager/);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/sandbox-general-manager|"nodes"/);
  });

  it("keeps variables that were edited when another example is chosen", async () => {
    await openExample("Best offers of the last 7 days");
    await answered();
    await page.getByRole("form", { name: "Variables as a form" }).getByRole("button", { name: "Yesterday" }).click();
    const edited = await textIn(page, "variables.json");
    await openExample("Top affiliates this month");
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/TopAffiliates/);
    await page.locator(".graphiql-tab", { hasText: "BestOffers" }).getByRole("button").first().click();
    await expect.poll(() => textIn(page, "variables.json")).toBe(edited);
  });

  it("gives each browser tab queries of its own", async () => {
    const open = async (opened: Page, title: string, name: string) => {
      await opened.locator(".example", { has: opened.getByText(title, { exact: true }) }).click();
      await expect.poll(() => textIn(opened, "operation.graphql")).toContain(name);
      await noted(opened);
    };
    await open(page, "Best offers of the last 7 days", "BestOffers");
    const second = await page.context().newPage();
    await second.goto(addressOf(world.server.http));
    await open(second, "Who am I?", "WhoAmI");
    await page.reload();
    await expect.poll(() => page.locator(".graphiql-tab").allTextContents()).toContain("BestOffers");
    expect(await page.locator(".graphiql-tab", { hasText: "WhoAmI" }).count()).toBe(0);
    expect(await second.locator(".graphiql-tab", { hasText: "WhoAmI" }).count()).toBe(1);
    await second.close();
  });

  it("saves queries with names and notes, and moves them by one file without any key", async () => {
    await openExample("Best offers of the last 7 days");
    await answered();
    await page.getByRole("button", { name: "Save this query" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Monday's list");
    await page.getByLabel("Note", { exact: true }).fill("For the meeting");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const file = await (await download).path();
    const text = readFileSync(file, "utf8");
    expect(JSON.parse(text)).toMatchObject({ queries: [{ name: "Monday's list", note: "For the meeting" }] });
    expect(text).not.toContain("sandbox-general-manager");

    await page.getByRole("button", { name: "Delete Monday's list" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await page.locator(".saved-item").textContent()).toContain("For the meeting");
    await page.getByRole("button", { name: "Delete Monday's list" }).click();
    await page.getByLabel("File with saved queries").setInputFiles(file);
    await page.getByText("1 taken in.").waitFor();
    await page.reload();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor({ state: "attached" });
    await openExample("Who am I?");
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/WhoAmI/);
    await page.getByRole("button", { name: /^Monday's list/ }).click();
    await expect.poll(() => textIn(page, "operation.graphql")).toMatch(/BestOffers/);
    await page
      .getByLabel("File with saved queries")
      .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await page.getByText("This file was not exported from this page.").waitFor();
    // A box that still had the file would say nothing when the same one is chosen again, mended.
    expect(await page.getByLabel("File with saved queries").inputValue()).toBe("");
  });

  it("knows what another tab of the browser has saved, and who has made the page read-only there", async () => {
    const second = await page.context().newPage();
    await second.goto(addressOf(world.server.http));
    await second.locator(".graphiql-query-editor .view-line").first().waitFor({ state: "attached" });
    const save = async (tab: Page, name: string) => {
      await tab.getByRole("button", { name: "Save this query" }).click();
      await tab.getByLabel("Name", { exact: true }).fill(name);
      await tab.getByRole("button", { name: "Save", exact: true }).click();
    };
    const names = (tab: Page) => tab.locator(".saved-item .example-title").allTextContents();
    await save(page, "One");
    await expect.poll(() => names(second)).toEqual(["One"]);
    await save(second, "Two");
    await expect.poll(() => names(page)).toEqual(["One", "Two"]);
    await second.getByLabel("Read-only").check();
    await expect.poll(() => page.getByLabel("Read-only").isChecked()).toBe(true);
    await second.close();
    await page.reload();
    await expect.poll(() => names(page)).toEqual(["One", "Two"]);
  });

  it("says so before a saved query takes another's place, and where the browser keeps nothing", async () => {
    await page.locator(".graphiql-query-editor .view-line").first().waitFor({ state: "attached" });
    for (const button of ["Save", "Replace it"]) {
      await page.getByRole("button", { name: "Save this query" }).click();
      await page.getByLabel("Name", { exact: true }).fill("One");
      await page.getByRole("button", { name: button, exact: true }).click();
      expect(await page.locator(".saved-item").count()).toBe(1);
    }
    expect(await page.locator(".saved .fault").count()).toBe(0);
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.getByRole("button", { name: "Delete One" }).click();
    await page.locator(".saved .fault", { hasText: "does not keep it" }).waitFor();
  });

  it("puts an answer into the tab that asked, whichever is open when it comes, and none where it was stopped", async () => {
    const answer: { give: () => void } = { give: () => undefined };
    const held = async (name: string) => {
      await page.route("**/graphql", async (route) => {
        const isPlan = route.request().headers()["x-affise-cost"] === "plan";
        if (!isPlan && route.request().postData()?.includes(name))
          await new Promise<void>((resolve) => {
            answer.give = resolve;
          });
        await route.continue().catch(() => undefined);
      });
      await page.evaluate((query) => {
        const model = __MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith("operation.graphql"));
        model?.setValue(query);
      }, `query ${name} { offers(first: 1) { nodes { id } } }`);
      const sent = page.waitForRequest((request) => request.postData()?.includes(name) ?? false);
      await page.locator(".graphiql-execute-button").click();
      await sent;
      await page.getByRole("button", { name: /^Stop query/ }).waitFor();
    };
    await held("Slow");
    await page.getByRole("button", { name: "New tab" }).click();
    await page.getByRole("button", { name: /^Execute query/ }).waitFor();
    const came = page.waitForResponse((response) => response.request().postData()?.includes("Slow") ?? false);
    answer.give();
    await came;
    await page.locator(".graphiql-tab", { hasText: "Slow" }).getByRole("button").first().click();
    await answered();
    await page.getByRole("button", { name: "Next page" }).waitFor();
    await page.locator(".graphiql-tab").nth(1).getByRole("button").first().click();
    await expect.poll(() => textIn(page, "response.json")).toBe("");

    await held("Given");
    const failed = page.waitForEvent("requestfailed");
    await page.getByRole("button", { name: /^Stop query/ }).click();
    await failed;
    await expect
      .poll(() => page.locator(".hint").textContent())
      .toMatch(/waits for this answer no more.*may have been carried out/);
  });

  it("fills in a query from an environment", async () => {
    await openExample("Best offers of the last 7 days");
    await answered();
    await page.getByText("Environments", { exact: true }).click();
    await page.getByRole("button", { name: "Make one of the variables now" }).click();
    await page.getByLabel("Name of the environment").fill("This week");
    await page.locator(".environments").getByRole("button", { name: "Save" }).click();
    const asked = page.waitForRequest((request) => /query OfDays/.test(request.postData() ?? ""));
    const query = "query OfDays($from: Date!, $to: Date!) { statistics(from: $from, to: $to, by: [DAY]) { totalCount } }";
    await page.evaluate((hash) => {
      location.hash = hash;
    }, new URLSearchParams({ query }).toString());
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    await page.locator(".graphiql-execute-button").click();
    expect(JSON.parse((await asked).postData() ?? "").variables).toHaveProperty("from");
  });

  it("lists only the examples that a key may run, if asked", async () => {
    await takeKey(page, "Affiliate");
    const all = await page.locator(".examples .example").count();
    await page.getByLabel(/Only mine/).check();
    await expect.poll(() => page.locator(".examples .example").count()).toBeLessThan(all);
    expect(await page.locator(".example-who.out").count()).toBe(0);
  });

  const names = ["saved", "keys", "network", "read-only", "theme", "zone", "traces"].map((name) => `affise-graphql:${name}`);
  const odd = [
    "broken",
    "5",
    '"Mars/Olympus"',
    "[null]",
    '{"queries":null,"tabs":5}',
    '{"queries":[null,{"name":5}]}',
    '{"sandbox":{}}',
  ];

  it.each(odd)("opens over notes that an older page or somebody's hand has left: %s", async (note) => {
    await page.evaluate(
      ([names, note]) => {
        for (const storage of [localStorage, sessionStorage]) for (const name of names ?? []) storage.setItem(name, note ?? "");
      },
      [[...names, ...["tabState", "queries", "favorites"].map((name) => `graphiql:${name}`)], note] as const,
    );
    await page.goto("about:blank");
    const query = "query N($from: Date, $to: Date, $n: Int) { offers(first: $n) { nodes { id } } }";
    await page.goto(`${addressOf(world.server.http)}/#${new URLSearchParams({ query })}`);
    await takeKey(page);
    await page.locator(".presets").waitFor();
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await expect.poll(() => textIn(page, "response.json")).toMatch(/"message"|"data"/);
    await page.locator(".rest-calls").waitFor();
    await page.getByRole("button", { name: "Save this query" }).waitFor();
    expect(complaints).toEqual([]);
  });
});
