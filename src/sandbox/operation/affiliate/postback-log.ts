import { eitherDate, spaced } from "../../model/clock.js";
import { objectId } from "../../model/random.js";
import type { Call, Routes } from "../../model/route.js";
import { numbered, pick, type Row } from "../../model/row.js";
import type { State } from "../../model/state.js";
import { type Conversion, statusNumbers } from "../../model/traffic.js";
import { actionIdOf, clickIdOf } from "../../rule/conversion-id.js";
import { rejected } from "../../rule/failure.js";
import { among, includesText, listed, page, sorted } from "../../rule/paging.js";
import { reachesAdvertiser } from "../../rule/reach.js";
import { spanOf } from "../../rule/statistics-filter.js";

const mongoDate = (time: number): Row => ({ sec: Math.floor(time / 1000), usec: (time % 1000) * 1000 });

const within = (call: Call, from: string, to: string, timezone?: string): Conversion[] => {
  if (Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to))) throw rejected("date_from and date_to must be dates");
  const [start, end] = spanOf(from, to, timezone);
  const found = [...call.state.traffic.conversions.values()].filter(
    (one) =>
      one.time >= start && one.time < end && reachesAdvertiser(call.caller, call.state.advertisers.get(one.advertiser), "read"),
  );
  return sorted(found, ({ time }) => time, "desc");
};

/** The advertiser's call that made a conversion; database objects and JSON inside texts show through, as upstream. */
const received = (state: State, one: Conversion): Row => {
  const sent = {
    clickid: clickIdOf(one),
    action_id: actionIdOf(one),
    goal: one.goalValue,
    status: String(statusNumbers[one.status]),
  };
  const offer = state.offers.get(one.offer);
  const affiliate = state.affiliates.get(one.affiliate);
  return {
    _id: { $id: objectId("received", one.number) },
    _get: sent,
    _post: [],
    date: mongoDate(one.time),
    get: JSON.stringify(sent),
    post: "[]",
    server: "203.0.113.7",
    response: JSON.stringify({ status: 1, message: "Conversion added" }),
    track: {
      ...{ id: clickIdOf(one), ip: one.ip, ua: "", country: one.country.code, city: one.city.name, device: one.profile.device },
      ...{ os: one.profile.os, browser: one.profile.browser, referrer: "", click_id: clickIdOf(one) },
      offer: offer && { ...pick(offer, "id", "offer_id", "title"), preview_url: String(offer.columns.url_preview ?? "") },
      ...numbered("sub", one.subs.slice(0, 5)),
      offer_id: String(one.offer),
      conversion_id: one.id,
      ios_idfa: null,
      android_id: null,
      created_at: spaced(one.clickTime),
      ...{ uniq: 1, cbid: actionIdOf(one) },
      partner: affiliate && { id: String(affiliate.id), login: affiliate.login, email: affiliate.email },
    },
  };
};

/** What was called at an affiliate's for a conversion; every eleventh call failed. */
const sentCode = (one: Conversion): number => (one.number % 11 === 0 ? 404 : one.number % 37 === 0 ? 0 : 200);

const sent = (one: Conversion): Row => ({
  _id: { $id: objectId("sent", one.number) },
  _get: [],
  _post: [],
  date: mongoDate(one.time + 2000),
  pid: one.affiliate,
  lead_id: one.id,
  http_code: sentCode(one),
  postback_url: `https://aff${one.affiliate}.example/postback?click=${encodeURIComponent(one.subs[1] ?? "")}&goal=${one.goalValue}`,
  offer_id: one.offer,
  job_id: objectId("job", one.number),
  goal: one.goalValue,
  status: statusNumbers[one.status],
});

export const postbackLog: Routes = {
  "GET /3.0/stats/serverpostbacks": (call) => {
    const { query, state } = call;
    const found = within(call, eitherDate(query.date_from), eitherDate(query.date_to), query.timezone).filter(
      (one) =>
        !one.imported &&
        among(query.offer, String(one.offer)) &&
        among(query.partner, one.affiliate) &&
        among(query.supplier, one.advertiser) &&
        among(query.action_id, actionIdOf(one)) &&
        among<number>(query.status, statusNumbers[one.status]) &&
        among(query.click_id, clickIdOf(one)) &&
        among(query.goal, one.goalValue) &&
        (!query.search || includesText(`${clickIdOf(one)} ${actionIdOf(one)}`, query.search)),
    );
    return listed("postbacks", page(found, query), (one) => received(state, one));
  },
  "GET /3.0/stats/affiliatepostbacks": (call) => {
    const { query } = call;
    const found = within(call, eitherDate(query.date_from), eitherDate(query.date_to), query.timezone).filter(
      (one) =>
        among(query.offer, one.offer) &&
        among(query.partner, one.affiliate) &&
        among(query.goal, one.goalValue) &&
        among<number>(query.status, statusNumbers[one.status]) &&
        among(query.http_code, sentCode(one)),
    );
    return listed("postbacks", page(found, query), sent);
  },
};
