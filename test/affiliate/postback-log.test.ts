import { afterAll, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 400,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const received = "GET /3.0/stats/serverpostbacks";
const sent = "GET /3.0/stats/affiliatepostbacks";
const days = `from: "2026-01-01", to: "2026-03-01"`;

const receivedOf = async <const Fields extends string>(args: string, fields: Fields) => {
  const query = graphql(`{ receivedPostbacks(${days}${args}) { totalCount nodes { ${fields} } } }`);
  const { data, errors, calls } = await w.askCounting(query);
  expect(errors).toBeUndefined();
  return { data, calls };
};

const sentOf = async <const Fields extends string>(args: string, fields: Fields) => {
  const query = graphql(`{ sentPostbacks(${days}${args}) { totalCount nodes { ${fields} } } }`);
  const { data, errors, calls } = await w.askCounting(query);
  expect(errors).toBeUndefined();
  return { data, calls };
};

describe("postbacks received", () => {
  const fields = `id receivedAt ip parameters { name value } bodyParameters { name value } response { isAccepted message text }
    click { id createdAt isUnique ip country device os browser subs { number value } actionId conversionId offer { title } affiliate { companyName } }`;

  test("a hundred with their clicks cost one call for each noun", async () => {
    const { data, calls } = await receivedOf(", first: 100", fields);
    const { nodes } = data.receivedPostbacks;
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", received]);
    expect(nodes[0]).toMatchObject({
      receivedAt: expect.stringMatching(/^2026-\d\d-\d\dT.*Z$/),
      response: { isAccepted: true, message: expect.any(String), text: expect.stringContaining("status") },
      click: { id: expect.any(String), offer: { title: expect.any(String) }, affiliate: { companyName: expect.any(String) } },
    });
    expect(nodes[0]?.parameters).toContainEqual({ name: "clickid", value: nodes[0]?.click.id });
    expect(nodes[0]?.bodyParameters).toEqual([]);
  });

  test("filters", async () => {
    const some = (await receivedOf(", filter: { offerIds: [1, 2] }", "click { id offer { id } }")).data.receivedPostbacks;
    expect(some.totalCount).toBeGreaterThan(0);
    for (const { click } of some.nodes) expect(["1", "2"]).toContain(click.offer.id);
    const clickId = some.nodes[0]?.click.id;
    const one = (await receivedOf(`, filter: { clickId: "${clickId}" }`, "click { id }")).data.receivedPostbacks;
    expect(one.nodes).toEqual([{ click: { id: clickId } }]);
    expect((await receivedOf(`, filter: { search: "${clickId}" }`, "click { id }")).data.receivedPostbacks.nodes).toEqual(
      one.nodes,
    );
    const mine = (await receivedOf(", filter: { affiliateIds: [1] }", "click { affiliate { id } }")).data.receivedPostbacks;
    for (const { click } of mine.nodes) expect(click).toEqual({ affiliate: { id: "1" } });
  });

  test("by what became of them: status, action and advertiser", async () => {
    const of = async (filter: string) =>
      (
        await receivedOf(
          `, timezone: "Europe/Berlin", filter: { ${filter} }`,
          "click { actionId conversion { status offer { advertiser { id } } } }",
        )
      ).data.receivedPostbacks;
    const declined = await of("status: DECLINED");
    expect(declined.totalCount).toBeGreaterThan(0);
    for (const { click } of declined.nodes) expect(click.conversion.status).toBe("DECLINED");
    const [{ click }] = declined.nodes as [(typeof declined.nodes)[number]];
    const { id } = click.conversion.offer.advertiser;
    const theirs = await of(`advertiserIds: ["${id}"]`);
    expect(theirs.totalCount).toBeGreaterThan(0);
    for (const one of theirs.nodes) expect(one.click.conversion.offer.advertiser).toEqual({ id });
    const same = await of(`actionId: "${click.actionId}"`);
    expect(same.totalCount).toBeGreaterThan(0);
    for (const one of same.nodes) expect(one.click.actionId).toBe(click.actionId);
  });

  test("the conversion a click led to", async () => {
    const { data, calls } = await receivedOf(", first: 1", "click { conversionId conversion { id clickId } id }");
    const { nodes } = data.receivedPostbacks;
    const click = nodes[0]?.click;
    expect(click).toMatchObject({ conversion: { id: click?.conversionId, clickId: click?.id } });
    expect(calls).toEqual(["GET /3.0/stats/conversionsbyid", received]);
  });
});

describe("postbacks sent", () => {
  const fields =
    "id sentAt offer { title } affiliate { companyName } conversionId goal status httpCode url jobId parameters { name } bodyParameters { name }";

  test("a hundred cost one call for each noun", async () => {
    const { data, calls } = await sentOf(", first: 100", fields);
    const { nodes } = data.sentPostbacks;
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", sent].sort());
    expect(nodes[0]).toMatchObject({
      sentAt: expect.stringMatching(/Z$/),
      offer: { title: expect.any(String) },
      affiliate: { companyName: expect.any(String) },
      url: expect.stringContaining("https://"),
      parameters: [],
    });
  });

  test("filters", async () => {
    const failed = (await sentOf(', filter: { httpCode: 404 }, timezone: "Europe/Berlin"', "httpCode")).data.sentPostbacks;
    expect(failed.totalCount).toBeGreaterThan(0);
    for (const { httpCode } of failed.nodes) expect(httpCode).toBe(404);
    const declined = (await sentOf(', filter: { status: 3, goals: "1" }', "status goal")).data.sentPostbacks;
    for (const node of declined.nodes) expect(node).toEqual({ status: 3, goal: "1" });
    const some = (await sentOf(", filter: { offerIds: [1], affiliateIds: [1, 2, 3] }", "offer { id } affiliate { id }")).data
      .sentPostbacks;
    for (const node of some.nodes) expect(node.offer).toEqual({ id: "1" });
  });

  test("the conversion each was about", async () => {
    const { nodes } = (await sentOf(", first: 2", "conversionId conversion { id }")).data.sentPostbacks;
    for (const { conversionId, conversion } of nodes) expect(conversion).toEqual({ id: conversionId });
  });
});

test("both logs of an offer and of an affiliate", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql(`{
      offer(id: 1) {
        receivedPostbacks(${days}) { nodes { click { offer { id } } } }
        sentPostbacks(${days}) { nodes { offer { id } } }
      }
      affiliate(id: 1) {
        receivedPostbacks(${days}) { nodes { click { affiliate { id } } } }
        sentPostbacks(${days}) { nodes { affiliate { id } } }
      }
    }`),
  );
  expect(errors).toBeUndefined();
  const { offer, affiliate } = data;
  for (const { click } of offer.receivedPostbacks.nodes) expect(click).toEqual({ offer: { id: "1" } });
  for (const node of offer.sentPostbacks.nodes) expect(node).toEqual({ offer: { id: "1" } });
  for (const { click } of affiliate.receivedPostbacks.nodes) expect(click).toEqual({ affiliate: { id: "1" } });
  for (const node of affiliate.sentPostbacks.nodes) expect(node).toEqual({ affiliate: { id: "1" } });
  expect(calls.filter((call) => call === received || call === sent)).toHaveLength(4);
});

