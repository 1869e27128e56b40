import type { Sandbox } from "../../src/sandbox/index.js";
import { type Example, examplesOf, type Known } from "./example.js";
import { form, general } from "./stranger.js";

const wide = "date_from=2000-01-01&date_to=2090-01-01";

// biome-ignore lint/suspicious/noExplicitAny: a stranger's client knows no types
const get = async (sandbox: Sandbox, path: string, key = general): Promise<any> =>
  (await sandbox.fetch(new Request(`http://sandbox${path}`, { headers: { "API-Key": key } }))).json();

export const post = (sandbox: Sandbox, path: string, body: string): Promise<Response> =>
  sandbox.fetch(new Request(`http://sandbox${path}`, { method: "POST", body: form(body), headers: { "API-Key": general } }));

/** Finds what the examples speak of; done anew after each reset, which brings all of it back. */
const discover = async (sandbox: Sandbox): Promise<{ known: Known; words: Record<string, string> }> => {
  const ask = (path: string, key?: string) => get(sandbox, path, key);
  const { advertisers } = await ask("/3.0/admin/advertisers?limit=500");
  const own = (await ask("/3.0/offers?int_id[]=1")).offers[0].advertiser;
  const advertiser = advertisers.find((one: { id: string }) => one.id === own);
  const { users } = await ask("/3.0/admin/users");
  const { offers } = await ask("/3.0/offers?limit=500&status[]=active&status[]=stopped&status[]=suspended");
  const withHtml = offers.find(
    (one: { id: number; creatives: { type: string }[] }) => one.id > 60 && one.creatives.some(({ type }) => type === "text/html"),
  );
  const waiting = (await ask(`/3.1/payments?${wide}&status[]=1`)).payments[0];
  await post(sandbox, `/3.1/payments/${waiting.id}/add-correction`, "revenue=1&comment=x");
  const { payment } = await ask(`/3.1/payments/${waiting.id}`);
  const { tickets } = await ask("/3.0/admin/tickets?page=1&limit=500&status=open");
  const ofType = (type: string) => tickets.find((one: { type: string }) => one.type === type).id;
  const conversion = (await ask("/3.0/stats/conversions?limit=1")).conversions[0];
  const mine = (await ask("/3.0/partner/offers?limit=500", "sandbox-affiliate")).offers;
  const cost = (await ask("/3.1/adcosts?offer_id=1")).costs[0];
  const known: Known = {
    advertiser: own,
    user: users[4].id,
    category: (await ask("/3.0/offer/categories?limit=1")).categories[0].id,
    source: (await ask("/3.0/admin/offer/sources")).sources[0].id,
    smartlink: (await ask("/3.0/admin/smartlink/categories")).data[0]._id,
    news: (await ask("/3.0/news", "sandbox-affiliate")).items[0]._id.$id,
    preset: (await ask("/3.1/presets")).presets[0].id,
    rule: (await ask("/3.1/automation/kpi")).items[0].id,
    conversion: conversion.id,
    payment: payment.id,
    correction: Number(Object.keys(payment.additional_payments)[0]),
    invoice: (await ask("/3.0/admin/advertiser-invoices?status=unpaid")).message[0].number,
    postback: (await ask("/3.0/admin/postbacks?partner_id=1")).postbacks[0].id,
    pixel: Number(Object.keys((await ask("/3.0/partner/pixels", "sandbox-affiliate")).pixel)[0]),
    offerTicket: ofType("offer_request"),
    smartlinkTicket: ofType("smartlink_request"),
    html: { offer: withHtml.id, id: withHtml.creatives.find((one: { type: string }) => one.type === "text/html").id },
    creatives: withHtml.id,
  };
  const words = {
    AFFILIATE_EMAIL: (await ask("/3.0/admin/partner/1")).partner.email,
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

/** A good call of each operation on this sandbox as it stands; an operation that is not here needs nothing but a key. */
export const examplesOn = async (sandbox: Sandbox): Promise<Record<string, Example>> => {
  const { known, words } = await discover(sandbox);
  const filled = (body: string | undefined) =>
    Object.entries(words).reduce((text, [word, value]) => text?.replace(word, value), body);
  const all = Object.entries(examplesOf(known)).map(([operation, one]) => [operation, { ...one, body: filled(one.body) }]);
  return Object.fromEntries(all) as Record<string, Example>;
};
