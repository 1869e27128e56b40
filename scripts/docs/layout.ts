import { chapters, type Guide } from "./contents.js";
import { escaped } from "./html.js";

/** Where a page stands: the way from it to the playground and to the root of the docs, both relative, so that the server may run under any path. */
export interface Depth {
  root: string;
  docs: string;
}

export const atTop: Depth = { root: "../", docs: "./" };
export const inReference: Depth = { root: "../../", docs: "../" };

/** The files that Vite built for the docs, by their names under the playground. */
export interface Assets {
  script: string;
  styles: readonly string[];
}

export interface Page extends Depth {
  title: string;
  /** Its address under docs/. */
  path: string;
  about?: string;
  main: string;
  /** What stands beside the contents: the headings of this page. */
  aside?: string;
  /** Links of the part of the docs that the page belongs to. */
  siblings?: string;
}

export type TitleOf = (guide: Guide) => string;

const contents = ({ docs, path, siblings = "" }: Page, titleOf: TitleOf): string => {
  const link = (to: string, title: string) =>
    `<li><a href="${docs}${to}"${to === path ? ' aria-current="page"' : ""}>${escaped(title)}</a></li>`;
  const parts = chapters.map(
    ({ title, guides }) =>
      `<h2>${title}</h2><ul>${guides.map((guide) => link(guide.page, titleOf(guide))).join("")}${
        title === "Look up" ? link("reference/index.html", "Reference: types and fields") : ""
      }</ul>`,
  );
  return `<nav class="contents" id="contents" aria-label="Docs">${siblings}${parts.join("")}</nav>`;
};

/** A whole page of the docs. */
export const layout = (page: Page, assets: Assets, titleOf: TitleOf): string => {
  const { root, docs, title, about, main, aside = "" } = page;
  const styles = assets.styles.map((file) => `<link rel="stylesheet" href="${root}${file}">`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${about ? `<meta name="description" content="${escaped(about)}">\n` : ""}<title>${escaped(title)} · affise-graphql docs</title>
<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
${styles}
<script type="module" src="${root}${assets.script}"></script>
</head>
<body data-docs="${docs}">
<script src="${docs}theme.js"></script>
<a class="skip" href="#content">Skip to the text</a>
<header class="header">
<a class="brand" href="${docs}index.html"><img src="${root}icon.svg" alt="" width="24" height="24"><span>affise-graphql <small>docs</small></span></a>
<div class="search" role="search">
<input type="search" id="search" placeholder="Search docs and schema" aria-label="Search docs and schema" autocomplete="off">
<div class="hits" hidden></div>
</div>
<a class="contents-link" href="#contents">Contents</a>
<a class="to-page" href="${root}">Playground</a>
</header>
<div class="columns${aside ? " with-aside" : ""}">
${contents(page, titleOf)}
<main id="content" tabindex="-1">
${main}
</main>
${aside}
</div>
</body>
</html>
`;
};
