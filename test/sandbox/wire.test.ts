import { beforeEach, describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { form, general, small, stranger } from "./stranger.js";

const client = stranger();
beforeEach(() => client.sandbox.reset());

describe("keys", () => {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(client.url + path, { headers });
    return [response.status, await response.json()];
  };

  test("are taken from a header of any case and from the query", async () => {
    for (const name of ["API-Key", "api-key", "Api-Key"]) expect((await ask("/3.1/user/me", { [name]: general }))[0]).toBe(200);
    expect((await ask(`/3.1/user/me?API-Key=${general}`))[0]).toBe(200);
  });

  test("that are missing or unknown answer 401", async () => {
    const refusal = [401, { status: 2, message: "Token is necessary", error: "Token is necessary" }];
    expect(await ask("/3.0/offers")).toEqual(refusal);
    expect(await ask("/3.0/offers", { "api-key": "nobody" })).toEqual(refusal);
  });

  test("are printed in rows and work", async () => {
    const { body } = await client.get("/3.0/admin/partners?id[]=7");
    const me = await client.get("/3.1/partner/me", body.partners[0].api_key);
    expect(me.body.user.partner_id).toBe(7);
  });

  test("that were replaced stop working", async () => {
    const { body } = await client.post("/3.1/partner/api-key", undefined, "sandbox-affiliate");
    expect((await client.get("/3.1/partner/me", "sandbox-affiliate")).http).toBe(401);
    expect((await client.get("/3.1/partner/me", body.user.api_key)).http).toBe(200);
  });
});

describe("lists in a query", () => {
  test.each([
    ["without indexes", "int_id[]=4&int_id[]=2"],
    ["with indexes", "int_id[0]=4&int_id[1]=2"],
    ["with gaps", "int_id[3]=4&int_id[9]=2"],
    ["escaped", "int_id%5B%5D=4&int_id%5B%5D=2"],
  ])("%s", async (_, query) => {
    const { body } = await client.get(`/3.0/offers?${query}&status[]=active&status[]=stopped&status[]=suspended`);
    expect(body.offers.map((offer: { id: number }) => offer.id)).toEqual([2, 4]);
  });

  test("as a lone value", async () => {
    const { body } = await client.get("/3.0/offers?int_id=2");
    expect(body.pagination).toEqual({ per_page: 100, total_count: 1, page: 1 });
  });

  test("of five hundred ids", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `int_id[${index}]=${index + 1}`).join("&");
    expect((await client.get(`/3.0/offers?limit=500&${ids}`)).body.pagination.per_page).toBe(500);
  });

  test("a repeated plain name counts once, the last, as in PHP", async () => {
    const { body } = await client.get("/3.0/offers?int_id=1&int_id=2");
    expect(body.offers.map((offer: { id: number }) => offer.id)).toEqual([2]);
  });
});

describe("bodies", () => {
  const caps = [{ period: "day", type: "conversions", value: 25, affiliate_type: "exact", affiliates: [3, 4] }];
  const written = async (): Promise<unknown> => (await client.get("/3.0/offer/2")).body.offer.caps;
  const expected = [expect.objectContaining({ period: "day", value: 25, affiliates: [3, 4], affiliate_type: "exact" })];
  const text =
    "caps[0][period]=day&caps[0][type]=conversions&caps[0][value]=25&caps[0][affiliate_type]=exact&caps[0][affiliates][]=3&caps[0][affiliates][]=4";

  test("urlencoded", async () => {
    expect((await client.post("/3.0/admin/offer/2", form(text))).http).toBe(200);
    expect(await written()).toEqual(expected);
  });

  test("multipart, with a file", async () => {
    const data = new FormData();
    for (const [name, value] of form(text)) data.append(name, value);
    data.append("logo", new File(["x"], "logo.png", { type: "image/png" }));
    const { body } = await client.post("/3.0/admin/offer/2", data);
    expect(body.offer.logo).toBe("/images/offers/2/logo.png");
    expect(await written()).toEqual(expected);
  });

  test("JSON", async () => {
    await client.post("/3.0/admin/offer/2", JSON.stringify({ caps }), general, { "content-type": "application/json" });
    expect(await written()).toEqual(expected);
  });

  test.each([
    ["without indexes", "offer_id[]=4&offer_id[]=2&status=suspended"],
    ["with indexes", "offer_id[0]=4&offer_id[1]=2&status=suspended"],
    ["with gaps", "offer_id[3]=4&offer_id[9]=2&status=suspended"],
  ])("lists %s, urlencoded and multipart", async (_, list) => {
    const data = new FormData();
    for (const [name, value] of form(list)) data.append(name, value);
    for (const body of [form(list), data]) {
      client.sandbox.reset();
      expect((await client.post("/3.0/admin/offer/mass-update", body)).http).toBe(200);
      const { offers } = (await client.get("/3.0/offers?status[]=suspended&limit=500")).body;
      expect(offers.map((offer: { id: number }) => offer.id)).toEqual(expect.arrayContaining([2, 4]));
    }
  });

  test.each([
    ["form", () => form("title=Renamed")],
    ["multipart", () => new Blob(['--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nRenamed\r\n--x--\r\n'])],
    ["JSON", () => JSON.stringify({ title: "Renamed" })],
  ])("%s, with the key in the query", async (kind, body) => {
    const types: Record<string, string> = { multipart: "multipart/form-data; boundary=x", JSON: "application/json" };
    const type = types[kind];
    const response = await fetch(`${client.url}/3.0/admin/offer/2?API-Key=${general}`, {
      method: "POST",
      body: body(),
      ...(type ? { headers: { "content-type": type } } : {}),
    });
    expect(response.status).toBe(200);
    expect((await client.get("/3.0/offer/2")).body.offer.title).toBe("Renamed");
  });

  test("in the query, as Affise's Go client sends them", async () => {
    await client.post(`/3.0/admin/offer/2?${text}`, undefined);
    expect(await written()).toEqual(expected);
  });

  test("broken JSON is a bad request", async () => {
    const { http, body } = await client.post("/3.0/admin/offer/2", "{", general, { "content-type": "application/json" });
    expect([http, body]).toEqual([400, { status: 2, message: "Bad Request", error: "Bad Request" }]);
  });

  test("unknown fields are refused, and nothing is written", async () => {
    const before = (await client.get("/3.0/offer/2")).body.offer.title;
    const { http, body } = await client.post("/3.0/admin/offer/2", form("nonsense=1&title=New"));
    expect([http, body.error]).toEqual([400, "Method does not allow extra fields: 'nonsense'"]);
    expect((await client.get("/3.0/offer/2")).body.offer.title).toBe(before);
  });
});

