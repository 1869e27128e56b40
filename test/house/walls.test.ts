import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const filesIn = (folder: string, ...endings: string[]): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .filter((name) => !name.startsWith(join("src", "generated")))
    .sort();

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

/** What a file imports: packages by name, our own files by their path from the root. */
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) =>
    name.startsWith(".") ? relative(root, join(root, dirname(file), name)) : name,
  );

const crossings = (folder: string, forbidden: RegExp): string[] =>
  filesIn(folder, ".ts").flatMap((file) =>
    importsOf(file)
      .filter((name) => forbidden.test(name))
      .map((name) => `${file} imports ${name}`),
  );

/** Import circles: groups of files each of which reaches all the others (Tarjan's strongly connected components). */
const circlesIn = (files: readonly string[]): string[][] => {
  const order = new Map<string, { index: number; low: number; isOpen: boolean }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const known = new Set(files);
  const visit = (file: string) => {
    const node = { index: order.size, low: order.size, isOpen: true };
    order.set(file, node);
    stack.push(file);
    for (const name of importsOf(file)) {
      const target = name.replace(/\.js$/, ".ts");
      if (!known.has(target)) continue;
      const seen = order.get(target) ?? visit(target);
      if (seen.isOpen) node.low = Math.min(node.low, seen.low);
    }
    if (node.low === node.index) {
      const circle = stack.splice(stack.indexOf(file));
      for (const one of circle) (order.get(one) ?? node).isOpen = false;
      if (circle.length > 1) circles.push(circle.sort());
    }
    return node;
  };
  for (const file of files) if (!order.has(file)) visit(file);
  return circles;
};

const source = filesIn("src", ".ts");
const all = [...source, ...filesIn("test", ".ts"), ...filesIn("schema", ".graphql")];

describe("walls", () => {
  test("the sandbox is an Affise of its own: of ours it knows the contract only", () => {
    expect(crossings("src/sandbox", /^src\/(?!sandbox\/|generated\/(affise|contract)\.js$)/)).toEqual([]);
    expect(crossings("src/sandbox", /^(graphql|@graphql-tools|@apollo|ky|dataloader)/)).toEqual([]);
  });

  test("the REST client knows no GraphQL, and nothing of ours outside itself but the contract", () => {
    expect(crossings("src/affise", /^src\/(?!affise\/|generated\/(affise|contract)\.js$)/)).toEqual([]);
    expect(crossings("src/affise", /^(graphql|@graphql-tools|@apollo|dataloader)/)).toEqual([]);
  });

  test("the graph reaches REST through call and load alone, and never the sandbox", () => {
    expect(
      crossings("src/graph", /^src\/(sandbox|loading|server|start|cli|config|affise\/(sessions|network|transport))/),
    ).toEqual([]);
    expect(crossings("src/graph", /^(ky|undici|node:https?|fastify|hono)$/)).toEqual([]);
  });

  test("loaders and batches know no GraphQL", () => {
    const odd = ["src/loaders.ts", ...filesIn("src/loading", ".ts")].flatMap((file) =>
      importsOf(file).filter((name) => /^(graphql|@graphql-tools|src\/(graph|sandbox)\/)/.test(name)),
    );
    expect(odd).toEqual([]);
  });

  test("no file imports, by whatever way, a file that imports it", () => {
    expect(circlesIn(source)).toEqual([]);
  });

  test("the rooms of the sandbox: model, then rules, then seeds and views, then operations, then HTTP", () => {
    const above: Record<string, RegExp> = {
      model: /^src\/sandbox\/(rule|seed|view|operation|http)\//,
      rule: /^src\/sandbox\/(seed|view|operation|http)\//,
      seed: /^src\/sandbox\/(view|operation|http)\//,
      view: /^src\/sandbox\/(seed|operation|http)\//,
      operation: /^src\/sandbox\/http\//,
    };
    for (const [room, forbidden] of Object.entries(above)) expect(crossings(`src/sandbox/${room}`, forbidden)).toEqual([]);
  });

  test("no folder of the sandbox holds more than thirty files", () => {
    const counts = new Map<string, number>();
    for (const file of filesIn("src/sandbox", ".ts")) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 30)).toEqual([]);
  });

  test("the imports are really seen", () => {
    expect(importsOf("src/loaders.ts")).toContain("src/loading/definition.js");
    expect(importsOf("src/graph/index.ts")).toContain("graphql");
  });
});

describe("house rules", () => {
  test("no file is longer than 300 lines", () => {
    const lengths = all.map((file) => ({ file, lines: textOf(file).trimEnd().split("\n").length }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("no file is called by what it is not about", () => {
    const banned = /^(utils?|helpers?|common|types?|misc|shared|lib)\.(ts|graphql)$/;
    expect(all.filter((file) => banned.test(basename(file)))).toEqual([]);
  });

  test("no default exports", () => {
    expect(source.filter((file) => /^export default\b|\bas default\b/m.test(textOf(file)))).toEqual([]);
  });

  test("a class has state and a life, or is an error: only errors inherit", () => {
    const heirs = source.flatMap((file) =>
      [...textOf(file).matchAll(/^(?:export )?(?:abstract )?class \w+(?:<.*>)? extends (\w+)/gm)].map(([, from]) => from),
    );
    expect(heirs.filter((from) => !from?.endsWith("Error"))).toEqual([]);
  });

  test("no any, and nothing left for later", () => {
    const odd = source.filter((file) =>
      /\bas any\b|: any\b|<any>|@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|XXX)\b/.test(textOf(file)),
    );
    expect(odd).toEqual([]);
  });
});
