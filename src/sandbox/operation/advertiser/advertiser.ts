import type { Advertiser } from "../../model/advertiser.js";
import { countBy } from "../../model/group.js";
import { apiKey, objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { take } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { refuseTakenEmail } from "../../rule/account.js";
import { denied, orNotFound, refused, rejected } from "../../rule/failure.js";
import { among, anyAmong, includesText, listed, pageWithNext, sorted } from "../../rule/paging.js";
import { reachesAdvertiser } from "../../rule/reach.js";
import { advertiserDetail, advertiserRow, writtenAdvertiser } from "../../view/advertiser.js";

const existing = (call: Call, id: string, level: "read" | "write"): Advertiser => {
  const advertiser = orNotFound(call.state.advertisers.get(id));
  if (!reachesAdvertiser(call.caller, advertiser, level)) throw denied();
  return advertiser;
};

const plain = [
  ...(["title", "contact", "skype", "url", "note", "address_1", "address_2", "city", "country", "zip_code", "vat_code"] as const),
  ...(["sign_clicks_integration", "hash_password", "skad_network_id", "tags", "disabled_choice_postback_status"] as const),
  ...(["hide_conversion_status", "hosts_only", "password", "status", "affiliates_enabled", "affiliates_disabled"] as const),
] as const;

const lines = (text: string): string[] => text.split(/[\r\n]+/).flatMap((line) => line.trim() || []);

const write = (state: State, one: Advertiser, body: BodyInput<"POST /3.0/admin/advertiser/{id}">): void => {
  if (body.manager && !state.users.has(body.manager)) throw rejected("manager is not the id of a manager");
  take(one, body, plain);
  if (body.email !== undefined) one.email = body.email.toLowerCase();
  if (body.manager !== undefined) one.manager = body.manager || null;
  if (body.allowed_ip !== undefined) one.allowed_ip = lines(body.allowed_ip);
  if (body.disallowed_ip !== undefined) one.disallowed_ip = lines(body.disallowed_ip);
  if (body.consider_personal_targeting_only !== undefined) {
    one.consider_personal_targeting_only = body.consider_personal_targeting_only === "true";
  }
  for (const number of ["1", "2"] as const) {
    const account = one.sub_accounts[number];
    account.value = body[`sub_account_${number}`] ?? account.value;
    const except = body[`sub_account_${number}_except`];
    account.except = except === undefined ? account.except : except === 1;
  }
  one.updated_at = state.now();
};

/** A new advertiser with nothing but a title; used by sign-up too. */
export const createAdvertiser = (state: State, body: BodyInput<"POST /3.0/admin/advertiser">): Advertiser => {
  refuseTakenEmail("Advertiser", state.advertisers.values(), body.email || undefined);
  const number = nextNumber(state, "advertiser");
  const now = state.now();
  const one: Advertiser = {
    id: objectId("advertiser", number),
    number,
    ...{ title: "", contact: "", email: "", skype: "", manager: null, url: "", address_1: "", address_2: "", city: "" },
    ...{ country: null, zip_code: "", vat_code: "", allowed_ip: [], disallowed_ip: [], consider_personal_targeting_only: false },
    ...{ tags: [], hash_password: "", skad_network_id: [], hide_conversion_status: false, hosts_only: false },
    ...{ sign_clicks_integration: "no_sign", note: "", created_at: now, updated_at: now, disabled_choice_postback_status: false },
    sub_accounts: { "1": { value: "", except: false }, "2": { value: "", except: false } },
    ...{ affiliates_enabled: [], affiliates_disabled: [], has_user: false, api_key: apiKey("advertiser", number) },
    ...{ password: "", status: "active", quirk: null },
  };
  write(state, one, body);
  state.advertisers.set(one.id, one);
  state.keys.set(one.api_key, { kind: "advertiser", advertiser: one });
  return one;
};

const changeAffiliate = (call: Call<"POST /3.0/admin/advertiser/enable-affiliate">, isDisabled: boolean): unknown => {
  const { state, body } = call;
  if (!state.affiliates.has(body.pid)) throw rejected("pid is not the id of an affiliate");
  const found = body.advertisers_id.map((id) => existing(call, id, "write"));
  const unchanged = found.filter((one) => one.affiliates_disabled.includes(body.pid) === isDisabled);
  for (const one of found) {
    one.affiliates_disabled = one.affiliates_disabled.filter((id) => id !== body.pid);
    if (isDisabled) one.affiliates_disabled.push(body.pid);
  }
  const [first] = unchanged;
  if (!first) return { status: 1, message: isDisabled ? "Affiliate disabled" : "Affiliate enabled" };
  return {
    status: 1,
    message: `Affiliate ${body.pid} is ${isDisabled ? "already" : "not"} blacklisted at advertiser ${first.title}`,
  };
};

export const advertiser: Routes = {
  "GET /3.0/admin/advertisers": ({ state, caller, query }) => {
    const counts = countBy([...state.offers.values()].map((offer) => offer.advertiser));
    const since = query.updated_at === undefined ? 0 : Date.parse(query.updated_at);
    const found = [...state.advertisers.values()].filter(
      (one) =>
        reachesAdvertiser(caller, one, "read") &&
        among(query.id, one.id) &&
        one.updated_at >= since &&
        (query.with_offers === undefined || counts.has(one.id)) &&
        (!query.name || includesText(one.title, query.name)) &&
        anyAmong(query.tags, one.tags ?? []),
    );
    const ordered = sorted(found, (one) => one[query.order ?? "id"], query.orderType ?? "asc");
    return listed("advertisers", pageWithNext(ordered, query), (one) => advertiserRow(state, one, counts.get(one.id) ?? 0));
  },
  "POST /3.0/admin/advertiser": ({ state, body }) => ({
    status: 1,
    advertiser: writtenAdvertiser(state, createAdvertiser(state, body)),
  }),
  "GET /3.0/admin/advertiser/{id}": (call) => ({
    status: 1,
    advertiser: advertiserDetail(call.state, existing(call, call.path.id, "read")),
  }),
  "POST /3.0/admin/advertiser/{id}": (call) => {
    const one = existing(call, call.path.id, "write");
    refuseTakenEmail("Advertiser", call.state.advertisers.values(), call.body.email || undefined, one);
    write(call.state, one, call.body);
    return { status: 1, advertiser: writtenAdvertiser(call.state, one) };
  },
  "POST /3.0/admin/advertiser/{id}/sendpass": (call) => {
    const one = existing(call, call.path.id, "write");
    if (!one.email) throw refused("Advertiser has no email");
    one.password = call.body.password ?? `Sandbox-${nextNumber(call.state, "key")}`;
    return { status: 1, message: "Password was sent" };
  },
  "POST /3.0/admin/advertiser/enable-affiliate": (call) => changeAffiliate(call, false),
  "POST /3.0/admin/advertiser/disable-affiliate": (call) => changeAffiliate(call, true),
};
