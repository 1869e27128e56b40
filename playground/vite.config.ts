import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip as gzipCompress } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCompress);

const outDir = join(import.meta.dirname, "../dist/playground");

/** Writes each file compressed beside it, once, as small as it gets: the server sends these as they are. */
const compress = (): Plugin => ({
  name: "compress",
  async closeBundle() {
    const names = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(js|css|html|svg|ttf|md)$/.test(name),
    );
    const write = async (name: string) => {
      const file = join(outDir, name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      writeFileSync(`${file}.gz`, await gzip(bytes, { level: 9 }));
    };
    await Promise.all(names.map(write));
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

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), iconNames(), compress()],
  resolve: {
    alias: [
      { find: /^(\.|monaco-graphql\/esm)\/monaco-editor(\.js)?$/, replacement: join(import.meta.dirname, "src/monaco.ts") },
      { find: "framer-motion", replacement: join(import.meta.dirname, "src/reorder.tsx") },
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
      onLog(level, log, handle) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
  worker: { format: "es" },
  // `npm run dev`-like work on the page: `npx vite playground` beside a running server.
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/playground.json": "http://127.0.0.1:4000" } },
});
