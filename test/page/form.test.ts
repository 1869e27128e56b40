import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openAnew, openPage, takeKey, textIn } from "./browser.js";

describe.skipIf(!chromiumPath)("queries without reading one", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  const complaints: string[] = [];

  const write = (query: string, variables = "") =>
    page.goto(
      `${addressOf(world.server.http)}/#${new URLSearchParams({ query, ...(variables ? { variables } : {}) }).toString()}`,
    );

  const form = () => page.getByRole("form", { name: "Variables as a form" });

  const variables = async () =>
    JSON.parse((await textIn(page, "variables.json")).replaceAll(/\/\/.*$/gm, "")) as Record<string, unknown>;

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({ offers: 60, affiliates: 20 }, { playground: { sandbox: true, sampleKeys } });
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

  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  it("fills in variables by form: days by a press, offers by name, choices from the schema; comments of the JSON stay", async () => {
    await write(
      `query Q($from: Date!, $to: Date!, $offers: [ID!], $status: [OfferStatus!], $id: ID!, $timezone: String) {
  statistics(from: $from, to: $to, by: [DAY], filter: { offerIds: $offers }, timezone: $timezone) { nodes { figures { clicks } } }
  offers(filter: { status: $status }) { totalCount }
  offer(id: $id) { title }
}`,
      `{\n  // the days\n  "from": "2026-01-01"\n}`,
    );
    await form().waitFor();
    await form().getByRole("button", { name: "Last month" }).click();
    const now = new Date();
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 10);
    await form().getByLabel("Days of").selectOption("UTC");
    await form().getByRole("button", { name: "Last month" }).click();
    await expect.poll(async () => (await variables()).from).toBe(first);

    const { data } = await world.ask("{ offers(first: 40, filter: { status: [ACTIVE] }) { nodes { id title } } }");
    const offers = (data as { offers: { nodes: { id: string; title: string }[] } }).offers.nodes;
    const [one, two] = [offers[20], offers[30]];
    const pick = async (label: RegExp, name: string) => {
      await form().getByLabel(label).fill(name);
      await form().getByRole("option", { name }).first().click();
    };
    await pick(/^offers/, one?.title ?? "");
    await pick(/^offers/, two?.title ?? "");
    await pick(/^id/, one?.title ?? "");
    await form().getByLabel("ACTIVE", { exact: true }).check();
    await expect.poll(variables).toMatchObject({ offers: [one?.id, two?.id], id: one?.id, status: ["ACTIVE"] });
    expect(await textIn(page, "variables.json")).toContain("// the days");
    await form().getByRole("button", { name: "Run" }).click();
    await expect.poll(() => textIn(page, "response.json")).toContain(JSON.stringify(one?.title));
  });

  it("takes numbers and texts as they are typed, letter by letter", async () => {
    await write(
      `query Q($filter: ConversionFilter, $search: String) {
  conversions(first: 1, filter: $filter) { totalCount }
  offers(filter: { search: $search }) { totalCount }
}`,
      "[]",
    );
    await form().getByText("The JSON cannot be read right now").waitFor();
    await page.evaluate(() => {
      const model = __MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith("variables.json"));
      model?.setValue('{ "filter": { "payoutAbove": 1 } }');
    });
    await form().getByLabel("payoutAbove").fill("");
    await form().getByLabel("payoutAbove").pressSequentially("0.05");
    await form().getByLabel("search").pressSequentially("cur");
    await page.keyboard.press("Home");
    await page.keyboard.type("in");
    await expect.poll(variables).toEqual({ filter: { payoutAbove: 0.05 }, search: "incur" });
  });

  it("picks with the keyboard alone, and names what is picked already", async () => {
    const { data } = await world.ask("{ affiliates(first: 3) { nodes { id companyName } } }");
    const [affiliate] = (data as { affiliates: { nodes: { id: string; companyName: string }[] } }).affiliates.nodes;
    await write(
      `query Q($affiliateId: ID!) { affiliate(id: $affiliateId) { companyName } }`,
      `{"affiliateId": "${affiliate?.id}"}`,
    );
    await expect.poll(() => form().textContent()).toContain(affiliate?.companyName);
    await form()
      .getByLabel(/^affiliateId/)
      .focus();
    await page.keyboard.type("a");
    await form().getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(variables).not.toEqual({ affiliateId: affiliate?.id });
  });

  it("clicks into a query and leaves its comments and layout alone; filters are forms; finds what is deep down", async () => {
    const query = `# what I ask for
query First {
  offers(first: 5) { # a few
    nodes { id } # only these
  }
}

query Second {
  viewer { __typename }
}
`;
    await write(query);
    await expect.poll(() => textIn(page, "operation.graphql")).toBe(query);
    await page.getByRole("button", { name: "Show Explorer" }).click();
    const explorer = page.locator(".explorer");
    await explorer.getByRole("list", { name: "Arguments of offers" }).getByLabel("filter", { exact: true }).check();
    await explorer.getByLabel("Add a field of OfferFilter").selectOption("status");
    await explorer.getByLabel("STOPPED", { exact: true }).check();
    await expect
      .poll(() => textIn(page, "operation.graphql"))
      .toBe(query.replace("first: 5", "first: 5, filter: {status: [STOPPED]}"));
    await explorer.getByLabel("Filter the fields").fill("referr");
    await explorer.getByRole("button", { name: /›/ }).first().waitFor();
    await explorer.getByLabel("Filter the fields").fill("");
    await explorer.getByLabel("title", { exact: true }).first().check();
    await expect.poll(() => textIn(page, "operation.graphql")).toContain("nodes { id title } # only these");
    await explorer.getByLabel("Operation", { exact: true }).selectOption({ label: "query Second" });
    await explorer.getByLabel("activeOffersCount", { exact: true }).check();
    const text = await textIn(page, "operation.graphql");
    expect(text).toMatch(/viewer \{ __typename \}\s+activeOffersCount/);
    expect(text).toContain("# what I ask for");
    expect(text).toContain("# a few");
  });

  it.each([
    ["1,5", "1,5"],
    ["1.234,56", "1.234,56"],
    ["1,234.5", "1,234.5"],
    ["12345678901234567890", "12345678901234567890"],
    ["-0.05", -0.05],
    ["1200", 1200],
  ])("makes no other number of what is typed: %s", async (typed, value) => {
    await write("query N($payout: Float!) { offers { nodes { id } } }");
    const box = form().getByLabel("payout");
    await box.pressSequentially(typed);
    await expect.poll(async () => (await variables()).payout).toBe(value);
    expect(await box.inputValue()).toBe(typed);
    expect(await box.getAttribute("aria-invalid")).toBe(typeof value === "string" ? "true" : null);
  });

  it("opens a file that is dropped anywhere, runs nothing, and leaves the page for none", async () => {
    const drop = (name: string, text: string, on: string) =>
      page.evaluate(
        ([name = "", text = "", on = ""]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name));
          return ["dragover", "drop"].map((type) => {
            const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
            document.querySelector(on)?.dispatchEvent(event);
            return event.defaultPrevented;
          });
        },
        [name, text, on],
      );
    for (const [index, on] of [".header", ".aside", ".graphiql-query-editor .view-lines", ".graphiql-response"].entries()) {
      const text = `mutation Dropped${index} { __typename }`;
      expect(await drop(`q${index}.graphql`, `\uFEFF${text}`, on)).toEqual([true, true]);
      await expect.poll(() => textIn(page, "operation.graphql")).toBe(text);
    }
    expect(await drop("picture.png", "no query", ".aside")).toEqual([true, true]);
    expect(await textIn(page, "operation.graphql")).toBe("mutation Dropped3 { __typename }");
    expect(await textIn(page, "response.json")).toBe("");
  });
});
