import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 50,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/partner/pixels";
const create = "POST /3.0/partner/pixel";
const update = "POST /3.0/partner/pixel/{id}";
const remove = "DELETE /3.0/partner/pixel/{id}/remove";
const affiliateKey = "sandbox-affiliate";

const plain = "id name code codeType isActive moderationStatus createdAt updatedAt";

const run = (name: string, input: object, key?: string, fields: string = plain) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${name === "deletePixel" ? "deletedId" : `pixel { ${fields} }`} } }`;
  return w.askCounting(query, { variables: { input }, key });
};

const made = async (input: object, key?: string) => {
  const query = graphql(`mutation ($input: CreatePixelInput!) { createPixel(input: $input) { pixel { ${plain} } } }`);
  const { data, errors } = await w.ask(query, { variables: { input }, key });
  expect(errors).toBeUndefined();
  return data.createPixel.pixel;
};

const pixel = { offerId: 3, name: "thanks", code: `<img src="https://px.example/1.gif">`, codeType: "IMAGE" };

describe("pixels", () => {
  test("all of them, with offer and affiliate for a call each", async () => {
    for (const affiliateId of [2, 3, 4]) await made({ ...pixel, affiliateId });
    const { data, errors, calls } = await w.askCounting(
      graphql(`{ pixels { ${plain} offer { id title } affiliate { id companyName } } }`),
    );
    expect(errors).toBeUndefined();
    const { pixels } = data;
    expect(pixels.length).toBeGreaterThan(2);
    expect(pixels).toContainEqual(
      expect.objectContaining({ name: "thanks", codeType: "IMAGE", offer: expect.objectContaining({ id: "3" }) }),
    );
    expect(calls).toEqual(["GET /3.0/admin/partners", "GET /3.0/offers", list]);
  });

  test("by affiliate and by moderation", async () => {
    const waiting = await made({ ...pixel, affiliateId: 2, moderationStatus: "PENDING" });
    const refused = await made({ ...pixel, affiliateId: 3, moderationStatus: "REJECTED", isActive: false });
    expect(refused).toMatchObject({ moderationStatus: "REJECTED", isActive: false });
    const ids = async (args: string) => (await w.ask(graphql(`{ pixels(${args}) { id } }`))).data.pixels.map(({ id }) => id);
    expect(await ids("affiliateIds: [2]")).toContain(waiting.id);
    expect(await ids("affiliateIds: [2]")).not.toContain(refused.id);
    expect(await ids("moderationStatus: REJECTED")).toContain(refused.id);
    expect(await ids("moderationStatus: REJECTED")).not.toContain(waiting.id);
  });

  test("a hundred affiliates' pixels are one call", async () => {
    const { id } = await made({ ...pixel, affiliateId: 5 });
    const { data, errors, calls } = await w.askCounting(
      graphql("{ affiliates(first: 100) { nodes { id pixels { id name } } } }"),
    );
    expect(errors).toBeUndefined();
    const { nodes } = data.affiliates;
    expect(nodes.find((node) => node.id === "5")?.pixels.map((one) => one.id)).toContain(id);
    expect(nodes.every(({ pixels }) => Array.isArray(pixels))).toBe(true);
    expect(calls).toEqual(["GET /3.0/admin/partners", list]);
  });

  test("an affiliate adds, changes and removes its own", async () => {
    const added = await made(pixel, affiliateKey);
    expect(added).toMatchObject({ name: "thanks", isActive: true, moderationStatus: "PENDING" });
    const own = await w.ask(graphql("{ viewer { ... on Affiliate { pixels { id } } } pixels { id } }"), { key: affiliateKey });
    expect(own.errors).toBeUndefined();
    const seen = own.data;
    expect(seen.viewer.pixels).toEqual(seen.pixels);
    expect(seen.pixels).toContainEqual({ id: added.id });

    const changed = await run("updatePixel", { id: added.id, name: "better", code: null }, affiliateKey);
    expect(changed.data).toMatchObject({ updatePixel: { pixel: { id: added.id, name: "better", code: pixel.code } } });
    expect(changed.calls).toEqual([update]);

    const removed = await run("deletePixel", { id: added.id }, affiliateKey);
    expect(removed.data).toMatchObject({ deletePixel: { deletedId: added.id } });
    expect(removed.calls).toEqual([remove]);
    const again = await run("deletePixel", { id: added.id }, affiliateKey);
    expect(again.data).toEqual({ deletePixel: null });
    expect(again.errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation: remove });
  });

  test("a network user decides on one", async () => {
    const { id } = await made(pixel, affiliateKey);
    const { data, errors } = await run("updatePixel", { id, moderationStatus: "APPROVED", isActive: false });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ updatePixel: { pixel: { id, moderationStatus: "APPROVED", isActive: false } } });
  });

  test.each([
    ["createPixel", { ...pixel, offerId: "x" }, "input.offerId"],
    ["createPixel", { ...pixel, affiliateId: "x" }, "input.affiliateId"],
    ["updatePixel", { id: "x", name: "y" }, "input.id"],
    ["deletePixel", { id: "0" }, "input.id"],
  ])("%s with %j is refused before any REST call", async (name, input, argument) => {
    const { data, errors, calls } = await run(name, input);
    expect(data).toEqual({ [name]: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("what Affise refuses is an error in its own words", async () => {
    const { data, errors, calls } = await run("createPixel", { ...pixel, offerId: 4711, affiliateId: 2 });
    expect(data).toEqual({ createPixel: null });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining("input.offerId"), extensions: { operation: create } });
    expect(calls).toEqual([create]);
  });

  test("not for an advertiser's key, and what stands beside them stays", async () => {
    const { data, errors } = await w.ask("{ pixels { id } offers(first: 1) { totalCount } }", { key: "sandbox-advertiser" });
    expect(data).toMatchObject({ pixels: null, offers: { totalCount: expect.any(Number) } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: list });
  });
});
