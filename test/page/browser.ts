import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { at } from "../world/build.js";

export { at, buildPage } from "../world/build.js";

export const chromiumPath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path && existsSync(path),
);

if (!chromiumPath) {
  process.stderr.write(
    "SKIPPED: the tests of the page need Chromium (apt-get install chromium, or CHROMIUM=/path/to/it); the page is not tested here.\n",
  );
}

/**
 * What is of no use here. Each window draws the popup of its address bar ahead, as pages of their own: two thirds of what a window costs.
 * The others are those that Playwright switches off, whose list this takes the place of.
 */
const unused = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled", "LensOverlay", "MediaRouter"],
  ...[
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
  ],
  ...["PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "PreconnectToSearch"],
];

const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", `--disable-features=${unused}`],
];

let opened: Promise<Browser> | undefined;

/** The browser of this process; another one where the last has gone. Signals that tests send to this process are no business of its. */
const browser = async (): Promise<Browser> => {
  if (opened && (await opened).isConnected()) return opened;
  opened = chromium.launch({
    executablePath: chromiumPath,
    args: flags,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return opened;
};

type Options = Parameters<Browser["newContext"]>[0];

/** Set on a window, it has the next document of it begin with nothing kept, before any program of the page runs. */
const clean = "nothing kept";

/** A window of its own, with storage and cache of its own, in the one browser that all test files of a process share. */
export const openContext = async (options: Options = {}): Promise<BrowserContext> => {
  const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.addInitScript((word) => {
    if (window.name !== word) return;
    window.name = "";
    localStorage.clear();
    sessionStorage.clear();
  }, clean);
  return context;
};

/** Closes all that the tests of a file have opened. */
export const closePages = async (): Promise<void> => {
  const shared = await opened;
  await Promise.all(shared?.contexts().map((context) => context.close()) ?? []);
};

const editorShown = (page: Page): Promise<void> =>
  page.locator(".graphiql-query-editor .view-line").first().waitFor({ state: "attached" });

/** Opens the page at an address. What must not happen on any page is noted: console errors and warnings, faults, requests to elsewhere. */
export const openPage = async (address: string, complaints: string[], options: Options = {}): Promise<Page> => {
  const page = await (await openContext(options)).newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`fault: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`left for ${request.url()}`);
  });
  await page.goto(address);
  await editorShown(page);
  return page;
};

/** Opens the same page as somebody does who was never there: no key, no query, nothing kept. A third of what another `openPage` costs. */
export const openAnew = async (page: Page): Promise<void> => {
  await page.unrouteAll();
  await page.evaluate((word) => {
    window.name = word;
  }, clean);
  await page.goto(new URL("/", page.url()).href);
  await editorShown(page);
};

/** Presses the sample key of a role, and waits until the page has said whose it is. */
export const takeKey = async (page: Page, role = "General manager"): Promise<void> => {
  await page.getByRole("group", { name: "Sample keys" }).getByRole("button", { name: role, exact: true }).click();
  await page
    .locator(".identity")
    .filter({ hasText: new RegExp(`Role\\s*${role}`) })
    .waitFor();
};

interface EditorModel {
  uri: { path: string };
  getValue(): string;
  setValue(text: string): void;
}

declare global {
  /** What Monaco puts into the page. */
  var __MONACO: { editor: { getModels(): EditorModel[] } };
}

/** The text of one of the editors, whether it is on the screen or not. */
export const textIn = (page: Page, file: "operation.graphql" | "response.json" | "variables.json"): Promise<string> =>
  page.evaluate((name) => {
    const model = __MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith(name));
    return model?.getValue() ?? "";
  }, file);

/** The address that a server of this process listens at. */
export const addressOf = (http: { server: { address(): unknown } }): string => {
  const { port } = http.server.address() as { port: number };
  return `http://127.0.0.1:${port}`;
};

/** A picture may weigh so many bytes: it travels with the package. */
const pictureBytes = 120_000;

/** With SCREENSHOTS=1, takes a picture for the docs: as WebP, which only the browser's own protocol writes. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  if (process.env.SCREENSHOTS !== "1") return;
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 84 });
  const bytes = Buffer.from(data, "base64");
  expect(bytes.length).toBeLessThan(pictureBytes);
  mkdirSync(at("docs/images"), { recursive: true });
  writeFileSync(at(`docs/images/${name}.webp`), bytes);
};
