import type { Offer } from "../../model/offer.js";
import { uuid } from "../../model/random.js";
import type { BodyInput, Routes, Upload } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { orNotFound } from "../../rule/failure.js";
import { existingOffer } from "../../rule/reach.js";

type OfferBody = BodyInput<"POST /3.0/admin/offer/{id}">;

const made = (state: State, offer: Offer, type: string, title: string, extra: Row): Row => {
  const number = nextNumber(state, "creative");
  const url = `/creatives/${offer.id}/${encodeURIComponent(title)}`;
  return {
    id: uuid("creative", number),
    title,
    type,
    url,
    width: 0,
    height: 0,
    size: 0,
    overwritten: false,
    countries: [],
    ...extra,
  };
};

const fileOf = (text: string): string => text.slice(text.lastIndexOf("/") + 1) || text;

/** Adds what an offer's body brings: files, links, HTML; and resizes creatives that exist. */
export const addCreatives = (state: State, offer: Offer, body: OfferBody, uploads: readonly Upload[]): void => {
  const files = uploads.filter(({ field }) => field.startsWith("creativeFiles"));
  files.forEach(({ name, type, size }, index) => {
    offer.creatives.push(made(state, offer, type || "image/jpeg", body.creativeFileTitles?.[index] ?? name, { size }));
  });
  for (const [urls, titles] of [
    [body.creativeUrls, body.creativeUrlTitles],
    [body.creativeDownloads, body.creativeDownloadTitles],
  ]) {
    urls?.forEach((url, index) => {
      offer.creatives.push(made(state, offer, "image/jpeg", titles?.[index] ?? fileOf(url), { url, size: 1024 }));
    });
  }
  for (const { name = "html", width = 0, height = 0, code = "" } of body.creativesHtml ?? []) {
    offer.creatives.push(made(state, offer, "text/html", name, { width, height, size: code.length, assets: [] }));
  }
  for (const { file_name, width, height } of body.creatives ?? []) {
    const found = offer.creatives.find(({ title }) => title === file_name);
    if (found) Object.assign(found, { width: width ?? found.width, height: height ?? found.height, overwritten: true });
  }
};

/** The number that the removal knows a creative by: its place in the offer, from 1. */
const placeOf = (offer: Offer, creative: Row): number => offer.creatives.indexOf(creative) + 1;

const htmlCreative = (offer: Offer, id: string): Row =>
  orNotFound(offer.creatives.find((one) => one.id === id && one.type === "text/html"));

export const creative: Routes = {
  "DELETE /3.0/admin/offer/{id}/remove-creative": (call) => {
    const offer = existingOffer(call, call.path.id, "write");
    const gone = offer.creatives.filter((one) => call.body.creatives.includes(placeOf(offer, one)));
    const removed = gone.map((one) => placeOf(offer, one));
    offer.creatives = offer.creatives.filter((one) => !gone.includes(one));
    return { status: 1, removed };
  },
  "POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": (call) => {
    const offer = existingOffer(call, call.path.offer_id, "write");
    const { code, name, width, height } = call.body;
    Object.assign(htmlCreative(offer, call.path.creative_id), { title: name, width, height, size: code.length });
    return { creatives: offer.creatives };
  },
  "DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": (call) => {
    const offer = existingOffer(call, call.path.offer_id, "write");
    const found = htmlCreative(offer, call.path.creative_id);
    offer.creatives = offer.creatives.filter((one) => one !== found);
    return { status: 1 };
  },
};
