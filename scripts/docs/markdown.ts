import { posix } from "node:path";
import highlight from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import graphql from "highlight.js/lib/languages/graphql";
import ini from "highlight.js/lib/languages/ini";
import json from "highlight.js/lib/languages/json";
import nginx from "highlight.js/lib/languages/nginx";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import MarkdownIt from "markdown-it";
import { guides } from "./contents.js";
import { escaped, slugOf } from "./html.js";

const languages = { bash, graphql, ini, json, nginx, python, typescript, yaml };
for (const [name, language] of Object.entries(languages)) highlight.registerLanguage(name, language);

const languageOf: Readonly<Record<string, string>> = { sh: "bash", env: "ini", ts: "typescript", tsx: "typescript", yml: "yaml" };

/** Code as HTML, its words marked where its language is known. */
const code = (text: string, language: string): string => {
  const name = languageOf[language] ?? language;
  return highlight.getLanguage(name) ? highlight.highlight(text, { language: name }).value : escaped(text);
};

/** A link that opens the page's editor with a query; relative to `root`, where the page is. */
export const playgroundLink = (root: string, query: string, variables = ""): string => {
  const hash = new URLSearchParams({ query });
  if (variables.trim()) hash.set("variables", variables);
  return `${root}#${hash}`;
};

/** A block of code with its buttons; a whole query can be opened in the page. */
export const codeBlock = (text: string, language: string, root: string): string => {
  const opens =
    language === "graphql" && /^\s*(\{|query\b|mutation\b)/.test(text)
      ? `<a class="code-open" href="${escaped(playgroundLink(root, text))}">Open in the playground</a>`
      : "";
  return `<div class="code" data-language="${escaped(language)}">${opens}<pre tabindex="0"><code>${code(text, language)}</code></pre></div>\n`;
};

/** A heading of a page, to be linked to. */
export interface Heading {
  level: number;
  text: string;
  id: string;
  /** What stands under it, a plain text for each paragraph and cell. */
  body: string[];
}

export interface Rendered {
  html: string;
  headings: Heading[];
}

/** What a Markdown text needs to know of the site. */
export interface Place {
  /** The file that it is, from the root of the repository. */
  file: string;
  /** The way from its page to the playground and to the docs. */
  root: string;
  docs: string;
  /** The reference page of a name that stands as code. */
  referenceOf(name: string): string | undefined;
}

const commentsOut = (text: string): string => text.replaceAll(/^<!--[\s\S]*?-->\n?/gm, "");

/** Where a link of the repository leads in the site; undefined where it leads to no page of it. */
const linkIn = ({ file, docs }: Place, href: string): string | undefined => {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = "", hash] = href.split("#");
  const target = posix.normalize(posix.join(posix.dirname(file), path));
  const anchor = hash ? `#${hash}` : "";
  if (target.startsWith("docs/images/")) return `${docs}${target.slice("docs/".length)}`;
  const guide = guides.find((one) => one.file === target);
  return guide && `${docs}${guide.page}${anchor}`;
};

const parser = (place: Place): ReturnType<typeof MarkdownIt> => {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const { rules } = markdown.renderer;
  rules.fence = (tokens, index) => {
    const token = tokens[index];
    return token ? codeBlock(token.content, token.info.trim(), place.root) : "";
  };
  rules.code_inline = (tokens, index) => {
    const text = tokens[index]?.content ?? "";
    const isLinked = tokens.slice(0, index).filter(({ type }) => type === "link_open").length;
    const isClosed = tokens.slice(0, index).filter(({ type }) => type === "link_close").length;
    const reference = isLinked === isClosed ? place.referenceOf(text) : undefined;
    const inner = `<code>${escaped(text)}</code>`;
    return reference ? `<a href="${place.docs}${reference}">${inner}</a>` : inner;
  };
  rules.table_open = () => '<div class="wide" tabindex="0"><table>\n';
  rules.table_close = () => "</table></div>\n";
  return markdown;
};

/** A line of Markdown as HTML: a description. */
export const renderLine = (text: string, place: Place): string => parser(place).renderInline(text.replaceAll(/\s*\n\s*/g, " "));

/** A Markdown file as HTML, its headings with addresses. */
export const renderMarkdown = (text: string, place: Place): Rendered => {
  const markdown = parser(place);
  const tokens = markdown.parse(commentsOut(text), {});
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  tokens.forEach((token, index) => {
    const inline = tokens[index + 1];
    if (token.type === "heading_open" && inline) {
      const words = (inline.children ?? []).map(({ content }) => content).join("");
      const slug = slugOf(words);
      const count = taken.get(slug) ?? 0;
      taken.set(slug, count + 1);
      const id = count ? `${slug}-${count}` : slug;
      token.attrSet("id", id);
      headings.push({ level: Number(token.tag.slice(1)), text: words, id, body: [] });
    } else if (token.type === "inline" && tokens[index - 1]?.type !== "heading_open") {
      const last = headings.at(-1);
      const words = (token.children ?? []).map(({ type, content }) => (type === "softbreak" ? " " : content)).join("");
      if (last) last.body.push(words);
    }
    // A row about one word can be linked to by it: an error's code, a setting.
    const word = token.type === "inline" && token.children?.length === 1 ? token.children[0] : undefined;
    const row = tokens[index - 2];
    if (word?.type === "code_inline" && row?.type === "tr_open" && /^[\w.]+$/.test(word.content)) row.attrSet("id", word.content);
    for (const child of token.children ?? []) {
      const name = child.type === "link_open" ? "href" : child.type === "image" ? "src" : undefined;
      if (!name) continue;
      const there = linkIn(place, String(child.attrGet(name)));
      if (there) child.attrSet(name, there);
      else {
        // A file of the repository that is no page: its name stays, and leads nowhere.
        child.tag = "span";
        child.attrs = null;
        const close = (token.children ?? [])
          .slice((token.children ?? []).indexOf(child))
          .find(({ type }) => type === "link_close");
        if (close) close.tag = "span";
      }
      if (child.type === "image") child.attrSet("loading", "lazy");
    }
  });
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings };
};
