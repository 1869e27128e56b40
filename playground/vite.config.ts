import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Fetches the editor while the page draws itself, instead of when its code asks for it. */
const preloadEditor = (): Plugin => ({
  name: "preload-editor",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((part) => part.type === "chunk" && /^(editor|monaco-editor)$/.test(part.name))
        .map((part) => ({ tag: "link", attrs: { rel: "modulepreload", href: `./${part.fileName}` }, injectTo: "head" })),
  },
});

/** Packs what is built, once, so that the server need not at every visit. */
const precompress = (): Plugin => ({
  name: "precompress",
  writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle)) {
      const path = join(dir, name);
      const content = readFileSync(path);
      if (content.length < 1_400 || !/\.(js|css|html|svg|json|ttf)$/.test(name)) continue;
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), preloadEditor(), precompress()],
  build: {
    outDir: "../dist/playground",
    emptyOutDir: true,
    target: "es2022",
    // Monaco is one large chunk by nature; it is loaded after the first paint.
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
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
