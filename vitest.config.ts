import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/world/tally-setup.ts",
    setupFiles: "test/world/stack-setup.ts",
    // Two copies of graphql in one process call each other strangers; this leaves one.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
    // These end a test that hangs; none is a measure. A busy machine may take ten times as long as a quiet one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    // One load of the server and its schema for all files of a worker; every test file closes what it opens.
    isolate: false,
  },
});
