import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Where the tools of .ci/interop/package.json are installed; undefined where they are not. */
export const tools = [process.env.INTEROP_TOOLS].find((folder) => folder && existsSync(join(folder, "node_modules")));

if (!tools) {
  process.stderr.write(
    "SKIPPED: the routers, linters, compilers and runtimes of .ci/interop are not run here. CI installs them; INTEROP_TOOLS=<a copy of .ci/interop after npm ci> does it here.\n",
  );
}

/** A file of the installed tools, such as `.bin/eslint`. */
export const tool = (path: string): string => join(tools ?? "", "node_modules", path);

/** What an installed package exports, with the packages beside it. */
export const fromTools = <Exports>(name: string): Exports => createRequire(tool("package.json"))(name);
