import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/advertisers";
const unknown = "aaaaaaaaaaaaaaaaaaaaaaaa";

const someIds = async (count: number): Promise<string[]> => {
  const { data } = await w.ask(graphql("query ($first: Int) { advertisers(first: $first) { nodes { id } } }"), {
    variables: { first: count },
  });
  return data.advertisers.nodes.map(({ id }) => id);
};

const change = <const Verb extends "blacklist" | "unblacklist">(verb: Verb) =>
  graphql(`mutation ($ids: [ID!]!) { ${verb}Affiliate(input: { affiliateId: 5, advertiserIds: $ids }) {
    affiliate { id } results { id: advertiserId advertiser { disabledAffiliates { id } } error { code } } } }`);

test("an affiliate goes on many blacklists and off them again, each in one POST", async () => {
  const ids = await someIds(3);
  const on = await w.askCounting(change("blacklist"), { variables: { ids } });
  expect(on.errors).toBeUndefined();
  const { results } = on.data.blacklistAffiliate;
  expect(results.map(({ id }) => id)).toEqual(ids);
  for (const { advertiser } of results) expect(advertiser.disabledAffiliates).toContainEqual({ id: "5" });
  expect(on.calls).toEqual([list, list, "GET /3.0/admin/partners", "POST /3.0/admin/advertiser/disable-affiliate"]);

  const off = await w.askCounting(change("unblacklist"), { variables: { ids } });
  const after = off.data.unblacklistAffiliate;
  for (const { advertiser } of after.results) expect(advertiser.disabledAffiliates).not.toContainEqual({ id: "5" });
  expect(off.calls).toContain("POST /3.0/admin/advertiser/enable-affiliate");
});

test("an unknown advertiser fails alone; where all are unknown nothing is written", async () => {
  const [known = ""] = await someIds(1);
  const mixed = await w.ask(change("blacklist"), { variables: { ids: [unknown, known] } });
  expect(mixed.data).toMatchObject({
    blacklistAffiliate: {
      results: [
        { id: unknown, error: { code: "NOT_FOUND" } },
        { id: known, error: null },
      ],
    },
  });
  const none = await w.askCounting(
    "mutation ($ids: [ID!]!) { unblacklistAffiliate(input: { affiliateId: 5, advertiserIds: $ids }) { results { error { code } } } }",
    { variables: { ids: [unknown] } },
  );
  expect(none.calls).toEqual([list]);
});

test("a new password is mailed, and held to Affise's rule first", async () => {
  const [id] = await someIds(1);
  const send =
    "mutation ($id: ID!, $password: String) { sendAdvertiserPassword(input: { advertiserId: $id, password: $password }) { advertiser { id } } }";
  const sent = await w.askCounting(send, { variables: { id } });
  expect(sent.data).toEqual({ sendAdvertiserPassword: { advertiser: { id } } });
  expect(sent.calls).toEqual([list, "POST /3.0/admin/advertiser/{id}/sendpass"]);
  expect((await w.ask(send, { variables: { id, password: "Better-than-1" } })).errors).toBeUndefined();
  const short = await w.askCounting(send, { variables: { id, password: "x" } });
  expect(short).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  expect((await w.ask(send, { variables: { id: unknown } })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("bad ids, ids given twice and wrong keys", async () => {
  const [id = ""] = await someIds(1);
  const twice = await w.askCounting(change("blacklist"), { variables: { ids: [id, id] } });
  expect(twice).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  const bad = await w.askCounting(change("blacklist"), { variables: { ids: ["7"] } });
  expect(bad).toMatchObject({
    errors: [{ message: expect.stringContaining("input.advertiserIds"), extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
  for (const key of ["sandbox-affiliate", "sandbox-advertiser"]) {
    const { data } = await w.ask(change("blacklist"), { variables: { ids: [id] }, key });
    expect(data).toMatchObject({ blacklistAffiliate: { results: [{ error: { code: "FORBIDDEN" } }] } });
  }
});
