import { afterAll, afterEach, describe, expect, test } from "vitest";
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

interface Node {
  id: string;
  createdAt: string;
  [more: string]: unknown;
}
interface Found {
  totalCount: number;
  nodes: Node[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

const read = async (args = "", fields = "id") => {
  const query = `{ clicks(${days}${args}) { totalCount nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`;
  const { data, errors, calls } = await w.askCounting(query, { key });
  expect(errors).toBeUndefined();
  return { ...(data as unknown as { clicks: Found }).clicks, calls };
};

describe("clicks", () => {
  test("a hundred with offer and affiliate cost one call for each noun", async () => {
    const { nodes, calls } = await read(
      ", first: 100",
      `id createdAt isUnique hasConversions conversionId actionId ip country countryName region regionId city cityId isp connectionType
       userAgent browser browserVersion os osVersion device deviceType deviceModel iosIdfa androidId osId userId referrer refId uniqueId
       smartlinkId landing { id: landingId url } prelanding { id: landingId url } ext1 ext2 ext3 sub1 sub8 offer { id title } affiliate { id login }`,
    );
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", list]);
    for (const { landing } of nodes) expect(landing).not.toMatchObject({ url: "undefined" });
    expect(nodes.map(({ landing }) => landing)).toContain(null);
  });

  test("pages join without a gap", async () => {
    const whole = (await read(", first: 60")).nodes.map(({ id }) => id);
    const one = await read(", first: 25");
    const two = await read(`, first: 25, after: "${one.pageInfo.endCursor}"`);
    expect([...one.nodes, ...two.nodes].map(({ id }) => id)).toEqual(whole.slice(0, 50));
  });

  test("filters", async () => {
    const every = (await read(", first: 1")).totalCount;
    const offers = await read(", first: 200, filter: { offerIds: [1, 2] }", "offer { id }");
    for (const { offer } of offers.nodes) expect(["1", "2"]).toContain((offer as Node).id);
    const affiliates = await read(", first: 200, filter: { affiliateIds: [1] }", "affiliate { id }");
    for (const { affiliate } of affiliates.nodes) expect((affiliate as Node).id).toBe("1");
    const countries = await read(`, first: 200, filter: { countries: ["DE"] }`, "country");
    for (const { country } of countries.nodes) expect(country).toBe("DE");
    const hours = await read(`, first: 200, filter: { hour: 7 }, timezone: "UTC"`, "createdAt");
    for (const { createdAt } of hours.nodes) expect(createdAt).toMatch(/T07:/);
    for (const { totalCount } of [offers, affiliates, countries, hours]) {
      expect(totalCount).toBeGreaterThan(0);
      expect(totalCount).toBeLessThan(every);
    }
  });

  test("of the advertisers of some offers", async () => {
    const { data } = await w.ask("{ offer(id: 1) { advertiser { id } } }");
    const { advertiser } = (data as unknown as { offer: { advertiser: { id: string } } }).offer;
    const { nodes } = await read(`, first: 100, filter: { advertiserIds: ["${advertiser.id}"] }`, "offer { advertiser { id } }");
    expect(nodes.length).toBeGreaterThan(0);
    for (const { offer } of nodes) expect(offer).toEqual({ advertiser });
  });

  test("the conversion a click led to", async () => {
    const { nodes } = await read(", first: 500", "id hasConversions conversionId");
    const click = nodes.find(({ hasConversions }) => hasConversions);
    const query = `{ conversion(id: "${click?.conversionId}") { id clickId } }`;
    expect(await w.ask(query)).toMatchObject({ data: { conversion: { id: click?.conversionId, clickId: click?.id } } });
  });

  test("of an offer and of an affiliate", async () => {
    const clicks = (inner: string) => `clicks(${days}) { nodes { ${inner} { id } } }`;
    const query = `{ offer(id: 1) { ${clicks("offer")} } affiliate(id: 1) { ${clicks("affiliate")} } }`;
    const { data, errors, calls } = await w.askCounting(query, { key });
    expect(errors).toBeUndefined();
    for (const [name, { clicks: found }] of Object.entries(data as unknown as Record<string, { clicks: Found }>)) {
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
