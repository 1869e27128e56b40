import { describe, expect, test } from "vitest";
import { check } from "../../src/affise/encoding/check.js";
import { payload, target } from "../../src/affise/encoding/encode.js";
import { AffiseError } from "../../src/affise/error/error.js";
import { operationInfo } from "../../src/contract/operation.js";

const plain = (text: string) => decodeURIComponent(text);
const form = (body: unknown) => [...(body as URLSearchParams | FormData).entries()].map(([name, value]) => `${name}=${value}`);

describe("queries", () => {
  test("lists carry brackets without indexes", () => {
    expect(plain(target(operationInfo("GET /3.0/offers"), {}, { int_id: [1, 2], status: ["active"] }))).toBe(
      "/3.0/offers?int_id[]=1&int_id[]=2&status[]=active",
    );
  });

  test("objects nest", () => {
    const query = { slice: ["day"], filter: { date_from: "2026-01-01", date_to: "2026-01-02", offer: [331] } };
    expect(plain(target(operationInfo("GET /3.0/stats/custom"), {}, query))).toBe(
      "/3.0/stats/custom?slice[]=day&filter[date_from]=2026-01-01&filter[date_to]=2026-01-02&filter[offer][]=331",
    );
  });

  test("what the contract calls comma is one text", () => {
    const query = {
      slice: ["day"],
      filter: { date_from: "2026-01-01", date_to: "2026-01-02", offer_tag: ["a", "b"] },
      not_offer_tag: ["c", "d"],
    };
    expect(plain(target(operationInfo("GET /3.0/stats/custom"), {}, query))).toContain("filter[offer_tag]=a,b&not_offer_tag=c,d");
  });

  test("flags are 0 and 1, nothing is not sent, special characters are encoded", () => {
    expect(target(operationInfo("GET /3.0/offers"), {}, { is_top: true, q: "a&b=c d", page: undefined, bundle_id: null })).toBe(
      "/3.0/offers?is_top=1&q=a%26b%3Dc%20d",
    );
  });
});

describe("paths", () => {
  const facts = operationInfo("GET /3.0/offer/{id}");

  test("values fill their segments", () => {
    expect(target(facts, { id: 12 })).toBe("/3.0/offer/12");
  });

  test.each(["", ".", "..", "a/b", "a\\b", "a?b", "a#b", "%2f", "a\nb", " "])("%j cannot stand in a path", (id) => {
    expect(() => target(facts, { id })).toThrow(AffiseError);
  });

  test("a missing value is a fault of ours", () => {
    expect(() => target(facts)).toThrow("id is missing");
  });
});

describe("bodies", () => {
  test("forms carry brackets, lists of objects are numbered", () => {
    const body = payload(operationInfo("POST /3.0/admin/offer/{id}"), {
      caps: [
        { period: "day", affiliates: [1, 2] },
        { period: "month", affiliates: [] },
      ],
    });
    expect(body).toBeInstanceOf(FormData);
    expect(form(body)).toEqual([
      "caps[0][period]=day",
      "caps[0][affiliates][]=1",
      "caps[0][affiliates][]=2",
      "caps[1][period]=month",
      "caps[1][affiliates]=",
    ]);
  });

  test("an empty list clears: it travels as an empty text", () => {
    expect(form(payload(operationInfo("POST /3.0/admin/offer/{id}"), { caps: [] }))).toEqual(["caps="]);
  });

  test("url-encoded where the contract says so", () => {
    const body = payload(operationInfo("POST /3.0/offer/enable-affiliate"), { offer_id: [1, 2], pid: 3 });
    expect(body).toBeInstanceOf(URLSearchParams);
    expect(form(body)).toEqual(["offer_id[]=1", "offer_id[]=2", "pid=3"]);
  });

  test("JSON where the contract says so", () => {
    expect(payload(operationInfo("POST /3.1/user/{id}/permissions"), { permissions: { stats: {} } })).toBe(
      '{"permissions":{"stats":{}}}',
    );
  });

  test("files keep their names", () => {
    const body = payload(operationInfo("POST /3.0/admin/offer/{id}"), { logo: new File(["x"], "logo.png") }) as FormData;
    expect((body.get("logo") as File).name).toBe("logo.png");
  });
});

describe("checking against the contract", () => {
  const refused = (run: () => void) => {
    try {
      run();
    } catch (error) {
      if (error instanceof AffiseError) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  test("required, ranges, enums and dates are named", () => {
    const missing = refused(() => check(operationInfo("POST /3.0/admin/offer"), { body: { title: "x" } }));
    expect(missing.extensions.code).toBe("BAD_USER_INPUT");
    expect(missing.message).toContain("advertiser is missing");
    expect(refused(() => check(operationInfo("GET /3.0/offers"), { query: { limit: 501 } })).message).toBe(
      "limit must be at most 500.",
    );
    expect(refused(() => check(operationInfo("GET /3.0/offers"), { query: { status: ["gone"] } })).message).toContain(
      "must be one of active, stopped, suspended",
    );
    expect(refused(() => check(operationInfo("GET /3.0/offers"), { query: { updated_at: "31.01.2026" } })).message).toContain(
      "updatedAt must be a date",
    );
  });

  test("a name the contract does not know is refused, so that no typo of ours is sent", () => {
    expect(refused(() => check(operationInfo("GET /3.0/offers"), { query: { ofset: 1 } })).message).toContain("ofset");
  });

  test("an empty text clears a column of any type", () => {
    expect(() =>
      check(operationInfo("POST /3.0/admin/offer/{id}"), { path: { id: 1 }, body: { caps: "", hold_period: "" } }),
    ).not.toThrow();
  });
});
