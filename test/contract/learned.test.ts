import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { contractLines, learnedAnswers } from "../../scripts/contract-learn.js";
import { compareNetwork } from "../../src/doctor/contract/contract.js";
import type { Report } from "../../src/doctor/contract/report.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { casesOf } from "../column/column-noun.js";
import { openProxied } from "../world/proxied.js";

const limits = { depth: 100, aliases: 10_000, directives: 1000, cost: 1e9, calls: 1e6, tokens: 1e6 };
const { world, proxy } = await openProxied(
  { offers: 40, affiliates: 40, advertisers: 8, conversions: 300, now: new Date("2026-03-01T12:00:00Z") },
  { limits },
);
const cases = await casesOf(world);
afterAll(() => world.close());

/** Serves the answers in place of the sandbox's, asks for every column of theirs, and gives the errors that are our own fault. */
const ownFaults = async (answers: Record<string, unknown>): Promise<{ faults: string[]; read: number }> => {
  const faults: string[] = [];
  const read = new Set<string>();
  for (const one of cases.filter(({ operation }) => operation in answers)) {
    proxy.rewrite = (operation) => {
      if (operation !== one.operation) return undefined;
      read.add(operation);
      return () => answers[operation];
    };
    const { errors = [] } = await world.ask(one.query, { key: one.key });
    for (const { extensions, message, path } of errors)
      if (extensions.code === "INTERNAL_SERVER_ERROR") faults.push(`${one.operation} ${path?.join(".")}: ${message}`);
  }
  return { faults, read: read.size };
};

const here = fileURLToPath(new URL("learned", import.meta.url));

describe("answers learned from networks are read with no fault of ours", () => {
  test.each(readdirSync(here))("%s", async (file) => {
    const { answers } = JSON.parse(readFileSync(join(here, file), "utf8")) as { answers: Record<string, unknown> };
    const { faults, read } = await ownFaults(answers);
    expect(faults).toEqual([]);
    expect(read).toBeGreaterThan(0);
  });

  test("and so are those of the whole sandbox in its ugliest forms, learned from its own report", {
    timeout: 180_000,
  }, async () => {
    const ugliest = await createSandbox({ offers: 70, affiliates: 20, advertisers: 8, conversions: 100, ugly: "all" }).listen();
    await fetch(`${ugliest.url}/sandbox/forms`, {
      method: "POST",
      body: JSON.stringify([
        { noun: "affiliate", form: "php-map" },
        { noun: "payment", form: "text-number" },
        { noun: "category", form: "no-pagination" },
      ]),
    });
    const tenant = { name: "ugliest", url: ugliest.url };
    const found = await compareNetwork({
      ...{ tenant, key: "sandbox-general-manager", rows: 60, waitMs: 20_000 },
      progress: () => undefined,
    });
    await ugliest.close();
    const report = found?.report as Report;
    const lines = contractLines(report).join("\n");
    expect(lines).toContain("@@ contract/category.yaml GET /3.0/offer/categories, 200\n- required: pagination");
    expect(lines).toContain("@@ contract/payment.yaml Payment\n- id: {type: [integer]}\n+ id: {type: [integer, string]}");
    expect(lines).toContain("@@ contract/offer-payment.yaml OfferPayment\n+ type: words hybrid_v2");
    expect(lines).toContain("- partners: {type: [array]}\n+ partners: {type: [array, object]}");
    const answers = learnedAnswers(report);
    expect(answers["GET /3.0/admin/partners"]).toMatchObject({ partners: { "0": {}, "2": {} } });
    expect(answers["GET /3.0/offer/categories"]).not.toHaveProperty("pagination");
    const { faults, read } = await ownFaults(answers);
    expect(faults).toEqual([]);
    expect(read).toBeGreaterThan(30);
  });
});

const report: Report = {
  ...{ report: "affise-graphql contract", version: 1, key: "admin", notSeen: [] },
  operations: [
    {
      ...{ operation: "GET /3.0/offer/categories", status: 200, asked: 100, rows: 2, unseen: [] },
      columns: {
        "": { types: { object: { names: [3, 3] } } },
        status: { types: { integer: { digits: [1, 1] } } },
        categories: { types: { array: { items: [2, 2] } } },
        "categories[]": { types: { object: { names: [3, 3] } } },
        "categories[].id": { types: { string: { hex: [24, 24] } } },
        "categories[].title": { types: { string: { text: [4, 60] }, null: {} } },
        "categories[].share": { types: { number: { digits: [1, 1] } }, undeclared: true },
        pagination: { types: { object: { names: [3, 3] } } },
        "pagination.page": { types: { integer: { digits: [1, 1] } } },
        "pagination.per_page": { types: { integer: { digits: [3, 3] } } },
        "pagination.total_count": { types: { integer: { digits: [1, 1] } } },
      },
      differences: [
        { kind: "unknown", path: "categories[].share", rows: 2, seen: ["number"] },
        { kind: "type", path: "categories[].title", rows: 1, expected: ["string"], seen: ["null"] },
      ],
    },
  ],
};

describe("npm run contract:learn", () => {
  const script = fileURLToPath(new URL("../../scripts/contract-learn.ts", import.meta.url));
  const scratch = mkdtempSync(join(tmpdir(), "affise-graphql-learn-"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const learn = (value: unknown) => {
    const file = join(scratch, "acme.json");
    writeFileSync(file, JSON.stringify(value));
    return spawnSync(process.execPath, ["--import", "tsx", script, file, join(scratch, "learned")], { encoding: "utf8" });
  };

  test("writes rows of the types and lengths seen, and says what the contract should learn", () => {
    const { stdout, stderr, status } = learn(report);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain(
      '@@ contract/category.yaml Category\n+ share: {type: [number]}\n- title: {type: [string]}\n+ title: {type: [string, "null"]}\n',
    );
    const written = JSON.parse(readFileSync(join(scratch, "learned/acme.json"), "utf8")) as { answers: Record<string, unknown> };
    expect(written.answers["GET /3.0/offer/categories"]).toMatchObject({
      status: 1,
      categories: [
        { id: expect.stringMatching(/^[0-9a-f]{24}$/), title: expect.stringMatching(/^learned.{53}/), share: 0.5 },
        { title: null },
      ],
      pagination: { per_page: expect.any(Number) },
    });
  });

  test("refuses what is no report", () => {
    const { stderr, status } = learn({ hello: 1 });
    expect(status).toBe(2);
    expect(stderr).toContain("is no report of affise-graphql doctor --contract");
  });
});
