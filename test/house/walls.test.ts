import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { slow } from "../../vitest.config.js";

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
    expect(crossings("src/sandbox", /^src\/(?!sandbox\/|contract\/|generated\/affise\.js$)/)).toEqual([]);
    expect(crossings("src/sandbox", /^(graphql|@graphql-tools|@apollo|ky|dataloader)/)).toEqual([]);
  });

  test("the REST client knows no GraphQL, and nothing of ours outside itself but the contract", () => {
    expect(crossings("src/affise", /^src\/(?!affise\/|contract\/)/)).toEqual([]);
    expect(crossings("src/affise", /^(graphql|@graphql-tools|@apollo|dataloader)/)).toEqual([]);
  });

  test("the contract is a floor of its own, under client and sandbox alike", () => {
    expect(crossings("src/contract", /^src\/(?!contract\/|generated\/(affise|contract)\.js$)/)).toEqual([]);
  });

  test("the graph reaches REST through call and load alone, and never the sandbox", () => {
    expect(crossings("src/graph", /^src\/(sandbox|loading|server|start|cli|config|affise\/(sessions|transport\/))/)).toEqual([]);
    expect(crossings("src/graph", /^(ky|undici|node:https?|fastify|hono)$/)).toEqual([]);
  });

  test("loaders and batches know no GraphQL", () => {
    const odd = ["src/loaders.ts", ...filesIn("src/loading", ".ts")].flatMap((file) =>
      importsOf(file).filter((name) => /^(graphql|@graphql-tools|src\/(graph|sandbox)\/)/.test(name)),
    );
    expect(odd).toEqual([]);
  });

  test("the page knows GraphQL alone, and of ours the words for permissions, which the doctor says too", () => {
    const ours = filesIn("playground/src", ".ts", ".tsx").flatMap((file) =>
      importsOf(file).filter((name) => name.startsWith("src/")),
    );
    expect([...new Set(ours)]).toEqual(["src/doctor/permission-word.js"]);
    expect(textOf("src/doctor/permission-word.ts")).not.toMatch(/^import /m);
  });

  test("no file imports, by whatever way, a file that imports it", () => {
    expect(circlesIn(source)).toEqual([]);
  });

  test("the rooms of the client: each knows only those before it, and none but lists knows sessions", () => {
    const rooms = ["error", "request", "encoding", "sharing", "budget", "transport", "answer"];
    for (const [at, room] of rooms.entries()) {
      const above = new RegExp(`^src/affise/(${[...rooms.slice(at + 1), "sessions?", "list"].join("|")})(/|\\.js$)`);
      expect(crossings(`src/affise/${room}`, above)).toEqual([]);
    }
    expect(
      crossings("src/affise", /^src\/affise\/list\//).filter((crossing) => !crossing.startsWith("src/affise/list/")),
    ).toEqual([]);
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

  test("a value in a message is quoted and cut, never printed whole", () => {
    const whole = filesIn("src", ".ts")
      .filter((file) => /^src\/(affise|execution|graph|http|idempotency|loading)\//.test(file))
      .filter((file) => /(Error|badInput|wrong\w*|refused)\((?:[^`;]|\n)*`[^`]*\$\{JSON\.stringify\(/.test(textOf(file)));
    expect(whole).toEqual([]);
  });

  test("one exported name, one meaning: on either side of the wall no two files export the same", () => {
    const twice = (files: readonly string[]) => {
      const places = new Map<string, string[]>();
      for (const file of files) {
        for (const [, name = ""] of textOf(file).matchAll(/^export (?:const|class|type|interface) (\w+)/gm)) {
          // Resolvers of a type stand in several files, under the type's name.
          if (!/^src\/graph\/.*/.test(file) || /^[a-z]/.test(name)) places.set(name, [...(places.get(name) ?? []), file]);
        }
      }
      return [...places].filter(([, all]) => all.length > 1);
    };
    const isSandbox = (file: string) => file.startsWith("src/sandbox/");
    expect(twice(source.filter(isSandbox))).toEqual([]);
    expect(twice(source.filter((file) => !isSandbox(file)))).toEqual([]);
  });

  test("the imports are really seen", () => {
    expect(importsOf("src/loaders.ts")).toContain("src/loading/definition.js");
    expect(importsOf("src/graph/index.ts")).toContain("graphql");
  });
});

/** The declarations of a file, each by its name, without comments and imports. */
const declarationsOf = (file: string): { name: string; text: string }[] =>
  textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .split(/\n(?=(?:export )?(?:const|class|function|type|interface) )/)
    .flatMap((text) => {
      const name = /^(?:export )?(?:const|class|function) (\w+)/.exec(text)?.[1];
      return name ? [{ name, text }] : [];
    });

describe("the doctrine of prices", () => {
  const nouns = filesIn("src/graph", ".ts").filter((file) => !file.includes("column"));
  const declared = nouns.flatMap((file) => declarationsOf(file).map((one) => ({ file, ...one })));
  const isRoot = (name: string) => name === "Query" || name === "Mutation";
  const isType = ({ name }: { name: string }) => /^[A-Z]/.test(name) && !isRoot(name);

  /** The names a file imports from its neighbours, each with the file that declares it. */
  const imported = (file: string) =>
    [...textOf(file).matchAll(/^import \{([^}]*)\} from "(\.[^"]+)\.js";/gm)].flatMap(([, names = "", from = ""]) =>
      names.split(",").map((name) => ({ name: name.trim(), from: `${relative(root, join(root, dirname(file), from))}.ts` })),
    );

  test("under a type nothing is called but by a loader or a list of pages", () => {
    const callers = new Set<string>();
    const makesCalls = (file: string, text: string) => {
      const names = [
        "call",
        ...declared.filter((one) => one.file === file && callers.has(`${file} ${one.name}`)).map(({ name }) => name),
      ];
      names.push(...imported(file).flatMap(({ name, from }) => (callers.has(`${from} ${name}`) ? [name] : [])));
      return new RegExp(`\\b(${names.join("|")})\\b(?!:)`).test(text.replaceAll(/"[^"]*"/g, ""));
    };
    for (let size = -1; size < callers.size; ) {
      size = callers.size;
      for (const { file, name, text } of declared) {
        if (/^[a-z]/.test(name) && makesCalls(file, text.slice(text.indexOf("=")))) callers.add(`${file} ${name}`);
      }
    }
    expect([...callers]).toContain("src/graph/user/viewer.ts ownAffiliate");
    const odd = declared.filter((one) => isType(one) && makesCalls(one.file, one.text));
    expect(odd.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });

  test("every list that has pages is on its page", () => {
    const lists = filesIn("src", ".ts").filter((file) => /\blistPages\(/.test(textOf(file)));
    expect(lists).toEqual(["src/lists.ts"]);
  });
});

/** Functions longer than so many lines, each with its place. */
const longFunctions = (file: string, most: number): string[] => {
  const parsed = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => parsed.getLineAndCharacterOfPosition(position).line + 1;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const [start, end] = [lineOf(node.getStart()), lineOf(node.end)];
      if (end - start >= most) found.push(`${file}:${start} has ${end - start + 1} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
};

describe("house rules", () => {
  test("no function is longer than 60 lines", () => {
    const files = [...source, ...filesIn("scripts", ".ts", ".mjs"), ...filesIn("playground/src", ".ts", ".tsx")];
    expect(files.flatMap((file) => longFunctions(file, 60))).toEqual([]);
    expect(longFunctions("src/server.ts", 10).length).toBeGreaterThan(0);
  });

  test("no folder holds more than forty files", () => {
    const counts = new Map<string, number>();
    for (const file of all) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 40)).toEqual([]);
  });

  test("no file is longer than 300 lines", () => {
    const lengths = all.map((file) => ({ file, lines: textOf(file).trimEnd().split("\n").length }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test("no file is called by what it is not about", () => {
    const banned = /^(utils?|helpers?|common|types?|misc|shared|lib)\.(ts|graphql)$/;
    expect(all.filter((file) => banned.test(basename(file)))).toEqual([]);
  });

  test("tests that are called slow are there, and those that drive a browser are called slow", () => {
    expect(filesIn("test", ".test.ts")).toEqual(expect.arrayContaining(slow));
    const browsers = filesIn("test", ".test.ts").filter((file) =>
      importsOf(file).some((name) => /test\/page\/browser/.test(name)),
    );
    expect(slow).toEqual(expect.arrayContaining(browsers));
    expect(browsers.length).toBeGreaterThan(5);
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

  const written = [...all, ...filesIn("playground/src", ".ts", ".tsx"), ...filesIn("scripts", ".ts", ".mjs")].filter(
    (file) => basename(file) !== "walls.test.ts",
  );

  test("no any, and nothing left for later", () => {
    const odd = source.filter((file) =>
      /\bas any\b|: any\b|<any>|@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|XXX)\b/.test(textOf(file)),
    );
    expect(odd).toEqual([]);
  });

  test("no cast through unknown: types of answers come from graphql() in test/world/document.ts", () => {
    const odd = written.filter((file) => /\bas unknown as\b/.test(textOf(file)));
    expect(odd).toEqual([]);
  });
});
