import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

let said: unknown;
const world = await openAnswering(() => said, { session: { timeoutMs: 4_000, maxBytes: 1_000_000, concurrency: 1 } });
afterAll(() => world.close());

const error = async (answer: unknown, query: string) => {
  said = answer;
  const { errors, data } = await world.ask(query);
  return { ...errors?.[0]?.extensions, message: errors?.[0]?.message, data };
};

const read = "{ offers(first: 1) { nodes { id } } }";
const write = 'mutation { updateOffer(input: { id: 1, title: "New" }) { offer { id } } }';

describe("a write counts as done only where the answer says so", () => {
  const affises: [answer: unknown, says: string][] = [
    [{ status: "2", error: "Limit is wrong" }, "Limit is wrong"],
    [{ status: 0, message: "Limit is wrong" }, "Limit is wrong"],
    [{ status: 3, errors: ["Limit is wrong"] }, "Limit is wrong"],
    [{ success: false, message: { text: "Limit is wrong" } }, "Limit is wrong"],
    [{ errors: [{ limit: "Limit is wrong" }] }, "Limit is wrong"],
    [{ status: "error", error: "Affiliate cannot use this offer" }, "Affiliate cannot use this offer"],
    [{ status: "error", error: { text: "no such cap" } }, "no such cap"],
  ];
  test.each(affises)("%j is Affise's refusal, in its words", async (answer, says) => {
    expect(await error(answer, write)).toMatchObject({
      code: "BAD_USER_INPUT",
      outcome: "REFUSED",
      message: expect.stringContaining(says),
      operation: "POST /3.0/admin/offer/{id}",
      upstreamStatus: 200,
    });
  });

  const untold = [
    [],
    42,
    "done",
    null,
    {},
    { offer: { id: 1 } },
    { status: 0 },
    { status: 3 },
    { status: "2" },
    { success: false },
  ];
  test.each(untold.map((answer) => [answer]))("%j tells nothing: the fate is unknown", async (answer) => {
    const body = (response: ServerResponse) => response.end(JSON.stringify(answer));
    expect(await error(body, write)).toMatchObject({
      code: "UPSTREAM_FAILED",
      outcome: "UNKNOWN",
      message: expect.stringContaining("unknown: look before you repeat it"),
    });
  });

  const texts: [what: string, status: number, text: string, code: string, outcome: string][] = [
    ["a gateway's 502", 502, "<html>Bad gateway</html>", "UPSTREAM_FAILED", "UNKNOWN"],
    ["a gateway's 503", 503, "", "UPSTREAM_FAILED", "UNKNOWN"],
    ["a gateway's 504", 504, '{"status":2,"error":"timeout"}', "UPSTREAM_FAILED", "UNKNOWN"],
    ["a fault of the server", 500, '{"status":2,"error":"Server error"}', "UPSTREAM_FAILED", "UNKNOWN"],
    ["a redirect", 302, "", "UPSTREAM_FAILED", "UNKNOWN"],
    ["a web page", 200, "<html>Welcome</html>", "UPSTREAM_FAILED", "UNKNOWN"],
    ["an empty body", 200, "", "UPSTREAM_FAILED", "UNKNOWN"],
    ["half a body", 200, '{"status":1,"of', "UPSTREAM_FAILED", "UNKNOWN"],
    ["a refusal", 400, '{"status":2,"error":"bad title"}', "BAD_USER_INPUT", "REFUSED"],
    ["a key that may not", 403, '{"status":2,"error":"Auth Denied"}', "FORBIDDEN", "REFUSED"],
    ["a wish to slow down", 429, "{}", "UPSTREAM_RATE_LIMITED", "REFUSED"],
  ];
  test.each(texts)("%s on a POST", async (_what, status, text, code, outcome) => {
    const answered = await error((response: ServerResponse) => response.writeHead(status).end(text), write);
    expect(answered).toMatchObject({ code, outcome, upstreamStatus: status });
    if (outcome === "UNKNOWN") expect(answered.message).toContain("look before you repeat it");
  });

  test("a connection cut in the middle of a POST", async () => {
    const cut = (response: ServerResponse) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setTimeout(() => response.destroy(), 20);
    };
    expect(await error(cut, write)).toMatchObject({ code: "UPSTREAM_UNREACHABLE", outcome: "UNKNOWN" });
  });

  test("what never left this server is told so", async () => {
    const nobody = await world.ask(write, "");
    expect(nobody.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED", outcome: "NOT_SENT" });
    world.seen();
    const wrong = await world.ask("mutation { updateOffer(input: { id: 1, holdPeriod: -1 }) { offer { id } } }");
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", outcome: "NOT_SENT" });
    expect(world.seen()).toEqual([]);
  });

  test("success in each of its forms is done", async () => {
    for (const status of [1, "1", "success", true]) {
      said = { status, offer: { id: 1 }, offers: [{ id: 1 }], pagination: { page: 1, per_page: 1, total_count: 1 } };
      expect((await world.ask(write)).errors).toBeUndefined();
    }
  });
});

