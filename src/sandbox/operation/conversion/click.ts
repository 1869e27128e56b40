import { hour, spaced, wallClock } from "../../model/clock.js";
import { groupBy } from "../../model/group.js";
import { objectId } from "../../model/random.js";
import type { Call, Routes } from "../../model/route.js";
import { numbered, pick, type Row } from "../../model/row.js";
import type { State } from "../../model/state.js";
import type { Click, Conversion, Visit } from "../../model/traffic.js";
import { clickIdOf } from "../../rule/conversion-id.js";
import { among, sorted } from "../../rule/paging.js";
import { requireDays } from "../../rule/period.js";
import { reachesAdvertiser, reachesAffiliate } from "../../rule/reach.js";
import { spanOf } from "../../rule/statistics-filter.js";
import { externalId } from "../../view/offer.js";

type ClickCall = Call<"GET /3.0/stats/clicks">;

const matching = ({ state, caller, query }: ClickCall): Click[] => {
  const [from, to] = spanOf(query.date_from, query.date_to, query.timezone);
  const read = wallClock(query.timezone);
  const countries = query.country?.map((code) => code.toUpperCase());
  const found = state.traffic.clicks.filter(
    (one) =>
      one.reason === null &&
      one.time >= from &&
      one.time < to &&
      reachesAdvertiser(caller, state.advertisers.get(one.advertiser), "read") &&
      (query.hour === undefined || read?.(one.time).hour === query.hour) &&
      among(query.offer, one.offer) &&
      among(query.partner, one.affiliate) &&
      among(countries, one.country.code) &&
      among(query.advertisers, one.advertiser),
  );
  return sorted(found, ({ time }) => time, "desc");
};

/** What tells the clicks of an hour from all others: who sent whom where. A conversion has it of its click. */
const placeOf = (
  { offer, affiliate, country, city, profile, subs, landing, prelanding, smartlink }: Visit,
  time: number,
): string => {
  const visitor = [country.code, city.id, ...Object.values(profile), ...subs, landing, prelanding, smartlink];
  return [offer, affiliate, Math.floor(time / hour), ...visitor].join("|");
};

type Places = ReadonlyMap<string, Conversion[]>;

const known = new WeakMap<State, { version: number; places: Places }>();

/** Conversions by where and when their click was, to be dealt out to the clicks of that hour. Worked out once while the traffic stays. */
const conversionsByPlace = (state: State): Places => {
  const { version } = state.traffic;
  const before = known.get(state);
  const found =
    before?.version === version
      ? before
      : { version, places: groupBy(state.traffic.conversions.values(), (one) => placeOf(one, one.clickTime)) };
  known.set(state, found);
  return found.places;
};

const landing = (state: State, click: Click, id: number | null): Row => {
  const found = id === null ? undefined : state.offers.get(click.offer)?.landings.find((one) => one.id === id);
  return found ? { id: found.id, url: found.url, title: found.title } : { id: 0, url: "undefined", title: "" };
};

const partnerOf = ({ state, caller }: ClickCall, id: number): Row | null => {
  const found = state.affiliates.get(id);
  if (!found || !reachesAffiliate(caller, found, "read")) return null;
  return { id, title: found.name, manager_id: found.manager, ...pick(found, "email", "login", "name"), manager: null };
};

const row = (call: ClickCall, click: Click, number: number, visit: string, conversion: Conversion | undefined): Row => {
  const { state } = call;
  const { profile, country, city } = click;
  const id = conversion ? clickIdOf(conversion) : objectId(visit, number);
  const offer = state.offers.get(click.offer);
  const partner = partnerOf(call, click.affiliate);
  return {
    ...{ id, click_id: id, ip: conversion?.ip ?? `198.51.${click.offer % 255}.${(number % 253) + 1}`, ua: "" },
    country: country.code,
    country_name: country.name,
    city: city.name,
    city_id: city.id,
    region_id: city.id * 10,
    region_name: city.region,
    ...{ device: profile.device_model.split(" ")[0], device_type: profile.device_type, device_fullname: profile.device_model },
    device_model: profile.device_model,
    ...pick(profile, "os", "os_version"),
    os_fullname: `${profile.os} ${profile.os_version}`,
    ...pick(profile, "browser", "browser_version"),
    browser_fullname: `${profile.browser} ${profile.browser_version}`,
    connection_type: profile.connection,
    offer: offer
      ? { ...pick(offer, "id", "offer_id", "title"), url: offer.columns.url, external_id: externalId(state, offer) }
      : null,
    referrer: conversion?.referrer ?? "",
    ...numbered("sub", click.subs),
    ...{ landing: landing(state, click, click.landing), prelanding: landing(state, click, click.prelanding) },
    ...{ conversion_id: conversion?.id ?? "", has_conversions: conversion !== undefined, cbid: "", idfa: "" },
    created_at: spaced(conversion?.clickTime ?? click.time + Math.floor((number * hour) / Math.max(1, click.raw))),
    ...{ isp: 0, isp_code: click.isp, smart_id: click.smartlink ?? "", uniq: number < click.uniq },
    ...{ ref_id: "", os_id: "", user_id: "", ext1: "", ext2: "", ext3: "", unid: "" },
    ...{ partner_id: partner ? click.affiliate : null, partner },
    supplier_manager_id: state.advertisers.get(click.advertiser)?.manager ?? null,
  };
};

/** The clicks of a page, told apart only here: the state keeps them by the hour. */
const pageOf = (call: ClickCall, clicks: readonly Click[], from: number, to: number): Row[] => {
  const places = conversionsByPlace(call.state);
  const rows: Row[] = [];
  // Clicks of one place are numbered on: whatever is asked for, they come all or none, and in the same order.
  const numbers = new Map<string, number>();
  let passed = 0;
  for (const click of clicks) {
    if (passed >= to) break;
    const place = placeOf(click, click.time);
    const before = numbers.get(place) ?? 0;
    numbers.set(place, before + click.raw);
    const own = places.get(place)?.slice(before, before + click.raw) ?? [];
    for (let number = Math.max(0, from - passed); number < click.raw && passed + number < to; number += 1) {
      rows.push(row(call, click, number, `visit ${place} ${before}`, own[number]));
    }
    passed += click.raw;
  }
  return rows;
};

export const click: Routes = {
  "GET /3.0/stats/clicks": (call) => {
    const { page = 1, limit = 100, date_from, date_to } = call.query;
    requireDays(call.state, date_from, date_to, 7);
    const clicks = matching(call);
    const total = clicks.reduce((sum, { raw }) => sum + raw, 0);
    const pagination = { per_page: limit, total_count: total, page };
    return {
      status: 1,
      statusCode: 200,
      clicks: pageOf(call, clicks, (page - 1) * limit, page * limit),
      pagination: page * limit >= total ? pagination : { ...pagination, next_page: page + 1 },
    };
  },
};
