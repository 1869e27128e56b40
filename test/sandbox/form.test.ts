import { afterEach, describe, expect, test } from "vitest";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { form, general, small, stranger } from "./stranger.js";

const now = new Date("2026-03-01T12:00:00Z");
const client = stranger({ ...small, now });
afterEach(() => client.sandbox.reset());

type Row = Record<string, unknown>;
const period = "filter[date_from]=2026-01-01&filter[date_to]=2026-03-01";
const set = (forms: unknown) =>
  client.post("/sandbox/forms", JSON.stringify(forms), general, { "content-type": "application/json" });

/** What the SDKs of 2021 recorded of a column: its type as JSON has it. */
const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

describe("the recorded forms are the usual ones", () => {
  test("a conversion under a manager's key", async () => {
    const { body } = await client.get("/3.0/stats/conversions?limit=1000");
    expect(body.statusCode).toBe(200);
    expect(body.conversions.length).toBe(1000);
    const texts = [
      "id",
      "action_id",
      "currency",
      "goal",
      "comment",
      "custom_field_1",
      "custom_field_7",
      "sub1",
      "sub8",
      "is_paid",
    ];
    for (const row of body.conversions as Row[]) {
      for (const name of texts) expect([name, typeof row[name]]).toEqual([name, "string"]);
      for (const name of ["offer_id", "partner_id", "sum", "revenue", "payouts", "earnings", "landing_id", "prelanding_id"])
        expect([name, typeof row[name]]).toEqual([name, "number"]);
      expect(["1 opened", "2 closed", "3 pending"]).toContain(`${row.is_paid} ${row.payment_status}`);
      expect(row.offer_id).toBe((row.offer as Row).id);
      expect(Number(row.revenue) - Number(row.payouts)).toBeCloseTo(Number(row.earnings), 2);
      expect(["object"]).toContain(typeof (row.partner as Row).manager);
    }
    for (const [word, code] of Object.entries({ opened: "1", closed: "2", pending: "3" })) {
      const { conversions } = (await client.get(`/3.0/stats/conversions?payment_status=${word}&limit=5`)).body;
      expect(conversions.map(({ is_paid }: Row) => is_paid)).toEqual(Array(5).fill(code));
    }
    const { conversion } = (await client.get(`/3.0/stats/conversionsbyid?id=${body.conversions[0].id}`)).body;
    expect(conversion).toMatchObject({ is_paid: body.conversions[0].is_paid });
    expect(conversion.createdAt).toBe(body.conversions[0].created_at);
  });

  test("under an affiliate's key revenue is its own pay, and there is no other amount", async () => {
    const own = (await client.get("/3.0/stats/conversions?limit=100", "sandbox-affiliate")).body.conversions as Row[];
    const all = (await client.get("/3.0/stats/conversions?limit=1000&partner[]=1")).body.conversions as Row[];
    const payouts = new Map(all.map(({ id, payouts }) => [id, payouts]));
    expect(own.length).toBeGreaterThan(0);
    for (const row of own) {
      expect(row.revenue).toBe(payouts.get(row.id));
      expect(row).not.toHaveProperty("payouts");
      expect(row).not.toHaveProperty("earnings");
    }
  });

  test("a row of statistics has the columns of the PHP SDK's fixtures, and its rates follow from its counts", async () => {
    const { stats } = (await client.get(`/3.0/stats/custom?slice[]=offer&limit=50&${period}`)).body;
    for (const { traffic, actions, cr, epc, ratio, views, ctr, ecpm } of stats) {
      expect([views, ctr, ecpm].map(typeOf)).toEqual(["number", "number", "number"]);
      expect(typeOf(ratio)).toBe("string");
      const clicks = Number(traffic.raw);
      if (!clicks) continue;
      for (const type of ["total", "confirmed", "pending", "declined", "hold"])
        expect(cr[type]).toBeCloseTo((actions[type].count * 100) / clicks, 1);
      expect(cr.not_found).toBe(0);
      expect(epc).toBeCloseTo(actions.confirmed.charge / clicks, 3);
    }
  });

  test("costs, margin and return on them", async () => {
    const fields = "fields[]=earnings&fields[]=costs&fields[]=margin&fields[]=roi";
    const { stats } = (await client.get(`/3.0/stats/custom?slice[]=offer&limit=500&${fields}&${period}`)).body;
    const some = stats.filter(({ costs }: Row) => Number(costs) > 0);
    expect(some.length).toBeGreaterThan(0);
    for (const { earnings, costs, margin, roi } of some) {
      expect(margin).toBeCloseTo(earnings - costs, 1);
      expect(roi).toBeCloseTo((margin / costs) * 100, 0);
    }
    const own = (await client.get(`/3.0/stats/custom?slice[]=offer&${fields}&${period}`, "sandbox-affiliate")).body.stats;
    expect(own[0]).not.toHaveProperty("costs");
  });

  test("affiliates: times, texts and the whole tree of permissions", async () => {
    const { partner } = (await client.get("/3.0/admin/partner/1")).body;
    expect(partner.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const { user } = (await client.get("/3.1/partner/me", "sandbox-affiliate")).body;
    for (const name of ["created_at", "updated_at", "last_login_at"]) expect(user[name]).toMatch(/T\d\d:\d\d:\d\dZ$/);
    expect(Object.keys(user.permissions).sort()).toEqual(["automation", "general", "notificator", "stats", "users"]);
    expect(["string", "null"]).toContain(typeOf(user.ref_percent));
  });

  test("tickets have the whole offer and a count of comments", async () => {
    const { tickets } = (await client.get("/3.0/admin/tickets")).body;
    const { offer, partner, comments } = tickets.find((one: Row) => one.offer);
    for (const name of ["caps", "targeting", "schedule", "caps_timezone", "hide_caps", "links", "cross_postback_url", "link"])
      expect(offer).toHaveProperty(name);
    expect(comments).toEqual({ answers: 0, unread: 0 });
    expect(partner.created_at).not.toContain("T");
    expect(partner).toHaveProperty("sub_accounts.1.value");
  });

  test("permissions come back under their own name, domains have numbers, links the word success", async () => {
    const { users } = (await client.get("/3.0/admin/users")).body;
    const json = { "content-type": "application/json" };
    const written = await client.post(`/3.1/user/${users[4].id}/permissions`, '{"permissions":{}}', general, json);
    expect(written.body).toMatchObject({ status: 1, permissions: { id: users[4].id } });
    expect((await client.get("/3.0/admin/domains")).body.domains.map(({ id }: Row) => id)).toEqual([1, 2, 3]);
    const path = "/3.0/admin/offer/1/tracking-link";
    expect((await client.post(path, form("affiliate_id=1"))).body).toMatchObject({ status: "success" });
    expect(await client.post(path, form("affiliate_id=1&nonsense=1"))).toEqual({
      http: 400,
      body: { status: "error", error: "Method does not allow extra fields: 'nonsense'" },
    });
  });

  test("a deleted offer keeps its title in reports", async () => {
    const before = (await client.get(`/3.0/stats/custom?slice[]=offer&filter[offer][]=2&${period}`)).body.stats;
    await client.post("/3.0/admin/offer/delete", form("offer_id[]=2"));
    expect((await client.get(`/3.0/stats/custom?slice[]=offer&filter[offer][]=2&${period}`)).body.stats).toEqual(before);
    const { conversions } = (await client.get("/3.0/stats/conversions?offer[]=2")).body;
    expect(conversions[0].offer).toMatchObject({ id: 2, title: before[0].slice.offer.title });
  });
});

describe("uglier forms, by noun", () => {
  test("wrong ones are told", async () => {
    expect(await set({ noun: "ofer", form: "php-map" })).toMatchObject({
      http: 400,
      body: { message: /noun: must be/ },
    } as object);
    expect((await set({ noun: "*", form: "nice" })).http).toBe(400);
  });

  test("rows as a map with a hole", async () => {
    const rows = (await client.get("/3.0/offers?limit=3")).body.offers;
    await set({ noun: "offer", form: "php-map" });
    expect((await client.get("/3.0/offers?limit=3")).body.offers).toEqual({ 0: rows[0], 2: rows[1], 3: rows[2] });
    expect(Array.isArray((await client.get("/3.0/admin/partners")).body.partners)).toBe(true);
  });

  test("no pagination, no total, short pages", async () => {
    await set([
      { noun: "offer", form: "no-pagination" },
      { noun: "affiliate", form: "no-total" },
      { noun: "advertiser", form: "short-page" },
    ]);
    expect((await client.get("/3.0/offers")).body).not.toHaveProperty("pagination");
    expect((await client.get("/3.0/admin/partners?limit=10")).body.pagination).toEqual({ per_page: 10, page: 1, next_page: 2 });
    const { advertisers, pagination } = (await client.get("/3.0/admin/advertisers?limit=10")).body;
    expect([advertisers.length, pagination.per_page, pagination.next_page]).toEqual([5, 5, 2]);
    await client.delete("/sandbox/forms");
    expect((await client.get("/3.0/offers")).body).toHaveProperty("pagination");
  });

  test("numbers as texts, words for status, errors in a 200", async () => {
    await set([
      { noun: "offer", form: "text-number" },
      { noun: "*", form: "status-word" },
      { noun: "affiliate", form: "error-in-200" },
    ]);
    const { status, offers } = (await client.get("/3.0/offers?limit=1")).body;
    expect([status, offers[0].id]).toEqual(["success", "1"]);
    expect(await client.get("/3.0/admin/partner/99999")).toMatchObject({ http: 200, body: { status: "2" } });
    expect(await client.get("/3.0/offer/99999")).toMatchObject({ http: 404, body: { status: "error" } });
  });

  test("odd rows come and go with the data restored", async () => {
    const ofFive = async () =>
      (await client.get("/3.0/offers?int_id[]=5&status[]=active&status[]=stopped&status[]=suspended")).body;
    expect(typeof (await ofFive()).offers[0].cr).toBe("number");
    await client.post("/3.0/admin/offer/1", form("title=Mine"));
    await set({ noun: "offer", form: "odd-rows" });
    expect(typeof (await ofFive()).offers[0].cr).toBe("string");
    expect((await client.get("/3.0/offer/1")).body.offer.title).not.toBe("Mine");
    await set([]);
    expect(typeof (await ofFive()).offers[0].cr).toBe("number");
  });

  test("an option starts a sandbox with odd rows", async () => {
    const five = async (options: SandboxOptions) => {
      const url = "http://sandbox/3.0/offers?int_id[]=5&status[]=active&status[]=stopped&status[]=suspended";
      const response = await createSandbox({ ...small, ...options }).fetch(new Request(url, { headers: { "API-Key": general } }));
      return typeof ((await response.json()) as { offers: Row[] }).offers[0]?.cr;
    };
    expect([await five({}), await five({ ugly: "all" }), await five({ ugly: ["affiliate"] })]).toEqual([
      "number",
      "string",
      "number",
    ]);
  });
});

test("what the sandbox knowingly differs in is told", async () => {
  const { body } = await client.get("/sandbox/unlike");
  expect(Object.keys(body)).toEqual(["about", "refused", "withoutEffect", "matchNothing", "guessed", "open", "absent", "forms"]);
  expect((await client.get("/sandbox")).body.controls).toHaveProperty("GET /sandbox/unlike");
});
