import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromiumPath, closePages, openContext } from "../page/browser.js";
import { at, builtClient } from "../world/build.js";
import { openWorld, type World } from "../world/world.js";
import { tool, tools } from "./tools.js";

const folder = mkdtempSync(join(tmpdir(), "affise-graphql-runtime-"));
const shipped = "node_modules/@affise-graphql/client";
const page = `<!doctype html><script type="importmap">{ "imports": { "@affise-graphql/client": "/${shipped}/dist/index.js" } }</script>`;

let world: World;
let front: Server;
let origin: string;
/** The Idempotency-Key of each mutation that came. */
let keys: unknown[] = [];

/** Hands a request on to the world; the answer to the first mutation is lost on its way back. */
const forward = async (request: IncomingMessage, response: ServerResponse) => {
  let body = "";
  for await (const part of request) body += part;
  const headers = Object.entries(request.headers).filter(([name]) =>
    /^(content-type|accept|api-key|idempotency-key)$/.test(name),
  );
  const answer = await fetch(`${world.url}/graphql`, {
    method: "POST",
    body,
    headers: Object.fromEntries(headers) as Record<string, string>,
  });
  const text = await answer.text();
  if (request.headers["idempotency-key"]) keys.push(request.headers["idempotency-key"]);
  if (keys.length === 1 && request.headers["idempotency-key"]) return response.destroy();
  return response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(text);
};

const serve = (path: string, response: ServerResponse) => {
  const file = join(folder, path);
  if (path === "/") return response.setHeader("content-type", "text/html").end(page);
  if (!path.endsWith(".js") || !existsSync(file)) return response.writeHead(404).end();
  return response.setHeader("content-type", "text/javascript").end(readFileSync(file));
};

beforeAll(async () => {
  await builtClient();
  mkdirSync(join(folder, shipped), { recursive: true });
  for (const part of ["package.json", "dist"]) cpSync(at(`client/${part}`), join(folder, shipped, part), { recursive: true });
  for (const name of ["program.js", "main.js"]) cpSync(at(`test/interop/runtime/${name}`), join(folder, name));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "dependencies": { "@affise-graphql/client": "*" } }');
  world = await openWorld({ offers: 30, affiliates: 10, advertisers: 3, conversions: 0 });
  front = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/graphql") void forward(request, response);
    else if (path !== "/silent") serve(path, response);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await closePages();
  await new Promise((resolve) => {
    front.close(resolve);
    front.closeAllConnections();
  });
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  world.sandbox.reset();
  keys = [];
});

/** Runs the program by a runtime's command. */
const byCommand = (command: string, ...args: string[]) =>
  new Promise<unknown>((resolve, reject) => {
    const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
    const child = spawn(command, [...args, "main.js", origin], { cwd: folder, env: { ...env, NO_COLOR: "1" } });
    let out = "";
    let error = "";
    child.stdout.on("data", (text) => {
      out += text;
    });
    child.stderr.on("data", (text) => {
      error += text;
    });
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(JSON.parse(out)) : reject(new Error(out + error))));
  });

/** Bun's program for this system: its own package holds none until a script of it has run. */
const bun = () => join(tool("@oven"), readdirSync(tool("@oven"))[0] ?? "", "bin/bun");

const inBrowser = async () => {
  const opened = await (await openContext()).newPage();
  await opened.goto(origin);
  return opened.evaluate('import("/program.js").then(({ run }) => run(location.origin))');
};

describe.each([
  { name: "Node", run: () => byCommand(process.execPath), isThere: true },
  { name: "Bun", run: () => byCommand(bun()), isThere: tools !== undefined },
  {
    name: "Deno",
    run: () => byCommand(process.execPath, tool("deno/bin.cjs"), "run", "--quiet", "--allow-net"),
    isThere: tools !== undefined,
  },
  { name: "Chromium", run: inBrowser, isThere: chromiumPath !== undefined },
])("the typed client in $name", ({ run, isThere }) => {
  test.skipIf(!isThere)("reads, writes once although the answer was lost, and tells errors apart by type", async () => {
    const active = { title: expect.any(String), status: "ACTIVE" };
    const none = { isAnswerError: false, isNoAnswerError: true, kind: "no answer", status: 0 };
    expect(await run()).toMatchObject({
      read: [active, active],
      written: [{ outcome: "DONE" }, { outcome: "DONE" }],
      refused: { isAnswerError: true, isNoAnswerError: false, kind: "answer", code: "FORBIDDEN" },
      late: { ...none, message: "The server did not answer within 50 ms." },
      unwanted: "not wanted any more",
      day: "1970-01-01",
    });
    expect(keys).toEqual([expect.stringMatching(/^[\da-f]{32}$/), keys[0]]);
    const writes = Object.entries(world.sandbox.calls()).filter(([operation]) => !operation.startsWith("GET"));
    expect(writes).toEqual([["POST /3.0/admin/offer/mass-update", 1]]);
  });
});
