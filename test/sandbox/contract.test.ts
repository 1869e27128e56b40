import { describe, expect, test } from "vitest";
import { type OperationInfo, operations } from "../../src/contract/operation.js";
import { answerFaults } from "../../src/sandbox/http/validation.js";
import { answered, createSandbox } from "../../src/sandbox/index.js";
import { note } from "../world/tally.js";
import { asRequest, type Example, examplesOf, type Known } from "./example.js";
import { form, general, small } from "./stranger.js";

/** With every odd row there is; the recorded forms alone are looked at beside it. */
const sandbox = createSandbox({ ...small, ugly: "all" });
const plain = createSandbox(small);

// biome-ignore lint/suspicious/noExplicitAny: a stranger's client knows no types
const get = async (path: string, key = general): Promise<any> =>
  (await sandbox.fetch(new Request(`http://sandbox${path}`, { headers: { "API-Key": key } }))).json();

const post = (path: string, body: string): Promise<Response> =>
  sandbox.fetch(new Request(`http://sandbox${path}`, { method: "POST", body: form(body), headers: { "API-Key": general } }));

const wide = "date_from=2000-01-01&date_to=2090-01-01";

/** Finds what the examples speak of; done anew after each reset, which brings all of it back. */
const discover = async (): Promise<{ known: Known; words: Record<string, string> }> => {
  const { advertisers } = await get("/3.0/admin/advertisers?limit=500");
  const own = (await get("/3.0/offers?int_id[]=1")).offers[0].advertiser;
  const advertiser = advertisers.find((one: { id: string }) => one.id === own);
  const { users } = await get("/3.0/admin/users");
  const { offers } = await get("/3.0/offers?limit=500&status[]=active&status[]=stopped&status[]=suspended");
  const withHtml = offers.find(
    (one: { id: number; creatives: { type: string }[] }) => one.id > 60 && one.creatives.some(({ type }) => type === "text/html"),
  );
  const waiting = (await get(`/3.1/payments?${wide}&status[]=1`)).payments[0];
  await post(`/3.1/payments/${waiting.id}/add-correction`, "revenue=1&comment=x");
  const { payment } = await get(`/3.1/payments/${waiting.id}`);
  const { tickets } = await get("/3.0/admin/tickets?page=1&limit=500&status=open");
  const ofType = (type: string) => tickets.find((one: { type: string }) => one.type === type).id;
  const conversion = (await get("/3.0/stats/conversions?limit=1")).conversions[0];
  const mine = (await get("/3.0/partner/offers?limit=500", "sandbox-affiliate")).offers;
  const cost = (await get("/3.1/adcosts?offer_id=1")).costs[0];
  const known: Known = {
    advertiser: own,
    user: users[4].id,
    category: (await get("/3.0/offer/categories?limit=1")).categories[0].id,
    source: (await get("/3.0/admin/offer/sources")).sources[0].id,
    smartlink: (await get("/3.0/admin/smartlink/categories")).data[0]._id,
    news: (await get("/3.0/news", "sandbox-affiliate")).items[0]._id.$id,
    preset: (await get("/3.1/presets")).presets[0].id,
    rule: (await get("/3.1/automation/kpi")).items[0].id,
    conversion: conversion.id,
    payment: payment.id,
    correction: Number(Object.keys(payment.additional_payments)[0]),
    invoice: (await get("/3.0/admin/advertiser-invoices?status=unpaid")).message[0].number,
    postback: (await get("/3.0/admin/postbacks?partner_id=1")).postbacks[0].id,
    pixel: Number(Object.keys((await get("/3.0/partner/pixels", "sandbox-affiliate")).pixel)[0]),
    offerTicket: ofType("offer_request"),
    smartlinkTicket: ofType("smartlink_request"),
    html: { offer: withHtml.id, id: withHtml.creatives.find((one: { type: string }) => one.type === "text/html").id },
    creatives: withHtml.id,
  };
  const words = {
    AFFILIATE_EMAIL: (await get("/3.0/admin/partner/1")).partner.email,
    ADVERTISER_EMAIL: advertiser.email,
    USER_EMAIL: users[0].email,
    OPEN_OFFER: String(
      mine.find((one: { link: string | null }) => one.link === null)?.id ?? mine.find((one: { id: number }) => one.id > 60).id,
    ),
    AD_COST: `offer_id=${cost.offer_id}&affiliate_id=${cost.affiliate_id}&date=${cost.date}&sub8=${cost.sub8}`,
    CONVERSION_ADVERTISER: conversion.supplier_id,
  };
  return { known, words };
};

/** The example of an operation, with the words it leaves open filled in. */
const exampleOf = async (operation: string): Promise<Example> => {
  const { known, words } = await discover();
  // The only operation that wants an offer which is not public.
  if (operation.endsWith("disable-affiliates")) {
    await post("/3.0/admin/offer/mass-update", "offer_id[]=1&privacy=private");
    return { path: { id: 1 } };
  }
  const example = examplesOf(known)[operation] ?? {};
  const body = Object.entries(words).reduce<string | undefined>(
    (text, [word, value]) => text?.replace(word, value),
    example.body,
  );
  return { ...example, body };
};

/** A bad call: an unknown id, a limit too high, a page before the first, nothing at all, or a wrong key. */
const spoiled = (info: OperationInfo, example: Example): Example => {
  const inQuery = info.parameters.filter((parameter) => parameter.in === "query");
  const isRequired =
    inQuery.some(({ required }) => required) ||
    (info.body && example.body !== undefined && /^(POST|DELETE)/.test(info.operation));
  if (info.path.includes("{")) {
    const path = Object.fromEntries(
      Object.keys(example.path ?? {}).map((name) => [name, info.path.includes("oses") ? "Nope" : "999999999"]),
    );
    return { ...example, path };
  }
  if (info.operation === "POST /3.1/payments/generate") return { body: "date=tomorrow" };
  if (isRequired || example.json !== undefined) return { key: example.key };
  if (inQuery.some(({ name }) => name === "page")) return { ...example, query: `${example.query ?? ""}&page=0` };
  if (inQuery.some(({ name }) => name === "limit")) return { ...example, query: `${example.query ?? ""}&limit=0` };
  return { ...example, key: "nobody" };
};

describe("every operation of the contract", () => {
  test("is answered", () => {
    expect(answered().toSorted()).toEqual([...operations.keys()].toSorted());
  });

  test.each([...operations.values()].map((info) => [info.operation, info] as const))("%s", async (operation, info) => {
    sandbox.reset();
    const example = await exampleOf(operation);
    const wrong = await sandbox.fetch(asRequest(operation, spoiled(info, example)));
    const refusal = await wrong.json();
    expect([2, "error"]).toContain(refusal.status);
    expect(refusal.message ?? refusal.error).toBeTruthy();
    note("sandbox-bad", [operation]);
    const right = await sandbox.fetch(asRequest(operation, example));
    const answer = await right.json();
    expect(right.status, JSON.stringify(answer)).toBe(200);
    expect([1, "success", undefined]).toContain(answer.status);
    expect(answerFaults(info, answer)).toEqual([]);
    if (info.method === "GET") {
      const recorded = await plain.fetch(asRequest(operation, example));
      if (recorded.status === 200) expect(answerFaults(info, await recorded.json())).toEqual([]);
    }
    note("sandbox-good", [operation]);
  });
});
