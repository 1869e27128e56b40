import { afterAll, afterEach, describe, expect, test } from "vitest";
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
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/postbacks";
const create = "POST /3.0/partner/postback";
const update = "POST /3.0/partner/postback/{id}";
const remove = "DELETE /3.0/partner/postback/{id}/remove";
const ofOffers = "DELETE /3.0/partner/postbacks/by-offers";
const ofAffiliates = "DELETE /3.0/partner/postbacks/by-affiliates";

const fields = `id url isGlobal offer { id } affiliate { id } trigger goal integrationMethod isForced createdAt`;

const run = (name: string, input: object, key?: string, wanted = `postback { ${fields} updatedAt }`) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return w.askCounting(`mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`, { variables: { input }, key });
};

const made = async (input: object) => {
  const query = graphql(
    `mutation ($input: CreatePostbackInput!) { createPostback(input: $input) { postback { ${fields} updatedAt } } }`,
  );
  const { data, errors } = await w.ask(query, { variables: { input } });
  expect(errors).toBeUndefined();
  return data.createPostback.postback;
};

const read = async (affiliateId: number, args = "") => {
  const reply = await w.askCounting(
    graphql(`{ postbacks(affiliateId: ${affiliateId}${args}) { totalCount nodes { ${fields} } } }`),
  );
  expect(reply.errors).toBeUndefined();
  return { ...reply.data.postbacks, calls: reply.calls };
};

const url = "https://tracker.example/in?click={sub1}";

