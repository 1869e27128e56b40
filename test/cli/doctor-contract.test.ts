import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.js";
import { contract } from "../../src/contract/schema.js";
import { type Report, reportSchema } from "../../src/doctor/contract/report.js";
import { type ContractDoctorOptions, doctorContract } from "../../src/doctor/doctor-contract.js";
import { createSandbox, sampleKeys } from "../../src/sandbox/index.js";
import { openProxy } from "../world/proxy.js";

const sandbox = createSandbox({ offers: 70, affiliates: 30, advertisers: 8, conversions: 200 });
const upstream = await sandbox.listen();
const proxy = await openProxy();
proxy.upstream = upstream.url;
const scratch = mkdtempSync(join(tmpdir(), "affise-graphql-contract-"));
afterAll(async () => {
  await proxy.close();
  await upstream.close();
  rmSync(scratch, { recursive: true, force: true });
});
afterEach(() => sandbox.reset());

const general = "sandbox-general-manager";

/** Runs the doctor on a network and gives what it printed, what it wrote and its exit code. */
const examined = async (url: string, options: Partial<ContractDoctorOptions> = {}) => {
  let printed = "";
  const out = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  const file = join(scratch, "report.json");
  try {
    const given = { key: general, rows: "100", json: false, report: file, ...options };
    const code = await doctorContract(readConfig({ AFFISE_API_URL: url }), given);
    const text = readFileSync(file, "utf8");
    return { code, printed, text, report: reportSchema.parse(JSON.parse(text)) };
  } finally {
    out.mockRestore();
  }
};

const found = ({ operations }: Report) =>
  operations.flatMap(({ operation, differences }) =>
    differences.map(({ kind, path, words = [] }) => [operation, kind, path, ...words].join(" ")),
  );

const inForms = (forms: unknown) =>
  fetch(`${upstream.url}/sandbox/forms`, { method: "POST", body: JSON.stringify(forms) }).then((answer) => answer.json());

describe("over the sandbox", () => {
  test.each(sampleKeys.map(({ key }) => key))("the recorded forms are the contract's: %s", async (key) => {
    const { code, printed, report } = await examined(upstream.url, { key });
    expect(found(report)).toEqual([]);
    expect(code).toBe(0);
    expect(printed).toContain("all as the contract says.");
    expect(report.operations.length).toBeGreaterThan(30);
    expect(Object.keys(sandbox.calls()).filter((operation) => !operation.startsWith("GET "))).toEqual([]);
    expect(Object.values(sandbox.calls()).reduce((sum, count) => sum + count, 0)).toBeLessThan(100);
  });

  test("with the ugliest rows it names the word that nobody knows, wherever it stands, and nothing else", async () => {
    await inForms({ noun: "*", form: "odd-rows" });
    const { code, printed, report } = await examined(upstream.url);
    expect(code).toBe(1);
    expect(found(report)).toEqual([
      "GET /3.0/offers word offers[].payments[].type hybrid_v2",
      "GET /3.0/partner/live-offers word offers[].payments[].type hybrid_v2",
      "GET /3.0/stats/conversions word conversions[].payment_type hybrid_v2",
      "GET /ui/offers/available-for/{affiliate_id} word offers[].payments[].type hybrid_v2",
    ]);
    expect(printed).toMatch(/word {6}offers\[\]\.payments\[\]\.type +1 not in the contract's list: hybrid_v2/);
  });

  const categories = "GET /3.0/offer/categories";
  test.each([
    ["php-map", [`${categories} envelope categories`]],
    ["no-pagination", [`${categories} envelope pagination`]],
    ["no-total", [`${categories} envelope pagination.total_count`]],
    ["short-page", [`${categories} page pagination.per_page`]],
    ["status-word", [`${categories} envelope status`]],
    ["text-number", []],
  ])("each form of answers is named: %s", async (form, differences) => {
    await inForms({ noun: "category", form });
    const { report } = await examined(upstream.url, { rows: "5" });
    expect(found(report)).toEqual(differences);
  });

  test("numbers as texts are named column by column, where the contract has numbers alone", async () => {
    await inForms({ noun: "payment", form: "text-number" });
    const { report } = await examined(upstream.url);
    const odd = report.operations.flatMap(({ differences }) => differences);
    expect(odd.length).toBeGreaterThan(3);
    for (const { kind, seen } of odd) expect([kind, seen]).toEqual(["type", ["string"]]);
    expect(found(report)).toContain("GET /3.1/payments type payments[].id");
  });

  test("an operation that the network does not have, or that fails inside a 200", async () => {
    const fault = (value: object[]) => fetch(`${upstream.url}/sandbox/faults`, { method: "POST", body: JSON.stringify(value) });
    await fault([
      { operation: "GET /3.0/goals", kind: "status", status: 404 },
      { operation: "GET /3.0/admin/domains", kind: "envelope" },
      { operation: "GET /3.1/vendors", kind: "html" },
    ]);
    const { report, printed } = await examined(upstream.url);
    expect(found(report).sort()).toEqual([
      "GET /3.0/admin/domains refused the answer",
      "GET /3.0/goals refused the answer",
      "GET /3.1/vendors refused the answer",
    ]);
    expect(printed).toContain("refused: HTTP 404");
    expect(printed).toContain("refused: a failure inside HTTP 200");
  });
});

/** Every text and number inside an answer, and the names of maps. */
const valuesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  if (value && typeof value === "object")
    return Object.entries(value).flatMap(([name, item]) => [...(/^[a-z_]+$/i.test(name) ? [] : [name]), ...valuesIn(item)]);
  return value === null || typeof value === "boolean" ? [] : [String(value)];
};

