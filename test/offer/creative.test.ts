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

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const edit = "POST /3.0/admin/offer/{id}";
const list = "GET /3.0/offers";

interface Creative {
  id: string;
  title: string;
  type: string;
  url: string;
  width: number;
  height: number;
}

const fields = "id: creativeId title type url size countries width height isOverwritten assets { title url size }";
const add = graphql(
  `mutation ($input: AddCreativesInput!) { addCreatives(input: $input) { offer { id creatives { ${fields} } } } }`,
);

const added = async (input: object): Promise<Creative[]> => {
  const { data, errors, calls } = await w.askCounting(add, { variables: { input: { offerId: "1", ...input } } });
  expect(errors).toBeUndefined();
  expect(calls).toEqual([list, edit]);
  return data.addCreatives.offer.creatives;
};

const banner = { file: { name: "banner.png", base64: pixel }, title: "Banner" };
const page = { title: "Page", width: 300, height: 250, code: "<a href='{link}'>Go</a>" };

test("files, links, downloads and HTML in one call, and all their fields", async () => {
  const creatives = await added({
    files: [banner, { file: { name: "clip.mp4", base64: pixel } }],
    links: [{ url: "https://cdn.example/one.jpg", title: "One" }],
    downloads: [{ url: "https://cdn.example/two.jpg" }],
    html: [{ ...page, assets: [{ macro: "logo", file: { name: "logo.png", base64: pixel } }] }],
  });
  expect(creatives.slice(-5)).toMatchObject([
    { title: "Banner", type: "image/png" },
    { type: "video/mp4" },
    { title: "One", url: "https://cdn.example/one.jpg" },
    { url: "https://cdn.example/two.jpg" },
    { title: "Page", type: "text/html", width: 300, height: 250 },
  ]);
});

test("HTML is rewritten and removed", async () => {
  const made = (await added({ html: [page] })).at(-1);
  const rewritten = await w.askCounting(
    'mutation ($id: ID!) { updateHtmlCreative(input: { offerId: 1, creativeId: $id, title: "New", width: 1, height: 2, code: "<b>!</b>" }) { creative { id: creativeId title width height } creatives { id: creativeId } } }',
    { variables: { id: made?.id } },
  );
  expect(rewritten.errors).toBeUndefined();
  expect(rewritten.data).toMatchObject({ updateHtmlCreative: { creative: { id: made?.id, title: "New", width: 1, height: 2 } } });
  expect(rewritten.calls).toEqual(["POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}"]);
  const remove = "mutation ($id: ID!) { deleteHtmlCreative(input: { offerId: 1, creativeId: $id }) { deletedId } }";
  const gone = await w.askCounting(remove, { variables: { id: made?.id } });
  expect(gone.errors).toBeUndefined();
  expect(gone.calls).toEqual(["DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}"]);
  expect(gone.data).toEqual({ deleteHtmlCreative: { deletedId: made?.id } });
  const left = await w.ask(graphql("{ offer(id: 1) { creatives { id: creativeId } } }"));
  expect(left.data.offer.creatives.map(({ id }) => id)).not.toContain(made?.id);
  expect((await w.ask(remove, { variables: { id: made?.id } })).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("creatives are resized by file name", async () => {
  await added({ files: [banner] });
  const { data, errors } = await w.ask(
    graphql(
      'mutation { resizeCreatives(input: { offerId: 1, creatives: [{ fileName: "Banner", width: 728, height: 90 }] }) { offer { creatives { title width height isOverwritten } } } }',
    ),
  );
  expect(errors).toBeUndefined();
  const { offer } = data.resizeCreatives;
  expect(offer.creatives).toContainEqual({ title: "Banner", width: 728, height: 90, isOverwritten: true });
});

test("many are removed in one call, each with its own result", async () => {
  const before = await added({ files: [banner] });
  const { data, calls } = await w.askCounting(
    "mutation ($ids: [ID!]!) { deleteCreatives(input: { offerId: 1, creativeIds: $ids }) { results { id: deletedId outcome error { code message } } } }",
    { variables: { ids: [String(before.length), "4711"] } },
  );
  expect(data).toMatchObject({
    deleteCreatives: {
      results: [
        { id: String(before.length), outcome: "DONE", error: null },
        { id: "4711", outcome: "REFUSED", error: { code: "NOT_FOUND", message: "The offer has no creative 4711." } },
      ],
    },
  });
  expect(calls).toEqual(["DELETE /3.0/admin/offer/{id}/remove-creative"]);
});

test("a logo is uploaded", async () => {
  const { data, errors, calls } = await w.askCounting(
    "mutation ($logo: FileInput!) { setOfferLogo(input: { offerId: 2, logo: $logo }) { offer { id logo } } }",
    { variables: { logo: { name: "logo.png", base64: pixel } } },
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ setOfferLogo: { offer: { id: "2", logo: expect.stringContaining("logo") } } });
  expect(calls).toEqual([list, edit]);
});

test.each([
  ["no name of a file", { name: "../etc/passwd", base64: pixel }, "input.logo.name"],
  ["an empty name", { name: "", base64: pixel }, "input.logo.name"],
  ["an unknown ending", { name: "logo", base64: pixel }, "input.logo.contentType"],
  ["a film", { name: "logo.mp4", base64: pixel }, "input.logo.contentType"],
  ["a wrong kind", { name: "logo.png", contentType: "picture", base64: pixel }, "input.logo.contentType"],
  ["a header in the kind", { name: "logo.png", contentType: "image/png\r\nX: y", base64: pixel }, "input.logo.contentType"],
  ["a data URL", { name: "logo.png", base64: `data:image/png;base64,${pixel}` }, "input.logo.base64"],
  ["too much", { name: "logo.png", base64: Buffer.alloc(760_000).toString("base64") }, "input.logo.base64"],
  ["nothing", { name: "logo.png", base64: "" }, "input.logo.base64"],
])("%s is refused before anything is sent", async (_, logo, argument) => {
  const { data, errors, calls } = await w.askCounting(
    "mutation ($logo: FileInput!) { setOfferLogo(input: { offerId: 2, logo: $logo }) { offer { id } } }",
    { variables: { logo } },
  );
  expect(data).toEqual({ setOfferLogo: null });
  expect(errors).toMatchObject([{ message: expect.stringContaining(argument), extensions: { code: "BAD_USER_INPUT" } }]);
  expect(calls).toEqual([]);
});

test("files that are too large together are refused", async () => {
  const half = { file: { name: "half.png", base64: Buffer.alloc(380_000).toString("base64") } };
  const { errors, calls } = await w.askCounting(add, { variables: { input: { offerId: "1", files: [half, half] } } });
  expect(errors).toMatchObject([{ message: expect.stringContaining("together"), extensions: { code: "BAD_USER_INPUT" } }]);
  expect(calls).toEqual([]);
});

test("adding nothing is refused; so is a creative named twice", async () => {
  const nothing = await w.askCounting(add, { variables: { input: { offerId: "1", files: [] } } });
  expect(nothing).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  const twice = await w.askCounting(
    "mutation { deleteCreatives(input: { offerId: 1, creativeIds: [1, 1] }) { results { id: deletedId } } }",
  );
  expect(twice).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
});

test.each(["sandbox-affiliate", "sandbox-advertiser"])("%s may not", async (key) => {
  const { errors } = await w.ask(add, { variables: { input: { offerId: "1", files: [banner] } }, key });
  expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