describe("a read", () => {
  test.each([[{ status: 2, error: "no" }], [{ status: "error", message: "no" }], [{ success: false, error: "no" }]])(
    "%j is a failure, and no outcome is told where nothing was to be written",
    async (answer) => {
      const answered = await error(answer, read);
      expect(answered).toMatchObject({ code: "BAD_USER_INPUT", message: "no", operation: "GET /3.0/offers" });
      expect(answered).not.toHaveProperty("outcome");
    },
  );

  test("is good without a status, where what was asked for is there", async () => {
    said = { offers: [{ id: 7 }], pagination: { page: 1, per_page: 1, total_count: 1 } };
    expect(await world.ask(read)).toMatchObject({ data: { offers: { nodes: [{ id: "7" }] } } });
  });

  test("that comes packed is unpacked, and never to more than an answer may have", async () => {
    const packed = (value: unknown) => {
      const body = gzipSync(JSON.stringify(value));
      return (response: ServerResponse) => response.writeHead(200, { "content-encoding": "gzip" }).end(body);
    };
    said = packed({ status: 1, offers: [{ id: 8 }], pagination: { page: 1, per_page: 1, total_count: 1 } });
    expect(await world.ask(read)).toMatchObject({ data: { offers: { nodes: [{ id: "8" }] } } });
    expect(await error(packed("x".repeat(2_000_000)), read)).toMatchObject({
      code: "UPSTREAM_FAILED",
      message: expect.stringContaining("too large"),
    });
  });

  test("is unpacked whatever letters name the packing, and one that cannot be is an answer that broke, not a host out of reach", async () => {
    const good = gzipSync(
      JSON.stringify({ status: 1, offers: [{ id: 8 }], pagination: { page: 1, per_page: 1, total_count: 1 } }),
    );
    const sent = (body: Buffer, encoding: string) => (response: ServerResponse) =>
      response.writeHead(200, { "content-encoding": encoding }).end(body);
    said = sent(good, "GZip");
    expect(await world.ask(read)).toMatchObject({ data: { offers: { nodes: [{ id: "8" }] } } });
    for (const broken of [good.subarray(0, -10), Buffer.from("{}"), Buffer.from("")]) {
      const answered = await error(sent(broken, "gzip"), read);
      expect(answered).toMatchObject({ code: "UPSTREAM_FAILED", operation: "GET /3.0/offers" });
      expect(answered.message).not.toMatch(/reached|Z_/);
    }
  });

  test.each(["NaN", "tru", '"a\tb"'])("with %s in a column of a long list costs that column, in words", async (broken) => {
    const rows = Array.from(
      { length: 200 },
      (_, index) => `{"id":${index + 1},"title":"a long title of an offer","cr":${broken}}`,
    );
    const text = `{"status":1,"offers":[${rows.join()}],"pagination":{"page":1,"per_page":500,"total_count":200}}`;
    said = (response: ServerResponse) => response.end(text);
    const { data, errors } = await world.ask("{ offers(first: 1) { nodes { id title conversionRate } } }");
    expect(data).toEqual({ offers: { nodes: [{ id: "1", title: "a long title of an offer", conversionRate: null }] } });
    expect(errors).toMatchObject([{ message: expect.stringContaining("JSON"), extensions: { code: "UPSTREAM_FAILED" } }]);
  });
});

describe("one deadline holds for a call with its retries", () => {
  const slow = (seconds: string, status = 429) => {
    let calls = 0;
    return {
      calls: () => calls,
      answer: (response: ServerResponse) => {
        calls += 1;
        response.writeHead(status, { "retry-after": seconds }).end("{}");
      },
    };
  };

  test.each([
    ["3600", 3600, "60 minutes"],
    ["30", 30, "30 seconds"],
    [new Date(Date.now() + 7_200_000).toUTCString(), undefined, "minutes"],
  ])("Retry-After: %s is beyond it, so the caller is told at once", async (seconds, told, words) => {
    const { answer, calls } = slow(seconds);
    const start = performance.now();
    const answered = await error(answer, read);
    expect(performance.now() - start).toBeLessThan(3_500);
    expect(calls()).toBe(1);
    expect(answered).toMatchObject({ code: "UPSTREAM_RATE_LIMITED", message: expect.stringContaining(words) });
    if (told) expect(answered).toMatchObject({ retryAfterSeconds: told });
  });

  test("a wait within it is waited, and leaves the key's only place to others meanwhile", async () => {
    const order: string[] = [];
    let calls = 0;
    const good = { status: 1, offers: [], pagination: { page: 1, per_page: 1, total_count: 0 } };
    said = (response: ServerResponse) => {
      calls += 1;
      if (calls === 1) response.writeHead(429, { "retry-after": "1" }).end("{}");
      else response.end(JSON.stringify(good));
    };
    const ask = async (first: number) => {
      const { errors } = await world.ask(`{ offers(first: ${first}) { nodes { id } } }`);
      expect(errors).toBeUndefined();
      order.push(`offers(first: ${first})`);
    };
    const waiting = ask(1);
    await expect.poll(() => calls).toBe(1);
    await ask(2);
    await waiting;
    expect(order).toEqual(["offers(first: 2)", "offers(first: 1)"]);
    expect(calls).toBe(3);
  });

  test("answers that keep failing end within it", async () => {
    const start = performance.now();
    expect(await error((_: ServerResponse) => undefined, read)).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
    expect(performance.now() - start).toBeLessThan(7_000);
    expect(await error(slow("1", 503).answer, read)).toMatchObject({ code: "UPSTREAM_FAILED", upstreamStatus: 503 });
    expect(performance.now() - start).toBeLessThan(14_000);
  });
});
