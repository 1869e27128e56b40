import { beforeEach, describe, expect, test } from "vitest";
import { form, general, stranger } from "./stranger.js";

const client = stranger();
beforeEach(() => client.sandbox.reset());

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const period = `filter[date_from]=${day(70)}&filter[date_to]=${day(-1)}`;

describe("what a POST changes the next read shows", () => {
  test("caps: an absent field leaves them, an empty text clears them", async () => {
    const before = (await client.get("/3.0/offer/1")).body.offer.caps;
    expect(before.length).toBeGreaterThan(1);
    await client.post("/3.0/admin/offer/1", form("title=Same caps"));
    expect((await client.get("/3.0/offer/1")).body.offer.caps).toEqual(before);
    await client.post("/3.0/admin/offer/1", form("caps="));
    expect((await client.get("/3.0/offer/1")).body.offer.caps).toEqual([]);
  });

  test("a cap rule that contradicts itself is refused and nothing changes", async () => {
    const before = (await client.get("/3.0/offer/2")).body.offer;
    const bad = "title=Never&caps[0][period]=all&caps[0][type]=clicks&caps[0][value]=5";
    expect((await client.post("/3.0/admin/offer/2", form(bad))).body.message).toBe(
      "caps[0][period] all is not possible for clicks",
    );
    expect((await client.get("/3.0/offer/2")).body.offer).toEqual(before);
  });

  test("payments, landings and tags are replaced, cleared and left alone", async () => {
    const body =
      "payments[0][currency]=EUR&payments[0][type]=fixed&payments[0][total]=9.5&payments[0][revenue]=7&payments[0][countries][]=DE";
    const landing = "landings[0][title]=A&landings[0][url]=https://a.example&landings[0][url_preview]=https://a.example";
    const { offer } = (await client.post("/3.0/admin/offer/2", form(`${body}&${landing}&tags[]=one`))).body;
    expect(offer.payments).toEqual([expect.objectContaining({ currency: "EUR", total: 9.5, revenue: 7, countries: ["DE"] })]);
    expect(offer.landings).toHaveLength(1);
    const id = offer.payments[0].id;
    const again = `payments[0][id]=${id}&payments[0][currency]=EUR&payments[0][type]=fixed&payments[0][countries]=&landings=&tags=`;
    const after = (await client.post("/3.0/admin/offer/2", form(again))).body.offer;
    expect(after.payments[0]).toMatchObject({ id, total: 9.5, countries: [] });
    expect([after.landings, after.tags]).toEqual([[], []]);
  });

  test("offers are created stopped, changed in bulk and deleted", async () => {
    const [advertiser] = (await client.get("/3.0/admin/advertisers?limit=1")).body.advertisers;
    const text = `title=Fresh&advertiser=${advertiser.id}&url=https://f.example&payments[0][currency]=USD&payments[0][type]=fixed&payments[0][revenue]=3`;
    const { offer } = (await client.post("/3.0/admin/offer", form(text))).body;
    expect(offer).toMatchObject({ id: 121, status: "stopped", privacy: "public" });
    await client.post("/3.0/admin/offer/mass-update", form("offer_id[]=121&offer_id[]=2&status=suspended&privacy=protected"));
    const both = (await client.get("/3.0/offers?int_id[]=121&int_id[]=2&status[]=suspended")).body.offers;
    expect(both.map((one: { privacy: string }) => one.privacy)).toEqual(["premoderated", "premoderated"]);
    await client.post("/3.0/admin/offer/delete", form("offer_id[]=121"));
    expect((await client.get("/3.0/offer/121")).http).toBe(404);
  });

  test("affiliates' tags are added to, advertisers' tags replaced", async () => {
    await client.post("/3.0/admin/partner/1", form("tags[]=fresh"));
    expect((await client.get("/3.0/admin/partners?id[]=1")).body.partners[0].tags).toContain("fresh");
    await client.post("/3.0/admin/partner/1", form("tags[]=other"));
    const { tags } = (await client.get("/3.0/admin/partner/1")).body.partner;
    expect(tags.map((tag: { name: string }) => tag.name)).toEqual(expect.arrayContaining(["fresh", "other"]));
    const [{ id }] = (await client.get("/3.0/admin/advertisers?limit=1")).body.advertisers;
    await client.post(`/3.0/admin/advertiser/${id}`, form("tags[]=only"));
    expect((await client.get(`/3.0/admin/advertiser/${id}`)).body.advertiser.tags).toEqual(["only"]);
  });

  test("affiliates are connected to offers and shut out of them", async () => {
    await client.post("/3.0/admin/offer/mass-update", form("offer_id[]=1&privacy=private"));
    await client.post("/3.0/admin/offer/1/disable-affiliates", undefined);
    expect((await client.get("/3.0/offers?int_id[]=1", "sandbox-affiliate")).body.offers).toEqual([]);
    await client.post("/3.0/offer/enable-affiliate", form("offer_id[]=1&pid=1&notice=0"));
    expect((await client.get("/3.1/offers/1/privacy")).body).toMatchObject({ affiliates_enabled: [1], privacy_level: "private" });
    expect((await client.get("/3.0/offers?int_id[]=1", "sandbox-affiliate")).body.offers).toHaveLength(1);
  });

  test("duplicates are errors inside an HTTP 200", async () => {
    const [{ title }] = (await client.get("/3.0/offer/categories?limit=1")).body.categories;
    const category = await client.post("/3.0/admin/category", form(`title=${encodeURIComponent(title)}`));
    expect(category).toMatchObject({ http: 200, body: { status: 2, message: "Category with this title already exists" } });
    const [{ email }] = (await client.get("/3.0/admin/partners?limit=1")).body.partners;
    const affiliate = await client.post("/3.0/admin/partner", form(`email=${email}&password=Sandbox-1&country=US`));
    expect([affiliate.http, affiliate.body.status]).toEqual([200, 2]);
  });
});