describe("the server", () => {
  test("knows literal paths from parametrised ones", async () => {
    const { body } = await client.post("/3.0/admin/offer/delete", form("offer_id[]=3"));
    expect(body).toEqual({ status: 1, message: "Offers deleted" });
    expect((await client.get("/3.0/offer/3")).http).toBe(404);
  });

  test("answers unknown paths and ids, and pages past the end", async () => {
    expect(await client.get("/3.0/nothing")).toMatchObject({ http: 404, body: { status: 2, error: "Page Not Found" } });
    expect(await client.get("/3.0/offer/99999")).toMatchObject({ http: 404, body: { status: 2, message: "Resource Not Found" } });
    expect((await client.get("/3.0/offers?page=900")).body.offers).toEqual([]);
  });

  test("shows the statistics of caps under both of their paths", async () => {
    const [older, newer] = await Promise.all(
      ["/3.0/stats/caps", "/3.1/stats/caps"].map((path) => client.get(`${path}?offer_id[]=1&offer_id[]=2`)),
    );
    expect(older?.http).toBe(200);
    expect(older?.body.stats.length).toBeGreaterThan(0);
    expect(newer).toEqual(older);
  });

  test("names the next page until the last", async () => {
    const first = (await client.get("/3.0/admin/partners?limit=40")).body.pagination;
    expect(first).toEqual({ per_page: 40, total_count: 60, page: 1, next_page: 2 });
    expect((await client.get("/3.0/admin/partners?limit=40&page=2")).body.pagination).not.toHaveProperty("next_page");
  });

  test("counts calls by operation, and forgets them and every change on reset", async () => {
    await client.post("/3.0/admin/offer/2", form("title=Changed"));
    await client.get("/3.0/offer/2");
    expect((await client.get("/sandbox/calls")).body).toEqual({ "POST /3.0/admin/offer/{id}": 1, "GET /3.0/offer/{id}": 1 });
    await client.post("/sandbox/reset", undefined);
    expect(client.sandbox.calls()).toEqual({});
    expect((await client.get("/3.0/offer/2")).body.offer.title).not.toBe("Changed");
  });

  test("answers the health probe and says what it is", async () => {
    expect((await fetch(`${client.url}/healthz`, { method: "OPTIONS" })).status).toBe(200);
    expect((await client.get("/sandbox")).body.keys).toHaveLength(5);
  });

  test("refuses a port in use in words, and closes with kept-alive connections open", async () => {
    const one = await createSandbox(small).listen();
    const port = Number(new URL(one.url).port);
    await expect(createSandbox(small).listen({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
    await fetch(`${one.url}/healthz`);
    const start = performance.now();
    await one.close();
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("has the same data at every start", async () => {
    const now = new Date("2026-03-14T10:00:00Z");
    const texts = await Promise.all(
      [1, 2].map(async () => {
        const sandbox = createSandbox({ ...small, now });
        const paths = ["/3.0/offers?limit=100", "/3.0/admin/partners", "/3.0/stats/conversions", "/3.0/stats/caps?offer_id[]=1"];
        const answers = paths.map((path) =>
          sandbox.fetch(new Request(`http://sandbox${path}`, { headers: { "API-Key": general } })),
        );
        return Promise.all((await Promise.all(answers)).map((answer) => answer.text()));
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
  });
});