/** The contract's own names, enums and examples: what every reader of this project knows. */
const publicWords = new Set(
  JSON.stringify(contract)
    .match(/"(?:[^"\\]|\\.)*"/g)
    ?.map((text) => text.slice(1, -1)),
);

describe("the report gives nothing away", () => {
  test.each(sampleKeys.map(({ key }) => key))("no value of the sandbox's ugliest answers is in it: %s", async (key) => {
    await inForms([
      { noun: "*", form: "odd-rows" },
      { noun: "conversion", form: "text-number" },
      { noun: "affiliate", form: "php-map" },
    ]);
    const values = new Set<string>();
    proxy.rewrite = () => (answer) => {
      for (const value of valuesIn(answer)) values.add(value);
      return answer;
    };
    const { text, printed } = await examined(proxy.url, { key });
    expect(values.size).toBeGreaterThan(300);
    const ours = new Set(["text", "number", "string", "hybrid_v2"]);
    const secret = [...values].filter((value) => value.length > 3 && !publicWords.has(value) && !ours.has(value));
    expect(secret.length).toBeGreaterThan(200);
    const inside = (whole: string) => {
      const words = new Set(whole.split(/[^\p{L}\p{N}_-]+/u));
      return secret.filter((value) => (value.length > 6 ? whole.includes(value) : words.has(value)));
    };
    expect(inside(text)).toEqual([]);
    expect(inside(printed.replaceAll(new URL(proxy.url).host, "").replaceAll(scratch, ""))).toEqual([]);
    expect(text).not.toContain(key);
    expect(text).not.toContain("127.0.0.1");
  });
});

const id = (digit: number) => String(digit).padStart(24, "5d");
const page = (total_count: number, per_page = 100) => ({ total_count, page: 1, per_page });

/** An Affise of somebody else's, with a difference of each kind and a secret in each place that could hold one. */
const theirs: Record<string, unknown> = {
  "/3.1/user/me": {
    status: 1,
    user: { id: id(1), email: "boss@secret-company.example", type: "common_manager", first_name: "Zebulon", last_name: "Quist" },
  },
  "/3.0/offer/categories": {
    status: 1,
    categories: [
      { id: id(2), title: "Nutra Zebulon", partner_share: 0.25, "john@secret.example": 1, zebulon: 1, ru: "x" },
      { id: 77123456, title: null, partner_share: "none", quistnotes: "x" },
    ],
    pagination: page(900, 2),
  },
  "/3.0/offers": {
    status: "success",
    offers: {
      "10457": { id: 10457, advertiser: id(4), status: "archived", privacy: "Zebulon", title: "Zebulon Loans" },
      "10458": { id: 10458, status: "active", privacy: "public", title: "Quist", kpi: { ru: "secret kpi", "2026-04-01": "x" } },
    },
  },
  "/3.0/admin/currency": { status: 1, quotes: { USD: 1, XSECRETCOIN: 2 } },
  "/3.1/vendors": [],
  "/3.1/automation/kpi": {
    status: 1,
    items: [{ id: 8123456, title: "Zebulon rule", quistflag: true, offers: { "10457": { affiliate_id: 123456 } } }],
    pagination: page(1),
  },
};

