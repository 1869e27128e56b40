import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...["docs", "bench", "contract", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => join(folder, name)),
  ),
];
const textOf = (page: string) => readFileSync(join(root, page), "utf8");

/** The names by which a page's headings are linked to, as the usual hosts make them. */
const anchorsOf = (page: string): Set<string> => {
  const prose = textOf(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  const made = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(made);
};

test.each(pages)("%s links to what is there", (page) => {
  const prose = textOf(page).replaceAll(/^```[\s\S]*?^```|`[^`]*`/gm, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const dead = links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path ? join(dirname(page), path) : page;
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  expect(dead).toEqual([]);
});

test.each(pages)("%s names files that are there", (page) => {
  const named = textOf(page).matchAll(
    /(?<![\w/.-])(?:src|test|scripts|schema|contract|playground|bench|docs)\/[\w./-]*\.(?:ts|tsx|mjs|md|graphql|yaml)\b/g,
  );
  const gone = [...new Set([...named].map(([path]) => path))].filter(
    (path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(page), path)),
  );
  expect(gone).toEqual([]);
});
