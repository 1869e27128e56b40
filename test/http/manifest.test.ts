import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ManifestError } from "../../src/documents/manifest.js";
import { createServer } from "../../src/server.js";

const folder = mkdtempSync(join(tmpdir(), "manifests-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string | object) => {
  writeFileSync(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  return join(folder, name);
};
const plain = "{ __typename }\n";
const apollo = (operations: object[], more: object = {}) => ({
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations,
  ...more,
});

describe("a broken manifest fails the start, with file, operation and reason", () => {
  const good = { id: "a", name: "A", type: "query", body: plain };
  const start = async (path: string) => {
    const documents = { path, modes: { usual: "off" as const, ofClients: {} } };
    try {
      await (await createServer({ tenants: [{ name: "x", url: "http://127.0.0.1:9" }], documents })).close();
      return [];
    } catch (error) {
      if (error instanceof ManifestError) return error.faults;
      throw error;
    }
  };

  test.each<[string, string | object, RegExp]>([
    ["no JSON", "{", /broken\.json is not JSON/],
    ["a list", [], /broken\.json is no manifest/],
    ["a text", '"x"', /broken\.json is no manifest/],
    ["a number for a document", { a: 1 }, /broken\.json: "a" has no text/],
    ["another version", apollo([good], { version: 2 }), /version is 2/],
    ["another format", apollo([good], { format: "other" }), /format is "other"/],
    ["an operation without body", apollo([good, { id: "b" }]), /operations\.1 has no id and body/],
    ["an operation that is null", apollo([null as never]), /operations\.0 has no id and body/],
    ["operations that are none", apollo("x" as never, {}), /broken\.json: "version" has no text/],
    ["no GraphQL", { a: "{" }, /broken\.json: "a": Syntax Error/],
    ["an unknown field", { a: "query Sales { nope }" }, /broken\.json: Sales \("a"\): Cannot query field "nope"/],
    ["an unknown field of Apollo's", apollo([{ ...good, name: "Sales", body: "{ nope }" }]), /Sales \("a"\): Cannot query field/],
    ["fragments only", { a: "fragment F on Offer { id }" }, /It has no operation|Fragment "F" is never used/],
    ["a subscription", { a: "subscription S { x }" }, /S \("a"\): /],
    ["an empty document", { a: "" }, /Syntax Error/],
  ])("%s", async (_, manifest, says) => {
    expect(await start(write("broken.json", manifest))).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
  });

  test("every broken operation is named at once", async () => {
    const faults = await start(write("broken.json", { a: "query A { nope }", b: plain, c: "query C { offers { x } }" }));
    expect(faults.map((fault) => fault.replace(folder, ""))).toEqual([
      expect.stringMatching(/^\/broken\.json: A \("a"\): /),
      expect.stringMatching(/^\/broken\.json: C \("c"\): /),
    ]);
  });

  test("two documents of one id, a folder without any, and a path that is not there", async () => {
    mkdirSync(join(folder, "twice"));
    write("twice/a.json", { x: plain });
    write("twice/b.json", { x: "{ viewer { __typename } }" });
    expect(await start(join(folder, "twice"))).toEqual([expect.stringMatching(/b\.json: "x" is another document in .*a\.json/)]);
    mkdirSync(join(folder, "none"));
    expect(await start(join(folder, "none"))).toEqual([expect.stringMatching(/has no manifest/)]);
    expect(await start(join(folder, "missing.json"))).toEqual([expect.stringMatching(/missing\.json cannot be read: ENOENT/)]);
  });
});
