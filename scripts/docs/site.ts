import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readGlossary } from "../../playground/src/docs/glossary-table.js";
import { buildSchema } from "../../src/graph/index.js";
import { chapters, guides } from "./contents.js";
import { factsReader } from "./facts.js";
import { type GuidePage, renderGuide } from "./guide-page.js";
import { escaped, slugOf } from "./html.js";
import { type Assets, atTop, layout, type Page, type TitleOf } from "./layout.js";
import { referenceNames, writeReference } from "./reference.js";
import { type Entry, indexOf } from "./search-entry.js";

const folder = fileURLToPath(new URL("../../", import.meta.url));

const indexPage = (written: readonly GuidePage[]): Page => {
  const card = ({ guide, title, about }: GuidePage) =>
    `<li><a href="${guide.page}"><strong>${escaped(title)}</strong><span>${escaped(about)}</span></a></li>`;
  const reference = `<li><a href="reference/index.html"><strong>Reference</strong><span>Every query, mutation, type, field and enum value: what it is, the panel's and the wire's word, the REST operation, who may ask, what it costs, an example.</span></a></li>`;
  const parts = chapters.map(({ title, guides: mine }) => {
    const cards = written.filter(({ guide }) => mine.includes(guide)).map(card);
    return `<section><h2>${title}</h2><ul class="cards">${cards.join("")}${title === "Look up" ? reference : ""}</ul></section>`;
  });
  const about =
    "One GraphQL endpoint over a network's whole Affise REST API: guides, recipes, a glossary, and a reference of every field.";
  const main = `<article class="front"><h1>Docs</h1><p>${about}</p>${parts.join("")}</article>`;
  return { ...atTop, title: "Docs", path: "index.html", about, main };
};

/** Every file of the docs by its name under docs/, as it is served. */
export const renderSite = async (assets: Assets): Promise<Map<string, string | Uint8Array>> => {
  const schema = buildSchema();
  const names = referenceNames(schema);
  const referenceOf = (name: string) => names.get(name);
  const facts = await factsReader(schema, readFileSync(`${folder}docs/coverage.md`, "utf8"));
  const reference = await writeReference({ schema, facts, referenceOf }, folder);
  const written = guides.map((guide) => renderGuide(folder, guide, referenceOf));
  const titleOf: TitleOf = (guide) => written.find((one) => one.guide === guide)?.title ?? guide.page;
  const files = new Map<string, string | Uint8Array>();
  for (const page of [indexPage(written), ...written.map(({ page: one }) => one), ...reference.pages])
    files.set(page.path, layout(page, assets, titleOf));
  const glossary = readGlossary(readFileSync(`${folder}docs/glossary.md`, "utf8")).map(({ said, about, section }) => ({
    title: said.slice(0, 4).join(", "),
    url: `glossary.html#${slugOf(section)}`,
    kind: "glossary",
    text: about,
  }));
  const entries: Entry[] = [...written.flatMap((one) => one.entries), ...glossary, ...reference.entries];
  files.set("search.json", indexOf(entries));
  for (const image of readdirSync(`${folder}docs/images`))
    files.set(`images/${image}`, readFileSync(`${folder}docs/images/${image}`));
  return files;
};
