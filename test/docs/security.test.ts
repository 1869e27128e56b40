import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { at } from "../world/build.js";

const [, promised = ""] = readFileSync(at("SECURITY.md"), "utf8").split(/^## What is promised$/m);
const promises = (promised.split(/^## /m)[0] ?? "").split(/^- /m).slice(1);

test.each(promises)("names tests that exist: %s", (promise) => {
  const named = [...promise.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
  expect(named).not.toEqual([]);
  for (const file of named) expect(existsSync(at(`test/${file}`)), file).toBe(true);
});

test("there are promises", () => {
  expect(promises.length).toBeGreaterThan(20);
});
