import { readFileSync } from "node:fs";
import type { Guide } from "./contents.js";
import { escaped } from "./html.js";
import { atTop, type Page } from "./layout.js";
import { type Heading, type Place, renderMarkdown } from "./markdown.js";
import type { Entry } from "./search-entry.js";

/** A page written by hand, ready to be laid out, and what the search knows of it. */
export interface GuidePage {
  guide: Guide;
  title: string;
  about: string;
  page: Page;
  entries: Entry[];
}

const asideOf = (headings: readonly Heading[]): string => {
  const shown = headings.filter(({ level }) => level === 2);
  if (shown.length < 2) return "";
  const links = shown.map(({ id, text }) => `<li><a href="#${id}">${escaped(text)}</a></li>`).join("");
  return `<nav class="on-page" aria-label="On this page"><h2>On this page</h2><ul>${links}</ul></nav>`;
};

/** The first words of a text, whole. */
const shortened = (text: string, most: number): string => {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  if (plain.length <= most) return plain;
  return `${plain.slice(0, plain.lastIndexOf(" ", most))} …`;
};

/** Renders one Markdown file of the repository at `folder`. */
export const renderGuide = (folder: string, guide: Guide, referenceOf: Place["referenceOf"]): GuidePage => {
  const text = readFileSync(`${folder}${guide.file}`, "utf8");
  const { html, headings } = renderMarkdown(text, { ...atTop, file: guide.file, referenceOf });
  const [first] = headings;
  const title = guide.title ?? first?.text ?? guide.page;
  const about = shortened(headings.find(({ body }) => body.length)?.body[0] ?? "", 150);
  const entries = headings.map(({ level, text: heading, id, body }) => ({
    title: level === 1 ? title : heading,
    url: level === 1 ? guide.page : `${guide.page}#${id}`,
    kind: level === 1 ? "guide" : title,
    text: shortened(body.join(" "), 400),
  }));
  return {
    guide,
    title,
    about,
    entries,
    page: {
      ...atTop,
      title,
      about,
      path: guide.page,
      main: `<article class="prose">${html}</article>`,
      aside: asideOf(headings),
    },
  };
};
