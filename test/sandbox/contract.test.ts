import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type OperationInfo, operations } from "../../src/contract/operation.js";
import { violations } from "../../src/sandbox/http/validation.js";
import { answered, createSandbox } from "../../src/sandbox/index.js";
import { note } from "../world/tally.js";
import { asRequest, type Example } from "./example.js";
import { examplesOn, post } from "./known.js";
import { small } from "./stranger.js";

/** With every odd row there is; the recorded forms alone are looked at beside it. */
const sandbox = createSandbox({ ...small, ugly: "all" });
const plain = createSandbox(small);

let all: Record<string, Example> = {};
let restore: () => void;
beforeAll(async () => {
  all = await examplesOn(sandbox);
  restore = sandbox.snapshot();
});

const exampleOf = async (operation: string): Promise<Example> => {
  // The only operation that wants an offer which is not public.
  if (operation.endsWith("disable-affiliates"))
    await post(sandbox, "/3.0/admin/offer/mass-update", "offer_id[]=1&privacy=private");
  return all[operation] ?? {};
};

/** A bad call: an unknown id, a limit too high, a page before the first, nothing at all, or a wrong key. */
const spoiled = (info: OperationInfo, example: Example): Example => {
  const inQuery = info.parameters.filter((parameter) => parameter.in === "query");
  const isRequired =
    inQuery.some(({ required }) => required) ||
    (info.body && example.body !== undefined && /^(POST|DELETE)/.test(info.operation));
  if (info.path.includes("{")) {
    const path = Object.fromEntries(
      Object.keys(example.path ?? {}).map((name) => [name, info.path.includes("oses") ? "Nope" : "999999999"]),
    );
    return { ...example, path };
  }
  if (info.operation === "POST /3.1/payments/generate") return { body: "date=tomorrow" };
  if (isRequired || example.json !== undefined) return { key: example.key };
  if (inQuery.some(({ name }) => name === "page")) return { ...example, query: `${example.query ?? ""}&page=0` };
  if (inQuery.some(({ name }) => name === "limit")) return { ...example, query: `${example.query ?? ""}&limit=0` };
  return { ...example, key: "nobody" };
};

describe("every operation of the contract", () => {
  test("is answered", () => {
    expect(answered().toSorted()).toEqual([...operations.keys()].toSorted());
  });

  test.each([...operations.values()].map((info) => [info.operation, info] as const))("%s", async (operation, info) => {
    if (info.method !== "GET") onTestFinished(restore);
    const example = await exampleOf(operation);
    const wrong = await sandbox.fetch(asRequest(operation, spoiled(info, example)));
    const refusal = await wrong.json();
    expect([2, "error"]).toContain(refusal.status);
    expect(refusal.message ?? refusal.error).toBeTruthy();
    note("sandbox-bad", [operation]);
    const right = await sandbox.fetch(asRequest(operation, example));
    const answer = await right.json();
    expect(right.status, JSON.stringify(answer)).toBe(200);
    expect([1, "success", undefined]).toContain(answer.status);
    expect(violations(info, "answer", answer)).toEqual([]);
    if (info.method === "GET") {
      const recorded = await plain.fetch(asRequest(operation, example));
      if (recorded.status === 200) expect(violations(info, "answer", await recorded.json())).toEqual([]);
    }
    note("sandbox-good", [operation]);
  });
});
