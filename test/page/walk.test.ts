import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples, isMutation } from "../../playground/src/example/example.js";
import type { Example } from "../../playground/src/example/shape.js";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openPage, takeKey, textIn } from "./browser.js";
import { counting, everyRow, type Node, variablesFor } from "./full-data.js";
import { differences, listsIn, tableIn } from "./table-seen.js";

interface Answer {
  data: Node | null;
  errors?: { path?: (string | number)[]; extensions: { code: string } }[];
}

/**
 * What a key may not see, and what became of each item: all that an answer has beside its data that does not change from run to run. A list that
 * is refused is refused as a whole where the page has asked how much of it there is.
 */
const saidIn = ({ data, errors = [] }: Answer) => ({
  errors: new Set(
    errors.map(({ path = [], extensions }) => `${path.join(".").replace(/\.(nodes|totalCount)$/, "")} ${extensions.code}`),
  ),
  outcomes: JSON.stringify(data).match(/"(outcome|code)":"\w+"/g) ?? [],
});

const kindOf = (role: string) => (role === "Affiliate" || role === "Advertiser" ? role : "User");

/** One key of each kind, which may do all that its kind may: no example for it fails. */
const mayAll = new Set(["General manager", "Affiliate", "Advertiser"]);

const walksAll = process.env.PAGE_WALK === "1";
const keysTaken = sampleKeys.filter(({ role }) => walksAll || mayAll.has(role));
if (chromiumPath && !walksAll)
  process.stderr.write("SKIPPED: the examples run in the page with one key of each kind; PAGE_WALK=1 takes every sample key.\n");

const runs = keysTaken.flatMap(({ key, role }) =>
  examples.filter(({ keys }) => keys.includes(kindOf(role))).map((example) => ({ title: example.title, role, key, example })),
);

// Each example is chosen and run as a user does it. What the page says is held against the data as they are
// without the page, read to their end.
describe.skipIf(!chromiumPath)("every example with each kind of key, in the page", { timeout: 120_000 }, () => {
  let world: World;
  let page: Page;
  let taken = "";
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({}, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    page = await openPage(addressOf(world.server.http), complaints);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  const holdKey = async (role: string) => {
    if (taken !== role) await takeKey(page, role);
    taken = role;
  };

  const answered = async (query: string): Promise<Answer> => {
    await page.waitForFunction((text) => {
      const valueOf = (name: string) =>
        __MONACO.editor
          .getModels()
          .find(({ uri }) => uri.path.endsWith(name))
          ?.getValue() ?? "";
      return valueOf("operation.graphql") === text && valueOf("response.json").startsWith("{");
    }, query);
    return JSON.parse(await textIn(page, "response.json")) as Answer;
  };

  const inPage = async (example: Example): Promise<Answer> => {
    await page.locator(".example", { has: page.getByText(example.title, { exact: true }) }).click();
    if (isMutation(example)) {
      await page.getByText("This one changes data.").waitFor();
      expect(await textIn(page, "response.json")).toBe("");
      await page.locator(".graphiql-execute-button").click();
    }
    return answered(example.query);
  };

  it.each(runs)("$title, as $role", async ({ role, key, example }) => {
    await holdKey(role);
    const variables = await variablesFor(world, example, key);
    const direct: Answer = await world.ask(example.query, { key, variables });
    if (isMutation(example)) world.sandbox.reset();
    const answer = await inPage(example);
    if (isMutation(example)) world.sandbox.reset();
    expect(saidIn(answer)).toEqual(saidIn(direct));
    if (mayAll.has(role)) {
      expect(answer.errors).toBeUndefined();
      expect(JSON.stringify(direct.data)).not.toMatch(/"error":\{|"nodes":\[\]|"results":\[\]/);
      expect(await page.locator(".rest-calls li").first().textContent()).toMatch(/(GET|POST) \/3\.\d\//);
    }
    if (direct.errors) await page.locator(".hint").waitFor();
    expect(complaints).toEqual([]);
    if (isMutation(example) || direct.errors) return;

    const isShown = !("note" in ((answer as { extensions?: object }).extensions ?? {}));
    if (isShown) expect(answer.data).toEqual(direct.data);
    const [list] = listsIn(direct.data);
    if (!list) return;
    if (example.view === "chart") await page.locator(".chart-view :is(.curve, .bar)").first().waitFor();
    const all = list.isConnection
      ? await everyRow(world, counting(example.query), list.path.join("."), key, variables)
      : list.rows;
    expect(all.length).toBeGreaterThanOrEqual(list.rows.length);
    await page.getByRole("group", { name: "How to show the answer" }).getByRole("button", { name: "Table" }).click();
    const wanted = { ...list, total: list.isConnection ? all.length : undefined, sort: example.sort };
    await expect.poll(async () => differences(await tableIn(page), wanted)).toEqual([]);
  });
});
