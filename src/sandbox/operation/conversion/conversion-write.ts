import { countries, countryOf, profiles } from "../../model/geo.js";
import { goalTitles } from "../../model/goal.js";
import type { Offer } from "../../model/offer.js";
import { objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { type Row, take } from "../../model/row.js";
import { enqueue, nextNumber, type State } from "../../model/state.js";
import { addConversion, type Conversion, type ConversionStatus, statusNumbers } from "../../model/traffic.js";
import { type ConversionFilter, conversionTest } from "../../rule/conversion-filter.js";
import { denied, rejected } from "../../rule/failure.js";
import { payoutsFor, priceOf } from "../../rule/payout.js";
import { reachesOffer, reachesVisit } from "../../rule/reach.js";

type Edit = Pick<
  BodyInput<"POST /3.0/admin/conversion/edit">,
  "status" | "currency" | "payouts" | "revenue" | "comment" | "sum"
> &
  Row;

const applyEdit = (state: State, conversions: readonly Conversion[], edit: Edit): void => {
  const now = state.now();
  for (const one of conversions) {
    if (edit.status !== undefined && edit.status !== one.status) {
      one.status = edit.status;
      one.declineReason = edit.status === "declined" ? "by_manager" : null;
    }
    one.currency = edit.currency?.toUpperCase() ?? one.currency;
    one.payout = edit.payouts ?? one.payout;
    take(one, edit, ["revenue", "comment", "sum"]);
    one.custom = one.custom.map((value, index) => (edit[`custom_field_${index + 1}`] as string | undefined) ?? value);
    one.updated = now;
  }
  state.traffic.version += 1;
};

/** Some of what was sent; null for what was not. */
const echo = (sent: Row, ...fields: readonly string[]): Row =>
  Object.fromEntries(fields.map((field) => [field, sent[field] ?? null]));

const edit = ({ state }: Call, found: readonly Conversion[], body: Edit): unknown => {
  enqueue(state, () => applyEdit(state, found, body));
  const data = { ids: body.ids, ...echo(body, "status", "currency", "payouts", "revenue") };
  return { status: 1, data, message: "Conversions will be updated in a few minutes" };
};

const byIds = (call: Call, ids: readonly string[]): Conversion[] => {
  const found = ids.flatMap((id) => call.state.traffic.conversions.get(id) ?? []);
  if (found.some((one) => !reachesVisit(call.state, call.caller, one))) throw denied();
  return found;
};

type EditFilter = NonNullable<BodyInput<"POST /3.0/admin/conversion/edit">["params"]>;

/** All that match the filters of an edit, which are those of the list but for the word of a status. */
const byFilter = ({ state, caller }: Call, params: EditFilter): Conversion[] => {
  const status = params.status && [statusNumbers[params.status]];
  const test = conversionTest(state, { ...params, status } as ConversionFilter);
  return [...state.traffic.conversions.values()].filter((one) => reachesVisit(state, caller, one) && test(one));
};

interface Import extends Row {
  offer: number;
  pid: number;
  goal?: number;
  sum?: number;
  status?: ConversionStatus | "pending_cap";
  created_at?: string;
}

const importTime = (state: State, date: string | undefined): number => {
  const now = state.now();
  if (date === undefined) return now;
  const time = Date.parse(`${date}T12:00:00Z`);
  if (time > now + 62 * 86_400_000) throw rejected("created_at must not be later than two months from now");
  return time > now && time - now < 86_400_000 ? now : time;
};

const imported = (state: State, sent: Import, offer: Offer): Conversion => {
  const number = nextNumber(state, "conversion");
  const time = importTime(state, sent.created_at);
  const click = (state.traffic.clicksByOffer.get(offer.id) ?? []).find(({ affiliate }) => affiliate === sent.pid);
  const country = click?.country ?? countryOf(offer.countries[0] ?? "US") ?? countries[0];
  const profile = click?.profile ?? profiles[0];
  const [city] = country?.cities ?? [];
  if (!country || !profile || !city) throw rejected("Nothing is known of the visitor");
  const payments = payoutsFor(offer, sent.pid);
  const payment = payments.find(({ goal }) => sent.goal === undefined || goal === String(sent.goal)) ?? payments[0];
  const goalValue = String(sent.goal ?? payment?.goal ?? "1");
  const status = sent.status === "pending_cap" ? "pending" : (sent.status ?? "confirmed");
  return {
    id: objectId("conversion", number),
    number,
    time,
    updated: time,
    clickTime: time,
    offer: offer.id,
    advertiser: offer.advertiser,
    ...{ affiliate: sent.pid, country, city: click?.city ?? city, isp: click?.isp ?? "", profile },
    ...{ subs: click?.subs ?? ["", "", "", "", "", "", "", ""], landing: null, prelanding: null, smartlink: null },
    actionId: (sent.action_id as string | undefined) ?? null,
    clickId: (sent.click_id as string | undefined) ?? null,
    ...{ goal: goalTitles[Number(goalValue) - 1] ?? `Goal ${goalValue}`, goalValue, status, sum: sent.sum ?? null },
    ...priceOf(payment, sent.sum ?? null),
    currency: (payment?.currency ?? "USD").toUpperCase(),
    ...{ ip: (sent.ip as string | undefined) ?? "", referrer: "", comment: (sent.comment as string | undefined) ?? null },
    custom: Array.from({ length: 15 }, (_, index) => (sent[`custom_field_${index + 1}`] as string | undefined) ?? null),
    ...{ declineReason: status === "declined" ? "by_import" : null, fraudRisk: "not_analyzed", fraudType: [] },
    paymentType: payment?.type ?? "fixed",
    paymentStatus: "opened",
    invoice: null,
    holdUntil: null,
    promocode: null,
    imported: true,
  };
};

/** Checks every item before any is taken, so that a bad one refuses the whole list. */
const takeIn = (call: Call, items: readonly Import[]): void => {
  const { state, caller } = call;
  const made = items.map((item, index) => {
    const place = items.length > 1 ? `list[${index}]` : "";
    const offer = state.offers.get(item.offer);
    if (!offer || !reachesOffer(state, caller, offer)) throw rejected(`${place}offer ${item.offer} does not exist`);
    if (!state.affiliates.has(item.pid)) throw rejected(`${place}pid ${item.pid} does not exist`);
    return imported(state, item, offer);
  });
  enqueue(state, () => {
    for (const one of made) addConversion(state.traffic, one);
  });
};

/** Takes conversions in and echoes them; an affiliate's are its own, and say so nowhere. */
const importAll = (call: Call, items: readonly Row[]): Row[] => {
  const own = call.caller.kind === "affiliate" ? { pid: call.caller.affiliate.id } : undefined;
  takeIn(call, items.map((item) => ({ ...item, ...own })) as Import[]);
  const fields = ["offer", ...(own ? [] : ["pid"]), "action_id", "goal", "ip", "ua", "sum", "comment"];
  return items.map((item) => echo(item, ...fields));
};

const comes = (data: unknown): unknown => ({ status: 1, data, message: "Import will take a few minutes" });

export const conversionWrite: Routes = {
  "POST /3.0/admin/conversion/edit": (call) => {
    const { ids, all, params } = call.body;
    if (all === 1 && (params?.date_from === undefined || params.date_to === undefined)) {
      throw rejected("params[date_from] and params[date_to] are required when all is 1");
    }
    const found = all === 1 && params ? byFilter(call, params) : byIds(call, ids);
    return edit(call, found, call.body as Edit);
  },
  "POST /3.0/admin/conversion/edit-by-advertiser": (call) => {
    const { ids, advertiser_id } = call.body;
    const found = byIds(call, ids);
    const foreign = found.find(({ advertiser }) => advertiser !== advertiser_id);
    if (foreign) throw rejected(`ids holds ${foreign.id}, which belongs to another advertiser`);
    return edit(call, found, call.body as Edit);
  },
  "POST /3.0/admin/conversion/import": (call) => comes(importAll(call, [call.body])[0]),
  "POST /3.0/admin/conversions/import": (call) => comes({ list: importAll(call, call.body.list) }),
  "POST /4.0/affiliate/conversion/import": (call) => comes(importAll(call, [call.body])[0]),
  "POST /4.0/affiliate/conversions/import": (call) => comes({ list: importAll(call, call.body.list) }),
};
