import { afterEach, describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { form, general, small, stranger } from "./stranger.js";

const client = stranger();
afterEach(() => client.sandbox.reset());

const inject = (fault: unknown) => client.post("/sandbox/faults", JSON.stringify(fault));
const ask = (signal?: AbortSignal) => fetch(`${client.url}/3.0/offers?limit=1`, { headers: { "API-Key": general }, signal });

describe("faults", () => {
  test("status, with a count", async () => {
    await inject({ operation: "GET /3.0/offers", kind: "status", status: 503, count: 2 });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([503, 503, 200]);
  });

  test("rate-limit", async () => {
    await inject({ operation: "*", kind: "rate-limit", retryAfter: 7 });
    const answer = await ask();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  test("envelope, html and garbage", async () => {
    await inject([{ operation: "*", kind: "envelope", count: 1 }]);
    const envelope = await ask();
    expect([envelope.status, (await envelope.json()).status]).toEqual([200, 2]);
    await inject([{ operation: "*", kind: "html", count: 1 }]);
    const html = await ask();
    expect([html.status, html.headers.get("content-type")]).toEqual([502, "text/html"]);
    await inject([{ operation: "*", kind: "garbage", count: 1 }]);
    await expect((await ask()).json()).rejects.toThrow();
  });

  test("delay", async () => {
    await inject({ operation: "*", kind: "delay", ms: 120, count: 1 });
    const start = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  test("reset closes the connection and changes nothing", async () => {
    await inject({ operation: "POST /3.0/admin/offer/{id}", kind: "reset", count: 1 });
    await expect(client.post("/3.0/admin/offer/1", form("title=Lost"))).rejects.toThrow("fetch failed");
    expect((await client.get("/3.0/offer/1")).body.offer.title).not.toBe("Lost");
  });

  test("truncate carries the change out and loses the answer", async () => {
    await inject({ operation: "POST /3.0/admin/offer/{id}", kind: "truncate", count: 1 });
    await expect(client.post("/3.0/admin/offer/1", form("title=Written"))).rejects.toThrow();
    expect((await client.get("/3.0/offer/1")).body.offer.title).toBe("Written");
  });

  test("hang answers nothing until the caller goes away", async () => {
    await inject({ operation: "*", kind: "hang", count: 1 });
    await expect(ask(AbortSignal.timeout(100))).rejects.toThrow(/timeout/);
    expect((await ask()).status).toBe(200);
  });

  test("strike a share of the calls", async () => {
    await inject({ operation: "*", kind: "status", share: 0 });
    expect((await ask()).status).toBe(200);
  });

  test("are cleared by a DELETE or an empty list, and never touch the controls", async () => {
    await inject({ operation: "*", kind: "status" });
    expect((await client.get("/sandbox/calls")).http).toBe(200);
    await inject([]);
    expect((await ask()).status).toBe(200);
    await inject({ operation: "*", kind: "status" });
    await client.delete("/sandbox/faults");
    expect((await ask()).status).toBe(200);
  });

  test("that make no sense answer 400 in words", async () => {
    expect((await inject({ operation: "GET /nowhere", kind: "status" })).body.message).toContain(
      "must be an operation of the contract",
    );
    expect((await inject({ operation: "*", kind: "explode" })).http).toBe(400);
    expect((await inject("text")).http).toBe(400);
  });

  test("work on a sandbox used as a fetch", async () => {
    const sandbox = createSandbox(small);
    const send = (path: string, init?: RequestInit) =>
      sandbox.fetch(new Request(`http://sandbox${path}`, { headers: { "API-Key": general }, ...init }));
    const faults = [
      { operation: "*", kind: "reset", count: 1 },
      { operation: "*", kind: "hang", count: 1 },
    ];
    await send("/sandbox/faults", { method: "POST", body: JSON.stringify(faults) });
    await expect(send("/3.0/offers")).rejects.toThrow("connection was reset");
    await expect(send("/3.0/offers", { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect((await send("/3.0/offers")).status).toBe(200);
  });
});
