import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 4_000,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/stats/clicks";
const days = `from: "2026-02-22", to: "2026-03-01"`;
/** The one sample key with the permission clicks-list: a General manager is denied it by default. */
const key = "sandbox-affiliate-manager";

const read = async <const Fields extends string>(args: string, fields: Fields) => {
  const query = graphql(`{ clicks(${days}${args}) { totalCount nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`);
  const { data, errors, calls } = await w.askCounting(query, { key });
  expect(errors).toBeUndefined();
  return { data, calls };
};

describe("clicks", () => {
  test("a hundred with offer and affiliate cost one call for each noun", async () => {
    const { data, calls } = await read(
      ", first: 100",
      `id createdAt isUnique hasConversions conversionId actionId ip country countryName region regionId city cityId isp connectionType
       userAgent browser browserVersion os osVersion device deviceType deviceModel iosIdfa androidId osId userId referrer refId uniqueId
       smartlinkId landing { id: landingId url } prelanding { id: landingId url } ext1 ext2 ext3 subs { number value } sub8: sub(number: 8) offer { id title } affiliate { id companyName }`,
    );
    const { nodes } = data.clicks;
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", list]);
    for (const { landing } of nodes) expect(landing).not.toMatchObject({ url: "undefined" });
    expect(nodes.map(({ landing }) => landing)).toContain(null);
  });

  test("pages join without a gap", async () => {
    const whole = (await read(", first: 60", "id")).data.clicks.nodes.map(({ id }) => id);
    const one = (await read(", first: 25", "id")).data.clicks;
    const two = (await read(`, first: 25, after: "${one.pageInfo.endCursor}"`, "id")).data.clicks;
    expect([...one.nodes, ...two.nodes].map(({ id }) => id)).toEqual(whole.slice(0, 50));
  });

  test("filters", async () => {
    const every = (await read(", first: 1", "id")).data.clicks.totalCount;
    const offers = (await read(", first: 200, filter: { offerIds: [1, 2] }", "offer { id }")).data.clicks;
    for (const { offer } of offers.nodes) expect(["1", "2"]).toContain(offer.id);
    const affiliates = (await read(", first: 200, filter: { affiliateIds: [1] }", "affiliate { id }")).data.clicks;
    for (const { affiliate } of affiliates.nodes) expect(affiliate.id).toBe("1");
    const countries = (await read(`, first: 200, filter: { countries: ["DE"] }`, "country")).data.clicks;
    for (const { country } of countries.nodes) expect(country).toBe("DE");
    const hours = (await read(`, first: 200, filter: { hour: 7 }, timezone: "UTC"`, "createdAt")).data.clicks;
    for (const { createdAt } of hours.nodes) expect(createdAt).toMatch(/T07:/);
    for (const { totalCount } of [offers, affiliates, countries, hours]) {
      expect(totalCount).toBeGreaterThan(0);
      expect(totalCount).toBeLessThan(every);
    }
  });

  test("of the advertisers of some offers", async () => {
    const { data } = await w.ask(graphql("{ offer(id: 1) { advertiser { id } } }"));
    const { advertiser } = data.offer;
    const { nodes } = (await read(`, first: 100, filter: { advertiserIds: ["${advertiser.id}"] }`, "offer { advertiser { id } }"))
      .data.clicks;
    expect(nodes.length).toBeGreaterThan(0);
    for (const { offer } of nodes) expect(offer).toEqual({ advertiser });
  });

  test("the conversion a click led to", async () => {
    const { nodes } = (await read(", first: 500", "id hasConversions conversionId")).data.clicks;
    const click = nodes.find(({ hasConversions }) => hasConversions);
    const query = `{ conversion(id: "${click?.conversionId}") { id clickId } }`;
    expect(await w.ask(query)).toMatchObject({ data: { conversion: { id: click?.conversionId, clickId: click?.id } } });
  });

  test("of an offer and of an affiliate", async () => {
    const query = graphql(`{
      offer(id: 1) { clicks(${days}) { nodes { offer { id } } } }
      affiliate(id: 1) { clicks(${days}) { nodes { affiliate { id } } } }
    }`);
    const { data, errors, calls } = await w.askCounting(query, { key });
    expect(errors).toBeUndefined();
    for (const [name, { clicks: found }] of Object.entries(data)) {
      expect(found.nodes.length).toBeGreaterThan(0);
      for (const node of found.nodes) expect(node).toEqual({ [name]: { id: "1" } });
    }
    expect(calls.filter((call) => call === list)).toHaveLength(2);
  });

  test.each(["sandbox-general-manager", "sandbox-account-manager", "sandbox-affiliate", "sandbox-advertiser"])(
    "closed to the key %s, in words that say why",
    async (other) => {
      const { data, errors } = await w.ask(`{ clicks(${days}) { totalCount } offers(first: 1) { totalCount } }`, { key: other });
      expect(data).toMatchObject({ clicks: { totalCount: null }, offers: { totalCount: expect.any(Number) } });
      expect(errors).toHaveLength(1);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining("clicks-list"),
        extensions: { code: "FORBIDDEN", operation: list, upstreamStatus: 403 },
      });
    },
  );

  test.each([
    [`from: "2026-03-01", to: "2026-02-01"`, "to"],
    [`${days}, filter: { hour: 24 }`, "filter.hour"],
    [`${days}, filter: { offerIds: ["x"] }`, "filter.offerIds"],
    [`${days}, filter: { advertiserIds: ["1"] }`, "filter.advertiserIds"],
    [`${days}, after: "x"`, "after"],
  ])("clicks(%s) is refused before any REST call", async (args, argument) => {
    const { data, errors, calls } = await w.askCounting(`{ clicks(${args}) { totalCount } }`, { key });
    expect(data).toEqual({ clicks: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});
