import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { at } from "../world/build.js";

const versionsIn = (path: string): Record<string, string> => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(at(path), "utf8"));
  return { ...dependencies, ...devDependencies };
};

test("docs/apps.md names the versions that are installed, and every tool of .ci/interop", () => {
  const tools = versionsIn(".ci/interop/package.json");
  const installed = { ...versionsIn("package.json"), ...tools };
  const [, section = ""] = readFileSync(at("docs/apps.md"), "utf8").split("## What is tested, and with which version");
  const named = [...section.matchAll(/^\| `([^`]+)` \| ([\d.]+) \|/gm)].map(([, name = "", version = ""]) => [name, version]);
  expect(named).toEqual(named.map(([name = ""]) => [name, installed[name]]));
  // What others need to run at all.
  const mere = ["graphql"];
  const names = named.map(([name]) => name);
  expect(Object.keys(tools).filter((name) => !names.includes(name) && !mere.includes(name))).toEqual([]);
});

test("the lock file of .ci/interop names no registry", () => {
  expect(readFileSync(at(".ci/interop/package-lock.json"), "utf8")).not.toMatch(/"resolved"|registry\./);
});