interface Conversion {
  id: string;
  status: string;
  payouts: number;
  currency: string;
}

const conversionsOf = async (filter: string): Promise<Conversion[]> => {
  const all: Conversion[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await client.get(`/3.0/stats/conversions?${filter}&limit=500&page=${page}`);
    all.push(...body.conversions);
    if (!body.pagination.next_page) return all;
  }
};

const sum = (list: readonly Conversion[]): number => Math.round(list.reduce((total, one) => total + one.payouts, 0) * 100) / 100;

test("promocodes are found by their affiliate, as version 3.1 found them", async () => {
  const of = async (query: string): Promise<{ affiliate_id: number }[]> =>
    (await client.get(`/3.1/offers/promocodes?limit=500${query}`)).body.data.promocodes;
  const all = await of("");
  const [{ affiliate_id = 0 } = {}] = all;
  const own = all.filter((one) => one.affiliate_id === affiliate_id);
  expect(own.length).toBeLessThan(all.length);
  expect(await of(`&affiliate_id=${affiliate_id}`)).toEqual(own);
});

describe("the money agrees", () => {
  test("balances are the confirmed payouts less what was paid", async () => {
    const confirmed = (await conversionsOf("partner[]=1&status[]=1")).filter((one) => one.currency === "USD");
    const { balance } = (await client.get("/3.0/balance", "sandbox-affiliate")).body;
    const row = (await client.get("/3.0/admin/partner/1")).body.partner.balance.USD;
    expect(balance.balance.USD).toBe(row.balance);
    const paid = Math.round((sum(confirmed) - row.balance) * 100) / 100;
    const payments =
      (await client.get(`/3.1/payments?date_from=${day(90)}&date_to=${day(0)}&aid[]=1&status[]=2`)).body.payments ?? [];
    const total = payments
      .filter((one: { currency_code: string }) => one.currency_code === "USD")
      .reduce((all: number, one: { revenue: string }) => all + Number(one.revenue), 0);
    expect(paid).toBeCloseTo(total, 2);
    expect(row.available).toBeCloseTo(row.balance - row.hold, 2);
  });

  test("every conversion on hold tells when its hold ends, which is to come", async () => {
    const { conversions } = (await client.get("/3.0/stats/conversions?status[]=5&limit=1000")).body;
    expect(conversions.length).toBeGreaterThan(10);
    const now = new Date().toISOString().replace("T", " ");
    const over = conversions.filter((one: { hold_date_expire: string | null }) => (one.hold_date_expire ?? "") <= now);
    expect(over).toEqual([]);
  });

  test("statistics are the sums of the conversions, before and after an edit", async () => {
    const figures = async () => {
      const { body } = await client.get(`/3.0/stats/custom?slice[]=offer&${period}&filter[offer][]=1&filter[currency][]=USD`);
      return body.stats[0]?.actions;
    };
    const list = (await conversionsOf("offer[]=1")).filter((one) => one.currency === "USD");
    const confirmed = list.filter((one) => one.status === "confirmed");
    expect(await figures()).toMatchObject({
      total: { count: list.length },
      confirmed: { count: confirmed.length, revenue: sum(confirmed) },
    });
    const ids = confirmed.slice(0, 3).map((one, index) => `ids[${index}]=${one.id}`);
    const { body } = await client.post("/3.0/admin/conversion/edit", form(`${ids.join("&")}&status=declined`));
    expect(body).toMatchObject({ status: 1, data: { status: "declined" } });
    expect(await figures()).toMatchObject({ confirmed: { count: confirmed.length - 3 } });
  });

  test("caps count what the statistics count", async () => {
    const rule = "caps[0][period]=all&caps[0][type]=conversions&caps[0][value]=5000&caps_status[]=confirmed";
    await client.post("/3.0/admin/offer/2", form(rule));
    const confirmed = (await conversionsOf("offer[]=2&status[]=1")).length;
    for (const version of ["3.0", "3.1"]) {
      const { body } = await client.get(`/${version}/stats/caps?offer_id[0]=2`);
      expect(body.stats[0].stats[0]).toMatchObject({ current_value: confirmed, is_remaining: true, timeframe: "all" });
    }
    expect((await client.get("/3.0/offer/2")).body.offer.caps[0].current_value).toBe(confirmed);
    await client.post("/3.0/admin/conversion/import", form("offer=2&pid=1&status=confirmed"));
    expect((await client.get("/3.0/offer/2")).body.offer.caps[0].current_value).toBe(confirmed + 1);
  });
});