test.each([
  [`receivedPostbacks(from: "2026-03-01", to: "2026-02-01")`, "to"],
  [`receivedPostbacks(${days}, filter: { offerIds: ["x"] })`, "filter.offerIds"],
  [`receivedPostbacks(${days}, filter: { clickId: "x" })`, "filter.clickId"],
  [`receivedPostbacks(${days}, filter: { advertiserIds: [1] })`, "filter.advertiserIds"],
  [`receivedPostbacks(${days}, filter: { status: [PENDING, HOLD] })`, "filter.status"],
  [`sentPostbacks(from: "2026-03-01", to: "2026-02-01")`, "to"],
  [`sentPostbacks(${days}, filter: { affiliateIds: ["x"] })`, "filter.affiliateIds"],
  [`sentPostbacks(${days}, first: 20000)`, "first"],
])("%s is refused before any REST call", async (field, argument) => {
  const { errors, calls } = await w.askCounting(`{ ${field} { totalCount } }`);
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
  expect(calls).toEqual([]);
});

test.each([
  ["sandbox-account-manager", [sent]],
  ["sandbox-affiliate", [received, sent]],
  ["sandbox-advertiser", [received, sent]],
])("what the key %s may not see is null, and the rest stays", async (key, closed) => {
  const query = `{ receivedPostbacks(${days}) { totalCount } sentPostbacks(${days}) { totalCount } offers(first: 1) { totalCount } }`;
  const { data, errors } = await w.ask(query, { key });
  expect(errors?.map(({ extensions }) => extensions.operation).sort()).toEqual([...closed].sort());
  for (const { extensions } of errors ?? []) expect(extensions.code).toBe("FORBIDDEN");
  expect(data).toMatchObject({ offers: { totalCount: expect.any(Number) } });
});
