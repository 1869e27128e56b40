import { afterAll, describe, expect, test } from "vitest";
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

interface Node {
  id: string;
  [more: string]: unknown;
}
interface Found {
  totalCount: number;
  nodes: Node[];
}

const read = async (log: "receivedPostbacks" | "sentPostbacks", args: string, fields: string) => {
  const { data, errors, calls } = await w.askCounting(`{ ${log}(${days}${args}) { totalCount nodes { ${fields} } } }`);
  expect(errors).toBeUndefined();
  return { ...(data as unknown as Record<string, Found>)[log], calls } as Found & { calls: string[] };
};

describe("postbacks received", () => {
  const fields = `id receivedAt ip parameters { name value } bodyParameters { name value } response { isAccepted message text }
    click { id createdAt isUnique ip country device os browser sub1 actionId conversionId offer { title } affiliate { login } }`;

  test("a hundred with their clicks cost one call for each noun", async () => {
    const { nodes, calls } = await read("receivedPostbacks", ", first: 100", fields);
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", received]);
    expect(nodes[0]).toMatchObject({
      receivedAt: expect.stringMatching(/^2026-\d\d-\d\dT.*Z$/),
      response: { isAccepted: true, message: expect.any(String), text: expect.stringContaining("status") },
      click: { id: expect.any(String), offer: { title: expect.any(String) }, affiliate: { login: expect.any(String) } },
    });
    expect(nodes[0]?.parameters).toContainEqual({ name: "clickid", value: (nodes[0]?.click as Node | undefined)?.id });
    expect(nodes[0]?.bodyParameters).toEqual([]);
  });

  test("filters", async () => {
    const some = await read("receivedPostbacks", ", filter: { offerIds: [1, 2] }", "click { id offer { id } }");
    expect(some.totalCount).toBeGreaterThan(0);
    for (const { click } of some.nodes) expect(["1", "2"]).toContain((click as { offer: Node }).offer.id);
    const clickId = (some.nodes[0]?.click as Node | undefined)?.id;
    const one = await read("receivedPostbacks", `, filter: { clickId: "${clickId}" }`, "click { id }");
    expect(one.nodes).toEqual([{ click: { id: clickId } }]);
    expect((await read("receivedPostbacks", `, filter: { search: "${clickId}" }`, "click { id }")).nodes).toEqual(one.nodes);
    const mine = await read("receivedPostbacks", ", filter: { affiliateIds: [1] }", "click { affiliate { id } }");
    for (const { click } of mine.nodes) expect(click).toEqual({ affiliate: { id: "1" } });
  });

  test("the conversion a click led to", async () => {
    const { nodes, calls } = await read("receivedPostbacks", ", first: 1", "click { conversionId conversion { id clickId } id }");
    const click = nodes[0]?.click as { id: string; conversionId: string };
    expect(click).toMatchObject({ conversion: { id: click.conversionId, clickId: click.id } });
    expect(calls).toEqual(["GET /3.0/stats/conversionsbyid", received]);
  });
});

describe("postbacks sent", () => {
  const fields =
    "id sentAt offer { title } affiliate { login } conversionId goal status httpCode url jobId parameters { name } bodyParameters { name }";

  test("a hundred cost one call for each noun", async () => {
    const { nodes, calls } = await read("sentPostbacks", ", first: 100", fields);
    expect(nodes).toHaveLength(100);
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", sent].sort());
    expect(nodes[0]).toMatchObject({
      sentAt: expect.stringMatching(/Z$/),
      offer: { title: expect.any(String) },
      affiliate: { login: expect.any(String) },
      url: expect.stringContaining("https://"),
      parameters: [],
    });
  });

  test("filters", async () => {
    const failed = await read("sentPostbacks", ', filter: { httpCode: 404 }, timezone: "Europe/Berlin"', "httpCode");
    expect(failed.totalCount).toBeGreaterThan(0);
    for (const { httpCode } of failed.nodes) expect(httpCode).toBe(404);
    const declined = await read("sentPostbacks", ', filter: { status: 3, goal: "1" }', "status goal");
    for (const node of declined.nodes) expect(node).toEqual({ status: 3, goal: "1" });
    const some = await read(
      "sentPostbacks",
      ", filter: { offerIds: [1], affiliateIds: [1, 2, 3] }",
      "offer { id } affiliate { id }",
    );
    for (const node of some.nodes) expect(node.offer).toEqual({ id: "1" });
  });

  test("the conversion each was about", async () => {
    const { nodes } = await read("sentPostbacks", ", first: 2", "conversionId conversion { id }");
    for (const { conversionId, conversion } of nodes) expect(conversion).toEqual({ id: conversionId });
  });
});

test("both logs of an offer and of an affiliate", async () => {
  const logs = (inner: string) =>
    `receivedPostbacks(${days}) { nodes { click { ${inner} { id } } } } sentPostbacks(${days}) { nodes { ${inner} { id } } }`;
  const { data, errors, calls } = await w.askCounting(
    `{ offer(id: 1) { ${logs("offer")} } affiliate(id: 1) { ${logs("affiliate")} } }`,
  );
  expect(errors).toBeUndefined();
  const found = data as unknown as Record<string, Record<"receivedPostbacks" | "sentPostbacks", Found>>;
  for (const name of ["offer", "affiliate"]) {
    for (const { click } of found[name]?.receivedPostbacks.nodes ?? []) expect(click).toEqual({ [name]: { id: "1" } });
    for (const node of found[name]?.sentPostbacks.nodes ?? []) expect(node).toEqual({ [name]: { id: "1" } });
  }
  expect(calls.filter((call) => call === received || call === sent)).toHaveLength(4);
});

test.each([
  [`receivedPostbacks(from: "2026-03-01", to: "2026-02-01")`, "to"],
  [`receivedPostbacks(${days}, filter: { offerIds: ["x"] })`, "filter.offerIds"],
  [`receivedPostbacks(${days}, filter: { clickId: "x" })`, "filter.clickId"],
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
