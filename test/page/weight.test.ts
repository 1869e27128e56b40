import type { Socket } from "node:net";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { openWorld, type World } from "../world/world.js";
import { addressOf, buildPage, chromiumPath, closePages, openContext } from "./browser.js";

describe.skipIf(!chromiumPath)("the page's weight", { timeout: 120_000 }, () => {
  let world: World;
  let address: string;

  /** Bytes that the server has written to its sockets: what the browser got, workers and answers too. */
  const sockets = new Set<Socket>();
  const written = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);

  const countedPage = async (): Promise<{ page: Page; cdp: CDPSession }> => {
    const page = await (await openContext()).newPage();
    const cdp = await page.context().newCDPSession(page);
    return { page, cdp };
  };

  const firstAnswer = async (page: Page) => {
    await page.getByRole("group", { name: "Sample keys" }).getByRole("button", { name: "General manager" }).click();
    await page.locator(".graphiql-query-editor .view-line").first().click();
    await page.keyboard.press("Control+Enter");
    await page.locator(".rest-calls summary").waitFor();
  };

  beforeAll(async () => {
    await buildPage();
    world = await openWorld({}, { playground: { sandbox: true, sampleKeys, version: "0.0.0" } });
    world.server.http.server.on("connection", (socket: Socket) => sockets.add(socket));
    address = addressOf(world.server.http);
  }, 180_000);

  afterAll(async () => {
    await closePages();
    await world?.close();
  });

  it("brings at most 1.2 MB over the wire for the first answer", async () => {
    const { page } = await countedPage();
    const before = written();
    await page.goto(address);
    await firstAnswer(page);
    const bytes = written() - before;
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThanOrEqual(1_200_000);
    await page.close();
  });

  it("can be used before the editor is there, with what comes in three seconds at 1.6 Mbit/s", async () => {
    const { page, cdp } = await countedPage();
    const named = (await (await fetch(`${address}/`)).text()).match(/assets\/[\w.-]+\.js/g) ?? [];
    let use = () => {};
    const used = new Promise<void>((resolve) => {
      use = resolve;
    });
    // What the page only asks for by itself, the editor first of all, does not come before the page is used.
    await page.route(/\/assets\/.*\.js$/, async (route) => {
      if (!named.some((name) => route.request().url().endsWith(name))) await used;
      await route.continue();
    });
    let bytes = 0;
    cdp.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await cdp.send("Network.enable");
    await page.goto(address, { waitUntil: "commit" });
    await page.getByRole("group", { name: "Sample keys" }).getByRole("button", { name: "General manager" }).click();
    await page.locator(".identity").waitFor();
    expect(await page.locator(".graphiql-container").count()).toBe(0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(3 * 200_000);
    use();
    await page.close();
  });

  it("lets browsers keep what never changes, compressed, and asks for the rest anew", async () => {
    const index = await fetch(`${address}/`, { headers: { "accept-encoding": "br" } });
    expect(index.headers.get("cache-control")).toBe("no-cache");
    expect(index.headers.get("strict-transport-security")).toBeNull();
    const [script = ""] = (await index.text()).match(/assets\/index-[^"]+\.js/) ?? [];
    for (const encoding of ["br", "gzip"]) {
      const file = await fetch(`${address}/${script}`, { headers: { "accept-encoding": encoding } });
      expect(file.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(file.headers.get("content-encoding")).toBe(encoding);
      expect(file.headers.get("content-type")).toMatch(/javascript/);
    }
    const notices = await (await fetch(`${address}/licenses.md`)).text();
    for (const name of ["react", "monaco-editor", "graphql", "graphiql"]) expect(notices).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
