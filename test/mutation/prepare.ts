import { graphql } from "../world/document.js";
import type { World } from "../world/world.js";

const made = async (world: World, mutation: string, input: object, object: string, key?: string): Promise<string> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${object} { id } } }`;
  const { data, errors } = await world.ask(query, { variables: { input }, key });
  if (errors) throw new Error(JSON.stringify(errors));
  return (data[mutation] as Record<string, { id: string }>)[object]?.id ?? "";
};

export const pixel = { offerId: "1", affiliateId: "1", name: "p", code: "<b>", codeType: "IFRAME" };

/** Makes what samples are about and a fresh sandbox lacks; always under the same ids. */
export const prepare = async (world: World) => {
  const { data, errors } = await world.ask(
    graphql(`mutation {
    updateOffer(input: { id: 3, tags: ["worn-out", "new"], caps: [{ period: MONTH, type: CLICKS, value: 4711 }, { period: DAY, type: CLICKS, value: 5 }],
      affiliatePayouts: [{ affiliateIds: [2, 3], type: FIXED, currency: "USD", payout: 1, income: 2 }] }) { offer { id } }
    closed: updateOffer(input: { id: 4, privacy: PRIVATE }) { offer { id } }
    addCreatives(input: { offerId: 1, html: [{ title: "Page", width: 300, height: 250, code: "<a>" }], files: [{ file: { name: "logo.png", base64: "iVBORw0KGgo=" } }] }) {
      offer { creatives { id: creativeId title type } } }
    setAdCost(input: { offerId: 1, affiliateId: 2, date: "2026-02-14", sub8: "spring", amount: 1 }) { adCost { amount } }
  }`),
  );
  if (errors) throw new Error(JSON.stringify(errors));
  const { creatives } = data.addCreatives.offer;
  const html = creatives.findLast(({ type }) => type === "text/html")?.id ?? "";
  const pixelId = await made(world, "createPixel", pixel, "pixel");
  const postbackId = await made(
    world,
    "createPostback",
    { affiliateId: "2", offerId: "1", url: "https://a.example/p" },
    "postback",
  );
  const waiting = await world.ask(
    `{ advertisers(first: 1) { nodes { id } } payments(first: 1, from: "2000-01-01", to: "2099-01-01", filter: { status: [WAITING] }) { nodes { id } } }`,
  );
  const advertiserIds = (waiting.data.advertisers as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
  await world.ask(
    graphql(
      "mutation ($advertiserIds: [ID!]!) { blacklistAffiliate(input: { affiliateId: 4, advertiserIds: $advertiserIds }) { results { outcome } } }",
    ),
    { variables: { advertiserIds } },
  );
  const paymentId = (waiting.data.payments as { nodes: { id: string }[] }).nodes[0]?.id;
  const corrected = await world.ask(
    graphql(
      `mutation ($paymentId: ID!) { addPaymentCorrection(input: { paymentId: $paymentId, amount: 1, comment: "x" }) { payment { corrections { id } } } }`,
    ),
    { variables: { paymentId } },
  );
  const { corrections } = corrected.data.addPaymentCorrection.payment;
  return { html, pixelId, postbackId, correctionId: corrections.at(-1)?.id ?? "" };
};
