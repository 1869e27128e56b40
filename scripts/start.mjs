// `npm start`: builds what is missing, then runs the server with the arguments given.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const at = (path) => new URL(path, root);
const run = (what, args) => {
  process.stderr.write(`${what} …\n`);
  const { status } = spawnSync(
    process.execPath,
    args.map((arg) => (arg instanceof URL ? fileURLToPath(arg) : arg)),
    {
      cwd: fileURLToPath(root),
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(at("node_modules/"))) {
  process.stderr.write("The dependencies are missing: run npm ci first.\n");
  process.exit(1);
}
if (!existsSync(at("dist/cli.js"))) {
  run("Reading the contract", [at("scripts/contract.mjs"), "--data-only"]);
  run("Building the server", [at("node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--noCheck"]);
}
if (existsSync(at("playground/")) && !existsSync(at("dist/playground/"))) {
  run("Building the playground", [at("node_modules/vite/bin/vite.js"), "build", "playground", "--logLevel", "error"]);
}
await import(at("dist/cli.js").href);