describe("over an Affise that is not our sandbox", () => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://x");
    const answer = theirs[pathname];
    response.writeHead(answer ? 200 : pathname === "/3.0/goals" ? 404 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { status: 2, error: "Auth Denied for boss@secret-company.example" }));
  });
  const listening = new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("each planted difference is named, by patterns where a name is data", async () => {
    const { code, report, printed } = await examined(await listening, { key: "a-real-secret-key" });
    expect(code).toBe(1);
    expect(found(report).sort()).toEqual(
      [
        "GET /3.0/goals refused the answer",
        "GET /3.0/offer/categories page pagination.per_page",
        "GET /3.0/offer/categories type categories[].id",
        "GET /3.0/offer/categories type categories[].title",
        "GET /3.0/offer/categories unknown categories[].partner_share",
        "GET /3.0/offer/categories unknown categories[].{code}",
        "GET /3.0/offer/categories unknown categories[].{name}",
        "GET /3.0/offers envelope offers",
        "GET /3.0/offers envelope pagination",
        "GET /3.0/offers envelope status",
        "GET /3.0/offers missing offers[].advertiser",
        "GET /3.0/offers word offers[].privacy",
        "GET /3.0/offers word offers[].status archived",
        "GET /3.1/automation/kpi type items[].id",
        "GET /3.1/automation/kpi type items[].offers",
        "GET /3.1/automation/kpi type items[].offers[]",
        "GET /3.1/automation/kpi unknown items[].title",
        "GET /3.1/automation/kpi unknown items[].{name}",
        "GET /3.1/vendors envelope the answer",
      ].sort(),
    );
    expect(printed).toContain("Not looked at");
  });

  test("and nothing of theirs is told", async () => {
    const { text, printed } = await examined(await listening, { key: "a-real-secret-key" });
    for (const secret of ["zebulon", "quist", "secret", "john", "10457", "10458", "77123456", "8123456", "123456", "2026-04"])
      for (const whole of [text, printed.replaceAll(scratch, "")]) expect(whole.toLowerCase()).not.toContain(secret);
    expect(text).not.toMatch(/"[^"]*\b(ru|USD)\b[^"]*"/);
  });

  test("--json prints the report", async () => {
    const { printed, text } = await examined(await listening, { json: true });
    expect(printed).toBe(text);
  });
});

describe("wrong usage", () => {
  test.each([
    [{ key: undefined }, {}, "--contract needs a key; the sandbox's: sandbox-general-manager"],
    [{ rows: "0" }, {}, '--rows must be a whole number from 1 to 500, not "0".'],
    [{ report: "/nowhere/at/all.json" }, { AFFISE_API_URL: upstream.url }, "--report /nowhere/at/all.json cannot be written"],
    [
      {},
      { AFFISE_TENANTS: "a=http://127.0.0.1:9,b=http://127.0.0.1:9" },
      "--contract looks at one network: name it with --tenant",
    ],
    [{ tenant: "c" }, { AFFISE_TENANTS: "a=http://127.0.0.1:9" }, "--tenant c is none of AFFISE_TENANTS: a."],
  ])("%j", async (options, environment, words) => {
    const given = { key: general, rows: "1", json: true, ...options };
    await expect(doctorContract(readConfig(environment), given)).rejects.toThrow(words);
  });

  test("a key of nobody's, and a network that is away", async () => {
    const complained = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const given = { key: "nobody", rows: "1", json: true };
    expect(await doctorContract(readConfig({ AFFISE_API_URL: upstream.url }), given)).toBe(1);
    expect(await doctorContract(readConfig({ AFFISE_API_URL: "http://127.0.0.1:9" }), given)).toBe(1);
    expect(complained.mock.calls.flat().join("")).toContain("affise-graphql doctor says why");
    complained.mockRestore();
  });
});
