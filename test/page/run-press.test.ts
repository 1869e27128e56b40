import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, takeKey, textIn } from "./browser.js";

const change = `mutation Pause($id: ID!) { updateOffers(input: { changes: [{ offerIds: [$id], status: STOPPED }] }) { results { outcome } } }`;

describe.skipIf(!chromiumPath)("what is pressed once more than it is meant", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  let sent = 0;
  let letThrough: () => void = () => undefined;

  const answer = () => textIn(page, "response.json");

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({ offers: 5, affiliates: 5, conversions: 5 }, { playground: { sandbox: true, sampleKeys } });
    page = await openPage(addressOf(world.server.http), []);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  beforeEach(async () => {
    await openAnew(page);
    await takeKey(page);
    const hash = new URLSearchParams({ query: change, variables: '{ "id": "1" }' });
    await page.goto(`${addressOf(world.server.http)}/#${hash}`);
    await page.locator(".variables-form [type=submit]").waitFor();
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    sent = 0;
    await page.route("**/graphql", async (route) => {
      const isChange =
        route.request().postData()?.includes("mutation Pause") && route.request().headers()["x-affise-cost"] !== "plan";
      if (isChange) {
        sent += 1;
        await held;
      }
      await route.continue();
    });
  });

  const presses: [string, () => Promise<void>][] = [
    ["a double click on Run", () => page.locator(".graphiql-execute-button").dblclick()],
    ["a double click on the form's Run", () => page.locator(".variables-form [type=submit]").dblclick()],
    [
      "the keys for it four times in the query",
      async () => {
        await page.locator(".graphiql-query-editor .view-line").first().click();
        for (let time = 0; time < 4; time += 1) await page.keyboard.press("Control+Enter");
      },
    ],
    [
      "the keys for it held down outside of the editors",
      async () => {
        await page.getByPlaceholder("What do you want to do?").focus();
        await page.keyboard.down("Control");
        for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
        await page.keyboard.up("Enter");
        await page.keyboard.up("Control");
      },
    ],
    [
      "Enter held down on Run",
      async () => {
        await page.locator(".graphiql-execute-button").focus();
        for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
        await page.keyboard.up("Enter");
      },
    ],
    [
      "the form sent off twice",
      async () => {
        const submit = () => page.locator(".variables-form").evaluate((form: HTMLFormElement) => form.requestSubmit());
        await submit();
        await page.getByRole("button", { name: /^Stop query/ }).waitFor();
        await submit();
      },
    ],
  ];

  it.each(presses)("sends a change once, and tells what became of it: %s", async (_, press) => {
    await press();
    await expect.poll(() => sent).toBe(1);
    letThrough();
    await expect.poll(answer).toMatch(/"outcome": "DONE"/);
    expect(sent).toBe(1);
  });
});
