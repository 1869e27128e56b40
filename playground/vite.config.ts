import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip as gzipCompress } from "node:zlib";
import react from "@vitejs/plugin-react";
import { tsImport } from "tsx/esm/api";
import { defineConfig, type Plugin } from "vite";

/** `scripts/docs/site.ts`, which reads the schema and the contract, and so is no part of the page. */
interface Site {
  renderSite(assets: { script: string; styles: readonly string[] }): Promise<Map<string, string | Uint8Array>>;
}

const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCompress);

const outDir = join(import.meta.dirname, "../dist/playground");

/** Writes each file compressed beside it, once, as small as it gets: the server sends these as they are. */
const compress = (): Plugin => ({
  name: "compress",
  async closeBundle() {
    const names = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(js|css|html|svg|ttf|md|json)$/.test(name),
    );
    const write = async (name: string) => {
      const file = join(outDir, name);
      const bytes = readFileSync(file);
      // The reference is hundreds of small pages: more forms of each would add to the package and save a few kilobytes a page.
      const isReference = /^docs[\\/]reference[\\/]/.test(name);
      if (isReference && bytes.length < 20_000) return;
      writeFileSync(`${file}.gz`, await gzip(bytes, { level: 9 }));
      if (isReference) return;
      writeFileSync(`${file}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    };
    await Promise.all(names.map(write));
  },
});

/** Renders the docs beside the page: guides, glossary and a reference of the schema, as plain HTML with the script and styles that Vite built for them. */
const docs = (): Plugin => ({
  name: "docs",
  apply: "build",
  async generateBundle(_, bundle) {
    const entry = Object.values(bundle).find((one) => one.type === "chunk" && one.isEntry && one.name === "docs");
    if (entry?.type !== "chunk") this.error("The script of the docs was not built.");
    const chunks = [entry.fileName];
    for (const name of chunks) {
      const chunk = bundle[name];
      if (chunk?.type === "chunk") chunks.push(...chunk.imports.filter((one) => !chunks.includes(one)));
    }
    const stylesOf = (name: string) => {
      const chunk = bundle[name];
      return chunk?.type === "chunk" ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
    };
    // What is shared comes before what builds on it.
    const styles = [...new Set(chunks.reverse().flatMap(stylesOf))];
    const { renderSite } = (await tsImport("../scripts/docs/site.ts", import.meta.url)) as Site;
    for (const [name, source] of await renderSite({ script: entry.fileName, styles }))
      this.emitFile({ type: "asset", fileName: `docs/${name}`, source });
    const theme = readFileSync(join(import.meta.dirname, "src/docs/theme-first.js"), "utf8");
    this.emitFile({ type: "asset", fileName: "docs/theme.js", source: theme });
  },
});

/** GraphiQL names its icons after their functions, whose names the minifier makes short: here they are written out before. */
const iconNames = (): Plugin => ({
  name: "icon-names",
  transform(code, id) {
    if (!/@graphiql[\\/]react[\\/]dist[\\/]icons[\\/]index\.js$/.test(id)) return undefined;
    const words = (name: string) =>
      name
        .replaceAll(/([A-Z])/g, " $1")
        .trimStart()
        .toLowerCase();
    return code
      .replace("function generateIcon(RawComponent) {", "function generateIcon(RawComponent, name) {")
      .replace(/const title = RawComponent\.name[^;]+;/, 'const title = name + " icon";')
      .replaceAll(/generateIcon\(Svg(\w+)\)/g, (_, name: string) => `generateIcon(Svg${name}, ${JSON.stringify(words(name))})`);
  },
});

/** What GraphiQL's history gets wrong for the keyboard and for those who listen: Escape's name, and one name for all of its queries. */
const historyByKeyboard = (): Plugin => ({
  name: "history-by-keyboard",
  transform(code, id) {
    if (!/@graphiql[\\/]plugin-history[\\/]dist[\\/]components\.js$/.test(id)) return undefined;
    const mended = code.replace('e_2.key === "Esc"', 'e_2.key === "Escape"').replace('"aria-label": "Set active", ', "");
    if (code.length - mended.length !== '"aria-label": "Set active", '.length - "ape".length)
      this.error("GraphiQL's history is another.");
    return mended;
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), iconNames(), historyByKeyboard(), docs(), compress()],
  resolve: {
    alias: [
      {
        find: /^(\.|monaco-graphql\/esm)\/monaco-editor(\.js)?$/,
        replacement: join(import.meta.dirname, "src/editor/monaco.ts"),
      },
      { find: "framer-motion", replacement: join(import.meta.dirname, "src/editor/reorder.tsx") },
    ],
  },
  build: {
    outDir: "../dist/playground",
    emptyOutDir: true,
    target: "es2022",
    // Monaco is one large chunk by nature; it is loaded after the page can be used.
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
    // The notices that the licences of what is bundled ask for.
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, "index.html"),
        docs: join(import.meta.dirname, "src/docs/docs.ts"),
      },
      onLog(level, log, handle) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
  worker: { format: "es" },
  // `npm run dev`-like work on the page: `npx vite playground` beside a running server.
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/playground.json": "http://127.0.0.1:4000" } },
});
