import { describe, expect, test } from "vitest";
import { check } from "../../src/affise/encoding/check.js";
import { payload, target } from "../../src/affise/encoding/encode.js";
import { AffiseError } from "../../src/affise/error/error.js";
import { type Operation, operationInfo } from "../../src/contract/operation.js";

const plain = (text: string) => decodeURIComponent(text);

/** What is sent of a body, as who gets it reads it. */
const sent = async (operation: Operation, body: Parameters<typeof payload>[1]) => {
  const { type = "", bytes = Buffer.alloc(0) } = (await payload(operationInfo(operation), body)) ?? {};
  const read = async () => [...(await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData())];
  const form = async () => (await read()).map(([name, value]) => `${name}=${value}`);
  return { type, text: bytes.toString(), read, form };
};

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
  test("forms carry brackets, lists of objects are numbered", async () => {
    const { type, form } = await sent("POST /3.0/admin/offer/{id}", {
      caps: [
        { period: "day", affiliates: [1, 2] },
        { period: "month", affiliates: [] },
      ],
    });
    expect(type).toMatch(/^multipart\/form-data; boundary=/);
    expect(await form()).toEqual([
      "caps[0][period]=day",
      "caps[0][affiliates][]=1",
      "caps[0][affiliates][]=2",
      "caps[1][period]=month",
      "caps[1][affiliates]=",
    ]);
  });

  test("an empty list clears: it travels as an empty text", async () => {
    const { form } = await sent("POST /3.0/admin/offer/{id}", { caps: [] });
    expect(await form()).toEqual(["caps="]);
  });

  test("url-encoded where the contract says so", async () => {
    const { type, form } = await sent("POST /3.0/offer/enable-affiliate", { offer_id: [1, 2], pid: 3 });
    expect(type).toMatch(/^application\/x-www-form-urlencoded/);
    expect(await form()).toEqual(["offer_id[]=1", "offer_id[]=2", "pid=3"]);
  });

  test("JSON where the contract says so", async () => {
    const { type, text } = await sent("POST /3.1/user/{id}/permissions", { permissions: { stats: {} } });
    expect([type, text]).toEqual(["application/json", '{"permissions":{"stats":{}}}']);
  });

  test("files keep their names, kinds and bytes, whatever is in them and beside them", async () => {
    const bytes = new Uint8Array([0, 255, 13, 10, 45, 45, 10, 13]);
    const logo = new File([bytes], 'a "logo"\r\nü.png', { type: "image/png" });
    const { read } = await sent("POST /3.0/admin/offer/{id}", { title: "before\nbehind", logo, url: "--x\r\nbehind" });
    const form = new Map(await read());
    const found = form.get("logo");
    if (!(found instanceof File)) throw new Error("the file is gone");
    expect([found.name.replaceAll("%22", '"').replaceAll("%0D%0A", "\r\n"), found.type]).toEqual([logo.name, "image/png"]);
    expect(new Uint8Array(await found.arrayBuffer())).toEqual(bytes);
    expect([form.get("title"), form.get("url")]).toEqual(["before\nbehind", "--x\r\nbehind"]);
  });

  test("a name or a text can begin no other field", async () => {
    const odd = 'x"\r\n\r\n--boundary\r\nContent-Disposition: form-data; name="status"\r\n\r\nstopped';
    const { read } = await sent("POST /3.0/admin/offer/{id}", { title: odd, custom_fields: { [odd]: odd } });
    const names = (await read()).map(([name]) => name);
    expect(names).toHaveLength(2);
    expect(names).not.toContain("status");
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
