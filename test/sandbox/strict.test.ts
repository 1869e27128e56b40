import { beforeEach, describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import { form, general, stranger } from "./stranger.js";

const client = stranger();
beforeEach(() => client.sandbox.reset());

describe("wrong input answers 400 in words", () => {
  test.each([
    ["/3.0/offers?limit=501", "limit must not be greater than 500"],
    ["/3.0/offers?page=0", "page must not be less than 1"],
    ["/3.0/offers?status[]=running", "status[0] must be one of: active, stopped, suspended"],
    ["/3.0/offers?updated_at=yesterday", "updated_at must be a date, YYYY-MM-DD"],
    ["/3.0/offers?categories[]=x", "categories[0] must be an id of 24 hex digits"],
    ["/3.0/stats/custom?slice[]=day&filter[date_from]=2026-01-01", "filter[date_to] is required"],
    ["/3.0/offer/abc", "id must be a whole number"],
    ["/3.0/offers?sort[nonsense]=asc", "Method does not allow extra fields: 'nonsense'"],
    ["/3.0/offers?titel=x&countrys[]=US", "Method does not allow extra fields: 'titel', 'countrys'"],
    ["/3.0/stats/conversions?filter[date_from]=2026-01-01", "Method does not allow extra fields: 'filter'"],
    ["/3.0/stats/conversions?limit=1001", "limit must not be greater than 1000"],
    ["/3.0/stats/conversions?order=nonsense&date_from=2026-01-01&date_to=2026-01-02", /^order must be one of: id, created_at/],
    ["/3.0/stats/conversions?date_from=2024-01-01&date_to=2025-12-31", "Date range must not be longer than 365 days"],
    ["/3.0/stats/conversions?date_from=2025-01-01&date_to=2025-12-31&raw_export=1", "Date range must not be longer than 63 days"],
    [
      "/3.0/stats/custom?slice[]=day&filter[date_from]=2026-01-01&filter[date_to]=2026-07-02",
      "Date range must not be longer than 6 months",
    ],
    [
      "/3.0/stats/custom?slice[]=day&filter[date_from]=2026-01-01&filter[date_to]=2026-01-02&filter[ofer][]=1",
      "Method does not allow extra fields: 'ofer'",
    ],
    [
      "/3.0/stats/custom?slice[]=trafficback_reason&filter[date_from]=2026-01-01&filter[date_to]=2026-01-02",
      /^bad request: rule trafficback_reason only work/,
    ],
    [
      "/3.0/stats/custom?slice[]=os&fields[]=costs&filter[date_from]=2026-01-01&filter[date_to]=2026-01-02",
      /^bad request: costs cannot be used/,
    ],
  ])("%s", async (path, message) => {
    const text = typeof message === "string" ? message : expect.stringMatching(message);
    expect(await client.get(path)).toEqual({ http: 400, body: { status: 2, message: text, error: text } });
  });

  test("an order that statistics do not know is denied, as Affise does", async () => {
    const days = "filter[date_from]=2026-01-01&filter[date_to]=2026-01-02";
    expect((await client.get(`/3.0/stats/custom?slice[]=day&order[]=income&${days}`)).http).toBe(403);
    expect((await client.get(`/3.0/stats/custom?slice[]=day&order[]=day&page=0&${days}`)).http).toBe(200);
  });

  test("custom statistics know every slice and column of the contract", async () => {
    const parameters = operations.get("GET /3.0/stats/custom")?.parameters ?? [];
    const valuesOf = (name: string) => parameters.find((one) => one.name === name)?.schema.items?.enum as string[];
    const [from, to] = [40, 0].map((ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10));
    const days = `filter[date_from]=${from}&filter[date_to]=${to}&limit=2`;
    const slices = valuesOf("slice");
    expect(slices.length).toBeGreaterThan(50);
    for (const slice of slices) {
      const only = slice === "trafficback_reason" ? "&fields[]=trafficback" : "";
      const key = slice.startsWith("browser") ? "sandbox-account-manager" : general;
      const { http, body } = await client.get(`/3.0/stats/custom?slice[]=${slice}${only}&${days}`, key);
      expect([slice, http]).toEqual([slice, 200]);
      expect(body.stats[0].slice).toHaveProperty(slice);
    }
    for (const field of valuesOf("fields")) {
      const { body } = await client.get(`/3.0/stats/custom?slice[]=offer&fields[]=${field}&${days}`);
      expect(body.stats[0]).toHaveProperty(field);
    }
  });

  test("conversions are really filtered by every filter that a row can be held against", async () => {
    const all = (await client.get("/3.0/stats/conversions?limit=1000")).body;
    const filters = [
      "sub1",
      "sub2",
      "city",
      "device_type",
      "supplier",
      "os",
      "browser",
      "device",
      "goal",
      "country",
      "partner",
      "offer",
    ];
    for (const name of filters) {
      const { body } = await client.get(`/3.0/stats/conversions?${name}[]=${/offer|partner/.test(name) ? 999999 : "zzzz"}`);
      expect([name, body.pagination.total_count]).toEqual([name, 0]);
    }
    for (const name of [
      "user_id",
      "invoice_id",
      "action_id",
      "clickid",
      "promocode",
      "offer_tag",
      "affiliate_tag",
      "advertiser_tag",
    ]) {
      const { body } = await client.get(`/3.0/stats/conversions?${name}=zzzz`);
      expect([name, body.pagination.total_count]).toEqual([name, 0]);
    }
    const some = (await client.get("/3.0/stats/conversions?sub1[]=fb&sub1[]=tt&limit=1000")).body;
    expect(some.pagination.total_count).toBeGreaterThan(0);
    expect(some.pagination.total_count).toBeLessThan(all.pagination.total_count);
    expect(some.conversions.every(({ sub1 }: { sub1: string }) => ["fb", "tt"].includes(sub1))).toBe(true);
  });

  test("an empty list and an empty text are as good as not sent", async () => {
    expect((await client.get("/3.1/cities?country=US&code[]=")).http).toBe(200);
    expect((await client.get("/3.0/offers?limit=&int_id[]=")).http).toBe(200);
  });

  test("both logs of postbacks take dates both ways", async () => {
    for (const log of ["serverpostbacks", "affiliatepostbacks"]) {
      const [one, other] = await Promise.all(
        ["date_from=2026-02-01&date_to=2026-02-02", "date_from=01-02-2026&date_to=02-02-2026"].map((days) =>
          client.get(`/3.0/stats/${log}?${days}`),
        ),
      );
      expect([log, one?.http]).toEqual([log, 200]);
      expect(other).toEqual(one);
    }
  });

  test("a new affiliate has an object of texts by field", async () => {
    const { http, body } = await client.post("/3.0/admin/partner", form("email=new@aff.example"));
    expect([http, body]).toEqual([
      400,
      {
        status: 2,
        message: { password: "password is required", country: "country is required" },
        error: "password is required; country is required",
      },
    ]);
  });
});
