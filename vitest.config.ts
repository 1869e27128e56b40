import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes ten seconds and more: browsers, other processes, and walks over every column of every mutation. The longest first. */
export const slow = [
  ...["docs/docs", "mutation/answer", "page/walk", "cli/cli", "page/access", "mutation/missing-column", "schema/backward"],
  ...["http/hostile", "page/kept", "typed-client/normalised-cache", "page/copy-as", "page/playground", "http/lifecycle"],
  ...["http/secret-everywhere", "client/cache", "client/shape", "page/change", "cli/documents", "page/network"],
  ...[
    "http/scale-out",
    "cli/query",
    "docs/examples",
    "client/isolation",
    "schema/identity",
    "http/idempotency-redis",
    "http/crash",
    "mutation/rights",
    "column/no-answer",
  ],
  ...["page/keyboard", "page/left-open", "page/hostile-name"],
  ...["http/slow-body", "page/answer", "execution/fuzz", "column/wave", "page/form", "cli/bundle", "cli/doctor-contract"],
  ...[
    "page/example",
    "cli/setting",
    "http/balanced",
    "page/weight",
    "page/odd-answer",
    "page/run-press",
    "page/clicking",
    "page/cost",
    "page/saved-documents",
    "interop/runtime",
  ],
].map((name) => `test/${name}.test.ts`);

/** Begins what takes longest: begun last, it would run alone. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = slow.findIndex((name) => moduleId.replaceAll("\\", "/").endsWith(name));
      return found < 0 ? slow.length : found;
    };
    return files.toSorted((left, right) => place(left) - place(right));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: process.env.SLOW_TESTS === "0" ? slow : [],
    sequence: { sequencer: SlowFirst },
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