describe("roles", () => {
  test("an account manager sees only the assigned advertisers and their offers", async () => {
    const key = "sandbox-account-manager";
    const me = (await client.get("/3.1/user/me", key)).body.user;
    const { advertisers } = (await client.get("/3.0/admin/advertisers", key)).body;
    expect(new Set(advertisers.map((one: { manager_obj: { id: string } }) => one.manager_obj.id))).toEqual(new Set([me.id]));
    const ids = advertisers.map((one: { id: string }) => one.id);
    const { offers } = (await client.get("/3.0/offers?limit=500", key)).body;
    expect(offers.every((one: { advertiser: string }) => ids.includes(one.advertiser))).toBe(true);
    for (const path of [
      "/3.0/admin/partners",
      `/3.0/stats/custom?slice[]=affiliate&${period}`,
      `/3.0/stats/getbypartner?${period}`,
      "/3.0/admin/users",
    ]) {
      expect(await client.get(path, key)).toMatchObject({
        http: 403,
        body: { status: 2, message: "Auth Denied", error: "Auth Denied" },
      });
    }
  });

  test("an affiliate manager reads offers and may not edit them", async () => {
    const key = "sandbox-affiliate-manager";
    expect((await client.get("/3.0/offers", key)).http).toBe(200);
    expect((await client.post("/3.0/admin/offer/1", form("title=No"), key)).http).toBe(403);
    expect((await client.post("/3.0/admin/category", form("title=No"), key)).http).toBe(403);
    expect((await client.post("/3.0/admin/partner/1", form("notes=Yes"), key)).http).toBe(200);
  });

  test("rights follow the permission tree, not the type", async () => {
    const key = "sandbox-account-manager";
    const { id } = (await client.get("/3.1/user/me", key)).body.user;
    const tree = {
      permissions: { users: { "entity-affiliate": { level: "deny", exceptions: { strings: {}, ints: { read: [1, 2] } } } } },
    };
    await client.post(`/3.1/user/${id}/permissions`, JSON.stringify(tree), general, { "content-type": "application/json" });
    const { body } = await client.get("/3.0/admin/partners", key);
    expect(body.partners.map((one: { id: number }) => one.id)).toEqual([1, 2]);
  });

  test("an affiliate sees payouts, an advertiser prices, and neither the other's", async () => {
    const [mine] = (await client.get("/3.0/offers?limit=1&status[]=stopped", "sandbox-affiliate")).body.offers;
    expect(mine).not.toHaveProperty("advertiser");
    expect(mine.payments[0]).toHaveProperty("revenue");
    expect(mine.payments[0]).not.toHaveProperty("total");
    const { offers } = (await client.get("/3.0/offers", "sandbox-advertiser")).body;
    expect(new Set(offers.map((one: { advertiser: string }) => one.advertiser)).size).toBe(1);
    expect(offers[0].payments[0]).not.toHaveProperty("revenue");
    expect((await client.get("/3.0/admin/partners", "sandbox-affiliate")).http).toBe(403);
    expect((await client.get("/3.1/user/me", "sandbox-advertiser")).http).toBe(403);
  });
});
