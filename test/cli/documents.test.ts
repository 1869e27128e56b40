import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { builtCli } from "../world/build.js";

const cli = await builtCli();
const folder = mkdtempSync(join(tmpdir(), "documents-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string | object) => {
  writeFileSync(join(folder, name), typeof text === "string" ? text : JSON.stringify(text));
  return name;
};

const run = (...args: string[]) => {
  const { PATH = "", SystemRoot = "" } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { PATH, SystemRoot, NODE_ENV: "production" },
    encoding: "utf8",
    timeout: 50_000,
  });
  return { code: status, out: stdout, error: stderr };
};

const offers = "query Offers($n: Int!) { offers(first: $n) { nodes { capsTimezone } } }";
const pause = "mutation Pause($input: UpdateOffersInput!) { updateOffers(input: $input) { results { outcome } } }";

mkdirSync(join(folder, "good"));
write("good/persisted-documents.json", { abc: offers, def: pause });
write("good/apollo.json", {
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations: [{ id: "q1", name: "Who", type: "query", body: "query Who { viewer { __typename } }", clientName: "ios" }],
});
write("good/two.graphql", "query A { offer(id: 1) { id } } query B($first: Int = 10) { offers(first: $first) { nodes { id } } }");

describe("affise-graphql documents check", { timeout: 60_000 }, () => {
  test("tells each operation's cost, calls and size, and the number that a variable may be", () => {
    const { code, out, error } = run("documents", "check", "good");
    expect([code, error]).toEqual([0, ""]);
    const rows = out
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));
    expect(rows[0]).toEqual(["operation", "kind", "cost", "calls", "values", "variables", "verdict"]);
    expect(rows.slice(2)).toEqual([
      ["Who", "query", "40", "4", "2", "ok"],
      ["Offers", "query", "560", "51", "102", "$n ≤ 99", "ok"],
      ["Pause", "mutation", "30", "3", expect.any(String), "ok"],
      ["A", "query", "10", "1", "2", "ok"],
      ["B", "query", "20", "1", "22", "$first ≤ 10,000", "ok"],
    ]);
  });

  test("exit code 1 and words for what is not valid or over the limits", () => {
    write("bad.json", {
      a: "query Wrong { offers { nope } }",
      b: "{",
      c: "query Dear { offers(first: 10000) { nodes { capsTimezone } } }",
      d: "query Calls { offers(first: 101) { nodes { capsTimezone } } }",
      e: `query Wide { offers(first: 10000) { nodes { ${Array.from({ length: 120 }, (_, at) => `a${at}: title`).join(" ")} } } }`,
    });
    const { code, out } = run("documents", "check", "bad.json", "good");
    expect(code).toBe(1);
    expect(out.match(/NOT VALID/g)).toHaveLength(2);
    expect(out.match(/OVER/g)).toHaveLength(3);
    expect(out).toMatch(/bad\.json: Wrong \("a"\): Cannot query field "nope"/);
    expect(out).toMatch(/bad\.json: "b": Syntax Error/);
    expect(out).toMatch(/Dear \("c"\): This operation may cost 110,200/);
    expect(out).toMatch(/Calls \("d"\): It may need 102 REST calls; 100 are the most/);
    expect(out).toMatch(/Wide \("e"\): The answer may have 1,210,002 values.*Ask for at most 8,\d{3} with offers\.first/);
  });

  test("--json for scripts, under limits of one's own", () => {
    const { code, out } = run("documents", "check", "good/persisted-documents.json", "--json", "--max-cost", "25");
    expect(code).toBe(1);
    const { ok, limits, documents } = JSON.parse(out);
    expect([ok, limits]).toEqual([false, { cost: 25, values: 1_000_000, calls: 100 }]);
    expect(documents).toMatchObject([
      {
        file: "good/persisted-documents.json",
        id: "abc",
        faults: [],
        deprecated: [],
        operations: [{ operation: "Offers", cost: 560, rows: 50, calls: 51, isOver: true, variables: { names: ["n"], fits: 1 } }],
      },
      { id: "def", operations: [{ operation: "Pause", kind: "mutation", isOver: true }] },
    ]);
  });

  test("fragments may stand in other .graphql files, and each operation is told once", () => {
    mkdirSync(join(folder, "split", "deeper"), { recursive: true });
    write("split/offers.graphql", "query Offers { offers(first: 5) { nodes { ...Card } } }");
    write("split/offer.graphql", 'query Offer { offer(id: "1") { ...Card ...Own } } fragment Own on Offer { status }');
    write("split/deeper/card.graphql", "fragment Card on Offer { id advertiser { ...Name } }");
    write("split/deeper/name.graphql", "fragment Name on Advertiser { companyName }");
    for (const paths of [["split"], ["split/offers.graphql", "split/offer.graphql", "split/deeper"]]) {
      const { code, out } = run("documents", "check", ...paths, "--json");
      expect(code).toBe(0);
      const { documents } = JSON.parse(out) as { documents: { operations: { operation: string; calls: number }[] }[] };
      expect(documents.flatMap(({ operations }) => operations.map(({ operation }) => operation)).sort()).toEqual([
        "Offer",
        "Offers",
      ]);
    }
    expect(run("documents", "check", "split/offers.graphql").out).toContain('Unknown fragment "Card"');
    expect(run("documents", "check", "split/deeper").out).toMatch(/It has no operation|is never used/);
  });

  test("what cannot be read is 1, wrong usage is 2", () => {
    expect(run("documents", "check", "nope.json")).toMatchObject({
      code: 1,
      error: expect.stringContaining("nope.json cannot be read"),
    });
    expect(run("documents", "check", write("odd.json", "{"))).toMatchObject({
      code: 1,
      error: expect.stringContaining("is not JSON"),
    });
    for (const args of [
      ["documents"],
      ["documents", "check"],
      ["documents", "send", "x"],
      ["documents", "check", "good", "--max-cost", "no"],
    ]) {
      expect(run(...args).code).toBe(2);
    }
  });

  test("a server is not started over a broken manifest, and says why", () => {
    write("broken.json", { x: "query Broken { nope }" });
    for (const workers of ["1", "2"]) {
      const { code, error } = run(
        "start",
        "--affise-api-url",
        "sandbox",
        "--port",
        "0",
        "--trusted-documents",
        "broken.json",
        "--workers",
        workers,
      );
      expect(code).toBe(2);
      expect(error).toMatch(/affise-graphql: TRUSTED_DOCUMENTS: broken\.json: Broken \("x"\): Cannot query field "nope"/);
    }
  });

  test.each([
    [["--trusted-documents-mode", "enforce"], /--trusted-documents-mode needs manifests/],
    [["--trusted-documents", "good", "--trusted-documents-mode", "strict"], /must begin with off, log or enforce\./],
    [
      ["--trusted-documents", "good", "--trusted-documents-mode", "enforce,admin=off"],
      /has in its part 2 a mode that is looser than enforce/,
    ],
    [["--trusted-documents", "good", "--trusted-documents-mode", "log,web"], /has in its part 2 what must read like web=enforce/],
    [["--apq", "maybe"], /--apq must be true or false/],
  ])("settings that make no sense are told: %s", (flags, says) => {
    const { code, error } = run("start", "--affise-api-url", "sandbox", ...flags);
    expect(code).toBe(2);
    expect(error).toMatch(says);
  });
});
