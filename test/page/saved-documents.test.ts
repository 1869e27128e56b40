import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, textIn } from "./browser.js";

const titles = "query Titles($n: Int = 2) { offers(first: $n) { nodes { id title } pageInfo { hasNextPage endCursor } } }";
const stop = "mutation Stop { updateOffers(input: { changes: [{ offerIds: [3], status: STOPPED }] }) { results { outcome } } }";
const manifest = {
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations: [
    { id: "titles", name: "Titles", type: "query", body: titles },
    { id: "stop", name: "Stop", type: "mutation", body: stop },
    { id: "kept", name: "Kept", type: "query", body: "query Kept { offers { totalCount } }", clientName: "web" },
  ],
};

describe.skipIf(!chromiumPath)("the page of a server that runs saved documents only", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), "documents-"));
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildPage();
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    world = await openWorld(
      { offers: 30, affiliates: 5, advertisers: 5, conversions: 20 },
      {
        playground: { sandbox: true, sampleKeys, version: "0.0.0" },
        documents: { path: join(folder, "manifest.json"), modes: { usual: "enforce", ofClients: {} } },
      },
    );
    page = await openPage(addressOf(world.server.http), complaints);
    await page.getByRole("group", { name: "Sample keys" }).getByRole("button", { name: "General manager", exact: true }).click();
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
    rmSync(folder, { recursive: true });
  });

  const items = () => page.locator(".examples .example-title");

  const answered = async () => {
    await expect.poll(() => textIn(page, "response.json"), { timeout: 15_000 }).toMatch(/^\{/);
    return JSON.parse(await textIn(page, "response.json")) as { data: object; errors?: { extensions: { code: string } }[] };
  };

  it("says so, offers them, and asks nothing that would be refused", async () => {
    await page.getByText("runs these documents and no others").waitFor();
    await page.getByText("Whose it is cannot be asked here").waitFor();
    expect(await items().allInnerTexts()).toEqual([
      expect.stringMatching(/^Titles/),
      expect.stringMatching(/^Stop[\s\S]*changes data/),
    ]);
    await items().first().click();
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(titles);
    await page.getByLabel("Variables as a form").waitFor();
    await page.locator(".graphiql-execute-button").click();
    expect(Object.keys((await answered()).data)).toEqual(["offers"]);
    await page.getByText("one with a variable for “after” reads on").waitFor();
    await expect.poll(() => page.locator(".cost-ahead summary").textContent()).toBe("1 REST call");
    expect(complaints).toEqual([]);
  });

  it("tells for another text what can be done", async () => {
    await page.evaluate(() =>
      __MONACO.editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith("operation.graphql"))
        ?.setValue("query Mine { offers { totalCount } }"),
    );
    await page.locator(".graphiql-execute-button").click();
    await expect.poll(() => page.locator(".hint").textContent()).toMatch(/choose one in the start panel/);
  });
});
