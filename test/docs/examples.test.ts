import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const script = join(root, "examples/script");
const page = join(root, "examples/caps-monitor");

const world = await openWorld({ offers: 60, affiliates: 30, advertisers: 6, conversions: 1500 });
const { port } = world.server.http.server.address() as { port: number };
const folder = mkdtempSync(join(tmpdir(), "affise-graphql-page-"));
let preview: ChildProcess | undefined;
afterAll(async () => {
  preview?.kill();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...inherited } = process.env;
const environment = { ...inherited, AFFISE_GRAPHQL_URL: `http://127.0.0.1:${port}/graphql`, NO_COLOR: "1" };

/** Runs a program of this folder's packages; the world goes on answering meanwhile. */
const run = (cwd: string, program: string, args: readonly string[], more: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    const child = spawn(process.execPath, [join(modules, program), ...args], { cwd, env: { ...environment, ...more } });
    const said = { out: "", error: "" };
    child.stdout.on("data", (chunk) => {
      said.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said.error += chunk;
    });
    child.on("close", (code) => resolve({ code, ...said }));
  });

const makeTypes = async (cwd: string) => {
  const made = await run(cwd, "@graphql-codegen/cli/cjs/bin.js", ["--config", "codegen.yml", "--silent"]);
  expect(made, made.error).toMatchObject({ code: 0 });
  const checked = await run(cwd, "@typescript/native/bin/tsc", ["-p", "."]);
  expect(checked.out).toBe("");
};

describe("examples/script", { timeout: 120_000 }, () => {
  const start = (args: readonly string[] = [], more?: Record<string, string>) =>
    run(script, "tsx/dist/cli.mjs", ["top-affiliates.ts", ...args], more);

  test("has the types of its query", () => makeTypes(script));

  test("prints the best affiliates as CSV", async () => {
    const { code, out, error } = await start();
    expect([code, error]).toEqual([0, ""]);
    const [head, ...rows] = out.trim().split("\n");
    expect(head).toBe("id,name,manager,clicks,confirmed,payout,earnings");
    expect(rows).toHaveLength(10);
    const earnings = rows.map((row) => Number(row.split(",").at(-1)));
    expect(earnings).toEqual([...earnings].sort((left, right) => right - left));
  });

  test.each<[string, string[], Record<string, string>]>([
    ["a day that is none", ["soon"], {}],
    ["a number that is none", ["2026-11-01", "2026-11-30", "many"], {}],
    ["a server that is not there", [], { AFFISE_GRAPHQL_URL: "http://127.0.0.1:1/graphql" }],
    ["a server that speaks no GraphQL", [], { AFFISE_GRAPHQL_URL: `${world.url}/healthz/none` }],
  ])("says what is wrong in a line, and ends with 1: %s", async (_, args, more) => {
    const { code, out, error } = await start(args, more);
    expect([code, out, error.trim().split("\n").length, error.includes("    at ")]).toEqual([1, "", 1, false]);
  });

  test("takes a period and a number", async () => {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const { out } = await start([day, day, "3"]);
    expect(out.trim().split("\n").length).toBeLessThanOrEqual(4);
  });

  test("ends in peace when who reads it has seen enough", async () => {
    const args = [join(modules, "tsx/dist/cli.mjs"), join(script, "top-affiliates.ts")];
    const child = spawn(process.execPath, args, { cwd: script, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    expect(await text(child.stderr)).toBe("");
  });

  test("says what went wrong, and ends with 1", async () => {
    const { code, error } = await start([], { AFFISE_API_KEY: "wrong" });
    expect(code).toBe(1);
    expect(error).toMatch(/^UNAUTHENTICATED at statistics/);
  });
});

const chromiumPath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path && existsSync(path),
);
if (!chromiumPath) {
  process.stderr.write("SKIPPED: the page of examples/caps-monitor is built but not opened, since there is no Chromium.\n");
}

describe("examples/caps-monitor", { timeout: 120_000 }, () => {
  test("has the types of its query, and builds", async () => {
    await makeTypes(page);
    const built = await run(page, "vite/bin/vite.js", ["build", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"]);
    expect(built, built.error).toMatchObject({ code: 0 });
  });

  const served = () =>
    new Promise<string>((resolve, reject) => {
      const args = [
        join(modules, "vite/bin/vite.js"),
        "preview",
        "--outDir",
        folder,
        "--port",
        String(port + 1),
        "--host",
        "127.0.0.1",
      ];
      preview = spawn(process.execPath, args, { cwd: page, env: environment });
      let said = "";
      preview.stdout?.on("data", (chunk) => {
        said += chunk;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (address) resolve(address);
      });
      preview.on("close", () => reject(new Error(`vite preview ended: ${said}`)));
    });

  test.skipIf(!chromiumPath)("shows the fullest caps first, to whoever types a key", async () => {
    const address = await served();
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const tab = await browser.newPage();
      const complaints: string[] = [];
      tab.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      tab.on("pageerror", (error) => complaints.push(error.message));
      await tab.goto(address);
      await tab.getByLabel("API key").fill("sandbox-general-manager");
      await tab.getByRole("button", { name: "Show" }).click();
      await tab.getByLabel("At least").fill("1");
      await tab.locator("tbody tr").first().waitFor();
      const shown = (await tab.locator("tbody strong").allTextContents()).map(Number.parseFloat);
      expect(shown.length).toBeGreaterThan(3);
      expect(shown).toEqual([...shown].sort((left, right) => right - left));
      expect(complaints).toEqual([]);
      await tab.getByLabel("API key").fill("wrong");
      await tab.getByRole("button", { name: "Show" }).click();
      await expect.poll(() => tab.getByRole("alert").textContent()).toContain("does not know this API key");
    } finally {
      await browser.close();
    }
  });
});

test("nothing made by the examples is committed", () => {
  const { stdout } = spawnSync("git", ["ls-files", "examples"], { cwd: root, encoding: "utf8" });
  expect(stdout).not.toMatch(/\/gql\/|node_modules|dist\//);
});
