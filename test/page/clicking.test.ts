import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, takePicture, textIn } from "./browser.js";
import { keys } from "./full-data.js";

/** The days of last week in a zone, Monday to Sunday. */
const lastWeekIn = (timeZone: string): { from: string; to: string } => {
  const today = new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date())}T00:00:00Z`);
  const sunday = today.getTime() - (((today.getUTCDay() + 6) % 7) + 1) * 86_400_000;
  const text = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { from: text(sunday - 6 * 86_400_000), to: text(sunday) };
};

const asked = `query ($from: Date!, $to: Date!) {
  statistics(from: $from, to: $to, timezone: "Europe/Berlin", by: [OFFER], first: 3, orderBy: { field: CONFIRMED_EARNINGS }) {
    nodes { slice { offer { title caps { usage { percent } } } } }
  }
}`;

interface Asked {
  statistics: { nodes: { slice: { offer: { title: string; caps: { usage: { percent: number } }[] } } }[] };
}

// Follows docs/getting-started.md step by step with the mouse alone. SCREENSHOTS=1 takes its pictures anew.
describe.skipIf(!chromiumPath)(
  "Berlin time, last week, my three biggest offers, which caps are nearly full",
  { timeout: 120_000 },
  () => {
    let world: World;
    let page: Page;
    const complaints: string[] = [];

    const picture = (name: string) => takePicture(page, name);

    const form = (): Locator => page.getByRole("form", { name: "Variables as a form" });

    beforeAll(async () => {
      await buildPage();
      world = await openWorld({}, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
      page = await openPage(addressOf(world.server.http), complaints, { viewport: { width: 1120, height: 720 } });
    }, 180_000);

    afterAll(async () => {
      await closePages();
      await world?.close();
    });

    it("1. a press on a sample key says whose it is", async () => {
      await page
        .getByRole("group", { name: "Sample keys" })
        .getByRole("button", { name: "General manager", exact: true })
        .click();
      await page.locator(".identity").waitFor();
      await picture("first-key");
    });

    it("2. a press on an example writes the query and runs it", async () => {
      await page.locator(".example", { has: page.getByText("My biggest offers and their caps", { exact: true }) }).click();
      await form().waitFor();
      await page.locator(".rest-calls summary").waitFor();
      await picture("first-example");
    });

    it("3. zone and days are chosen in the form", async () => {
      await form().getByLabel("timezone").selectOption("Europe/Berlin");
      await form().getByRole("button", { name: "Last week" }).click();
      await expect
        .poll(async () => JSON.parse(await textIn(page, "variables.json")))
        .toEqual({ ...lastWeekIn("Europe/Berlin"), timezone: "Europe/Berlin" });
    });

    it("4. Run shows the caps of the three, the fullest first, as the sandbox has them", async () => {
      await form().getByRole("button", { name: "Run" }).click();
      const { data } = await world.ask<Asked>(asked, { key: keys.User, variables: lastWeekIn("Europe/Berlin") });
      const caps = data.statistics.nodes.flatMap(({ slice: { offer } }) =>
        offer.caps.map(({ usage }) => ({ title: offer.title, percent: usage.percent })),
      );
      const percents = caps.map(({ percent }) => percent).sort((left, right) => right - left);
      const shown = () => page.locator(".table-view [role=row], .table-view tbody tr").allInnerTexts();
      await expect.poll(async () => (await shown()).join("\n")).toContain(String(percents[0]));
      const rows = (await shown()).filter((row) => caps.some(({ title }) => row.includes(title)));
      expect(rows).toHaveLength(caps.length);
      expect(rows[0]).toContain(String(percents[0]));
      expect(complaints).toEqual([]);
      await page.getByRole("button", { name: "Hide key and examples" }).click();
      await picture("first-answer");
    });
  },
);
