import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What stands in an HTML comment right before a code block and tells the test how to take it. */
interface Marks {
  /** Why the block is not run. */
  notRun?: string;
  /** Compare the form of the answer only: names and kinds of values. */
  shape: boolean;
  /** The API key that a graphql block is asked with; `none` for no key. */
  key?: string;
  /** The name to save the block under, for the other blocks of the page. */
  file?: string;
  /** The file of this repository that the block is a piece of. */
  from?: string;
  /** A block behind this one runs it by that name. */
  runBelow: boolean;
  /** The port at which its last command, a server, answers until it is ended. */
  serves?: string;
  /** The test that runs this block off the page. */
  runBy?: string;
}

/** A fenced code block of a page. */
export interface Block {
  page: string;
  /** The line of its fence, counted from 1. */
  line: number;
  language: string;
  text: string;
  marks: Marks;
}

const known = /^(not run: .+|shape|run below|run by: \S+|serves: \d+|key: \S+|file: \S+|from: \S+)$/s;
/** Comments that are for the reader of the page, or for another test. */
const others = /^(settings|end of settings)$/;

const marksOf = (comments: readonly string[], where: string): Marks => {
  const marks: Marks = { shape: false, runBelow: false };
  for (const comment of comments) {
    if (others.test(comment)) continue;
    if (!known.test(comment)) throw new Error(`${where}: no test knows the comment "${comment}"`);
    const [name = "", value = ""] = comment.split(/: (.*)/s);
    if (name === "not run") marks.notRun = value.replaceAll(/\s+/g, " ");
    else if (name === "shape") marks.shape = true;
    else if (name === "run below") marks.runBelow = true;
    else if (name === "key") marks.key = value;
    else if (name === "from") marks.from = value;
    else if (name === "serves") marks.serves = value;
    else if (name === "run by") marks.runBy = value;
    else marks.file = value;
  }
  return marks;
};

/** The README and the pages that it names, as somebody reads them who follows its links from the first to the last; then all others. */
export const pagesInOrder = (root: string): string[] => {
  const links = readFileSync(join(root, "README.md"), "utf8").matchAll(/\]\(([\w/-]+\.md)[)#]/g);
  const linked = [...links].flatMap(([, page = ""]) => (/^docs\/|^CONTRIBUTING/.test(page) ? [page] : []));
  const all = readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : []));
  return [...new Set(["README.md", ...linked, ...all])];
};

/** The code blocks of a page, in order, each with the comments that stand right before it. */
export const blocksOf = (page: string, text: string): Block[] => {
  const blocks: Block[] = [];
  const fence = /((?:^<!--(?:(?!-->)[\s\S])*-->\s*?\n)*)^```([\w.]*)\n([\s\S]*?)^```$/gm;
  for (const { 1: before = "", 2: language = "", 3: code = "", index } of text.matchAll(fence)) {
    const line = text.slice(0, index + before.length).split("\n").length;
    const comments = [...before.matchAll(/<!--\s*([\s\S]*?)\s*-->/g)].map(([, comment = ""]) => comment);
    blocks.push({ page, line, language, text: code, marks: marksOf(comments, `${page}:${line}`) });
  }
  return blocks;
};

/** JSON as people write it: what fits on a line stays on one. */
export const written = (value: unknown, indent = "", before = ""): string => {
  const inline = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ").replaceAll("[ ", "[").replaceAll(" ]", "]");
  if (indent.length + before.length + inline.length <= 100 || value === null || typeof value !== "object") return inline;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + written(item, inner))
    : Object.entries(value).map(([name, item]) => `${inner}"${name}": ${written(item, inner, `"${name}": `)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
};

/** Puts another text into a block of a file. */
export const rewrite = (path: string, block: Block, text: string): void => {
  const whole = readFileSync(path, "utf8");
  const at = whole.indexOf(`\`\`\`${block.language}\n${block.text}\`\`\``);
  if (at < 0) throw new Error(`${block.page}:${block.line} has changed meanwhile`);
  const start = at + 4 + block.language.length;
  writeFileSync(path, whole.slice(0, start) + text + whole.slice(start + block.text.length));
};

const kind = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** Where an answer differs in form from the one written down; undefined where it does not. A null fits everything. */
export const differs = (real: unknown, shown: unknown, path = "answer"): string | undefined => {
  if (real === null || shown === null) return undefined;
  if (kind(real) !== kind(shown)) return `${path} is a ${kind(real)}, not a ${kind(shown)}`;
  if (Array.isArray(real) && Array.isArray(shown)) {
    if (shown.length && !real.length) return `${path} is empty`;
    return real.map((item, index) => differs(item, shown[0], `${path}[${index}]`)).find(Boolean);
  }
  if (typeof real !== "object" || typeof shown !== "object") return undefined;
  const [has, wants] = [Object.keys(real).join(", "), Object.keys(shown).join(", ")];
  if (has !== wants) return `${path} has ${has || "nothing"}, not ${wants}`;
  return Object.entries(shown)
    .map(([name, value]) => differs((real as Record<string, unknown>)[name], value, `${path}.${name}`))
    .find(Boolean);
};
