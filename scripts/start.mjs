// `npm start`: builds what is missing, then runs the server with the arguments given.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));

const run = (...args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: fileURLToPath(root), stdio: ["ignore", "ignore", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`node ${args.join(" ")} ended with ${code}`))));
  });

const vite = (...args) => run(at("node_modules/vite/bin/vite.js"), "build", ...args, "--logLevel", "error");

if (!existsSync(at("node_modules/"))) {
  process.stderr.write("The dependencies are missing: run npm ci first.\n");
  process.exit(1);
}
const missing = [];
if (!existsSync(at("dist/cli.js"))) missing.push(["the server", []]);
if (existsSync(at("playground/")) && !existsSync(at("dist/playground/"))) missing.push(["the playground", ["playground"]]);
if (missing.length) {
  process.stderr.write(`Building ${missing.map(([name]) => name).join(" and ")}, once: about fifteen seconds …\n`);
  try {
    // Both read the contract as data: the server when it runs, the docs beside the page when they are written.
    await run(at("scripts/contract.mjs"), "--data-only");
    await Promise.all(missing.map(([, args]) => vite(...args)));
  } catch (error) {
    process.stderr.write(`The build failed: ${error.message}\n`);
    process.exit(1);
  }
}
await import(new URL("dist/cli.js", root).href);