describe("an affiliate's postbacks", () => {
  test("a global and a local one, listed with offer and affiliate for a call each", async () => {
    await made({ affiliateId: 2, url });
    const local = await made({
      affiliateId: 2,
      url,
      offerId: 3,
      trigger: "CONFIRMED",
      goal: "2",
      integrationMethod: "SKAD",
      isForced: true,
    });
    const { nodes, calls } = await read(2, ", first: 100");
    expect(nodes.at(-2)).toMatchObject({ url, isGlobal: true, offer: null, affiliate: { id: "2" }, goal: null, isForced: false });
    const { updatedAt, ...listed } = local;
    expect(updatedAt).toEqual(expect.any(String));
    expect(nodes.at(-1)).toEqual(listed);
    expect(listed).toMatchObject({
      isGlobal: false,
      offer: { id: "3" },
      trigger: "CONFIRMED",
      goal: "2",
      integrationMethod: "SKAD",
      isForced: true,
    });
    expect(calls).toEqual(["GET /3.0/admin/partners", list, "GET /3.0/offers"]);
  });

  test("filters", async () => {
    const global = await made({ affiliateId: 2, url });
    const local = await made({ affiliateId: 2, url, offerId: 3 });
    const ids = async (filter: string) => (await read(2, `, filter: { ${filter} }`)).nodes.map(({ id }) => id);
    expect(await ids("isGlobal: true")).toContain(global.id);
    expect(await ids("isGlobal: true")).not.toContain(local.id);
    expect(await ids("offerIds: [3]")).toEqual(expect.arrayContaining([local.id]));
    expect(await ids(`afterId: ${global.id}`)).toEqual([local.id]);
  });

  test("pages, and totalCount alone for one row", async () => {
    for (let count = 0; count < 3; count += 1) await made({ affiliateId: 2, url: `${url}&n=${count}` });
    const whole = (await read(2, ", first: 100")).nodes.map(({ id }) => id);
    const { data } = await w.ask(
      graphql(`{ postbacks(affiliateId: 2, first: 2) { nodes { id } pageInfo { endCursor hasNextPage } } }`),
    );
    const one = data.postbacks;
    const two = await read(2, `, first: 2, after: "${one.pageInfo.endCursor}"`);
    expect([...one.nodes, ...two.nodes].map(({ id }) => id)).toEqual(whole.slice(0, 4));
  });

  test("under affiliates, and under the affiliate's own viewer", async () => {
    const { id } = await made({ affiliateId: 1, url });
    const { data, errors, calls } = await w.askCounting("{ affiliates(first: 3) { nodes { id postbacks { nodes { id } } } } }");
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain(`"${id}"`);
    expect(calls).toEqual(["GET /3.0/admin/partners", list, list, list]);
    const own = await w.ask("{ viewer { ... on Affiliate { postbacks { nodes { id url } } } } }", { key: "sandbox-affiliate" });
    expect(own.errors).toBeUndefined();
    expect(JSON.stringify(own.data)).toContain(`"${id}"`);
  });

  test("an affiliate's key changes its own, and nobody else's", async () => {
    const key = "sandbox-affiliate";
    const mine = await w.askCounting(
      graphql("mutation ($input: CreatePostbackInput!) { createPostback(input: $input) { postback { id isGlobal } } }"),
      { variables: { input: { affiliateId: 1, url } }, key },
    );
    expect(mine.errors).toBeUndefined();
    expect(mine.calls).toEqual([create]);
    const { id } = mine.data.createPostback.postback;
    const changed = await run("updatePostback", { id, url: `${url}&v=2` }, key, "postback { url }");
    expect(changed.data).toEqual({ updatePostback: { postback: { url: `${url}&v=2` } } });
    const foreign = await run("createPostback", { affiliateId: 2, url }, key);
    expect(foreign.errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: create });
  });

  test("change and removal", async () => {
    const { id } = await made({ affiliateId: 2, url, offerId: 3, goal: "1" });
    const input = { id, url: `${url}&changed`, offerId: 3, trigger: "HOLD", customFilter: { field: "sub1", text: "x" } };
    const changed = await run("updatePostback", input, undefined, "postback { id url trigger goal offer { id } }");
    expect(changed.data).toEqual({
      updatePostback: { postback: { id, url: `${url}&changed`, trigger: "HOLD", goal: "1", offer: { id: "3" } } },
    });
    expect(changed.calls).toEqual(["GET /3.0/offers", update]);
    const removed = await run("deletePostback", { id }, undefined, "deletedId");
    expect(removed.data).toEqual({ deletePostback: { deletedId: id } });
    expect(removed.calls).toEqual([remove]);
    expect((await read(2)).nodes.map((node) => node.id)).not.toContain(id);
    const again = await run("deletePostback", { id }, undefined, "deletedId");
    expect(again.data).toEqual({ deletePostback: null });
    expect(again.errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation: remove });
  });

  test("all of some offers, all of some affiliates, in one call each", async () => {
    for (const affiliateId of [2, 3]) for (const offerId of [3, 4, undefined]) await made({ affiliateId, url, offerId });
    const offers = await run("deletePostbacksOfOffers", { offerIds: [3, 4] }, undefined, "results { id: deletedId outcome }");
    expect(offers.data).toMatchObject({
      deletePostbacksOfOffers: {
        results: [
          { id: "3", outcome: "DONE" },
          { id: "4", outcome: "DONE" },
        ],
      },
    });
    expect(offers.calls).toEqual([ofOffers]);
    for (const affiliate of [2, 3]) {
      const left = (await read(affiliate)).nodes.map(({ offer }) => offer?.id);
      expect(left).toContain(undefined);
      expect(left).not.toContain("3");
    }
    const affiliates = await run(
      "deletePostbacksOfAffiliates",
      { affiliateIds: [2, 3] },
      undefined,
      "results { id: deletedId outcome }",
    );
    expect(affiliates.calls).toEqual([ofAffiliates]);
    for (const affiliate of [2, 3]) expect((await read(affiliate)).totalCount).toBe(0);
  });

  test("an event for Meta travels along", async () => {
    const meta = {
      eventName: "Purchase",
      metaAccessToken: "a-token",
      metaPixelId: "1",
      customFields: [{ number: 1, value: "x" }],
      subs: [{ number: 1, value: "{sub1}" }],
      city: null,
    };
    const { errors, calls } = await run("createPostback", { affiliateId: 2, url, meta });
    expect(errors).toBeUndefined();
    expect(calls).toContain(create);
  });

  test.each([
    ["createPostback", { affiliateId: "x", url }, "input.affiliateId"],
    ["createPostback", { affiliateId: 1, url, offerId: "0" }, "input.offerId"],
    ["createPostback", { affiliateId: 1, url, meta: { eventName: "Purchase" } }, "input.meta.metaAccessToken"],
    ["updatePostback", { id: "x", url }, "input.id"],
    ["deletePostback", { id: "x" }, "input.id"],
    ["deletePostbacksOfOffers", { offerIds: [] }, "input.offerIds"],
    ["deletePostbacksOfAffiliates", { affiliateIds: ["x"] }, "input.affiliateIds.0"],
  ])("%s with %j is refused before any REST call", async (name, input, argument) => {
    const { data, errors, calls } = await run(name, input, undefined, "__typename");
    expect(data).toEqual({ [name]: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test.each(["sandbox-account-manager", "sandbox-advertiser"])(
    "not for the key %s, and what stands beside it stays",
    async (key) => {
      const { data, errors } = await w.ask("{ postbacks(affiliateId: 1) { totalCount } offers(first: 1) { totalCount } }", {
        key,
      });
      expect(data).toMatchObject({ postbacks: { totalCount: null }, offers: { totalCount: expect.any(Number) } });
      expect(errors?.map(({ extensions }) => [extensions.code, extensions.operation])).toEqual([["FORBIDDEN", list]]);
    },
  );
});
