import { defineConfig } from "vite";

/** Every graphql in the bundle is one: two copies in one process call each other strangers. */
const oneGraphql = [
  { find: /^graphql$/, replacement: "graphql/index.mjs" },
  { find: /^graphql\/(.+)\.js$/, replacement: "graphql/$1.mjs" },
];

/**
 * The server as it is shipped: what it imports is in the same few files, since reading a thousand small ones took half of its start. Only what
 * may be missing, to send traces, stays outside.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  resolve: { alias: oneGraphql },
  build: {
    ssr: true,
    target: "node20",
    emptyOutDir: false,
    minify: false,
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      input: { cli: "src/cli.ts", thread: "src/sandbox/thread.ts" },
      external: [/^@opentelemetry\/(?!api)/],
      output: { chunkFileNames: "[name].js", comments: false },
    },
  },
});
