import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const advertiser = "56cc49dc3b7d9b89058b45f0";
const offer = {
  id: 1,
  title: "Old",
  advertiser,
  url: "https://a.example",
  landings: [{ id: 7, title: "L", url: "https://l.example", url_preview: null, type: "landing" }],
  targeting: [{ id: "5", name: "Islands", region: { allow: { id: [1, 2] }, deny: [] }, block_proxy: null }],
};

let landings: unknown[] = offer.landings;
let bodies: string[] = [];
const noted = async (response: ServerResponse) => {
  bodies.push(await text(response.req));
  response.end(JSON.stringify({ status: 1, offer: { id: response.req.url?.endsWith("/1") ? 1 : 2 } }));
};
const at = await openAnswering((path) => {
  if (path === "/3.0/offers") return { status: 1, offers: [offer], pagination: { per_page: 1, total_count: 1, page: 1 } };
  return path === "/3.0/offer/1" ? { status: 1, offer: { ...offer, landings } } : noted;
});
afterAll(() => at.close());

/** The columns of a multipart body. */
const columnsIn = (body: string) =>
  Object.fromEntries([...body.matchAll(/name="([^"]+)"\r\n\r\n([\s\S]*?)\r\n--/g)].map(([, name, value]) => [name, value]));

const sentBy = async (mutation: string) => {
  bodies = [];
  const reply = await at.ask(`mutation { told: ${mutation} }`);
  return { ...reply, sent: bodies.map(columnsIn) };
};

test("a copy has all of an original without the newer columns, and nothing is said to be left behind", async () => {
  const { data, sent } = await sentBy('copyOffer(input: { offerId: 1, title: "New" }) { leftBehind outcome error { message } }');
  expect(data.told).toEqual({ leftBehind: [], outcome: "DONE", error: null });
  expect(sent).toEqual([
    {
      title: "New",
      advertiser,
      status: "stopped",
      url: "https://a.example",
      "landings[0][title]": "L",
      "landings[0][url]": "https://l.example",
      "landings[0][url_preview]": "",
      "landings[0][type]": "landing",
      "targeting[0][name]": "Islands",
      "targeting[0][region][allow][id][]": "2",
    },
  ]);
});

test("a landing without a page that shows it is sent with an empty one", async () => {
  const landings = '[{ title: "L", url: "https://l.example" }]';
  const { data, sent } = await sentBy(`updateOffer(input: { id: 1, landings: ${landings} }) { outcome error { message } }`);
  expect(data.told).toEqual({ outcome: "DONE", error: null });
  const sentLanding = { "landings[0][title]": "L", "landings[0][url]": "https://l.example", "landings[0][url_preview]": "" };
  expect(sent).toEqual([sentLanding]);
});

test("of what is wrong in a list that may be cleared only that is told", async () => {
  landings = [{ ...offer.landings[0], type: "of-another-year" }];
  const { data, sent } = await sentBy('copyOffer(input: { offerId: 1, title: "New" }) { outcome error { message argument } }');
  landings = offer.landings;
  expect(data.told).toEqual({
    outcome: "NOT_SENT",
    error: { message: "input.offerId: its landings.0.type is a value that Affise does not take.", argument: "input.offerId" },
  });
  expect(sent).toEqual([]);
});
