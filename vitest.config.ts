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
    // One more than CI's machine has cores: tests wait for browsers and servers of their own much of the time.
    maxWorkers: 3,
    // Packages are what Node says they are. Vitest's own reading of them stands before every access to graphql, by a proxy.
    deps: { interopDefault: false },
    // One load of the server and its schema for all files of a worker; every test file closes what it opens.
    isolate: false,
  },
});
