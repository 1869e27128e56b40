import { reachesAdvertiser } from "./access.js";
import { iso, spaced } from "./clock.js";
import { denied, notFound, refused, rejected } from "./failure.js";
import { among, includesText, pageWithNext, sorted } from "./paging.js";
import { apiKey, objectId } from "./random.js";
import type { BodyInput, Call, Operation, Routes } from "./route.js";
import { nextNumber, type State } from "./state.js";
import { managerOf } from "./user.js";

/** An advertiser, supplier on the wire. */
export interface Advertiser {
  id: string;
  number: number;
  title: string;
  contact: string;
  email: string;
  skype: string | null;
  manager: string | null;
  url: string;
  address_1: string | null;
  address_2: string | null;
  city: string;
  country: string | null;
  zip_code: string;
  vat_code: string;
  allowed_ip: string[] | null;
  disallowed_ip: string[] | null;
  consider_personal_targeting_only: boolean;
  tags: string[] | null;
  hash_password: string;
  skad_network_id: string[];
  hide_conversion_status: boolean;
  hosts_only: boolean;
  sign_clicks_integration: string;
  sub_accounts: Record<"1" | "2", { value: string | null; except: boolean }>;
  note: string | null;
  created_at: number;
  updated_at: number;
  disabled_choice_postback_status: boolean;
  affiliates_enabled: number[];
  affiliates_disabled: number[];
  has_user: boolean;
  api_key: string;
  password: string;
  status: string;
  /** Which ugly form the row takes, if any; see the seed. */
  quirk: string | null;
}

const base = (state: State, one: Advertiser, time: (value: number) => string): Record<string, unknown> => ({
  id: one.id,
  title: one.title,
  contact: one.contact,
  skype: one.skype,
  manager: one.manager,
  manager_obj: managerOf(state, one.manager),
  url: one.url,
  email: one.email,
  allowed_ip: one.allowed_ip,
  disallowed_ip: one.disallowed_ip,
  address_1: one.address_1,
  address_2: one.address_2,
  city: one.city,
  country: one.country,
  zip_code: one.zip_code,
  vat_code: one.vat_code,
  sub_accounts: one.sub_accounts,
  consider_personal_targeting_only: one.consider_personal_targeting_only,
  tags: one.tags,
  hash_password: one.hash_password,
  skad_network_id: one.skad_network_id,
  hide_conversion_status: one.hide_conversion_status,
  hosts_only: one.hosts_only,
  sign_clicks_integration: one.sign_clicks_integration,
  note: one.note,
  created_at: one.quirk === "zero" ? "0000-00-00 00:00:00" : time(one.created_at),
  updated_at: one.quirk === "zero" ? "0000-00-00 00:00:00" : time(one.updated_at),
});

const references = (state: State, ids: readonly number[]): Record<string, unknown>[] =>
  ids.map((id) => ({ id, name: state.affiliates.get(id)?.name ?? null }));

const affiliates = (state: State, one: Advertiser): Record<string, unknown> => ({
  affiliates_enabled: references(state, one.affiliates_enabled),
  affiliates_disabled: references(state, one.affiliates_disabled),
});

const listRow = (state: State, one: Advertiser, offers: number): Record<string, unknown> => {
  const manager = one.manager === null ? undefined : state.users.get(one.manager);
  return {
    ...base(state, one, spaced),
    ...(one.quirk === "name" && manager ? { manager: `${manager.first_name} ${manager.last_name}` } : {}),
    ...affiliates(state, one),
    offers: one.quirk === "zero" ? String(offers) : offers,
    has_user: one.has_user,
  };
};

const detail = (state: State, one: Advertiser): Record<string, unknown> => ({
  ...base(state, one, iso),
  disabled_choice_postback_status: one.disabled_choice_postback_status,
  ...affiliates(state, one),
});

const written = (state: State, one: Advertiser): Record<string, unknown> => ({
  ...base(state, one, spaced),
  disabled_choice_postback_status: one.disabled_choice_postback_status,
  affiliates_enabled: one.affiliates_enabled,
  affiliates_disabled: one.affiliates_disabled,
});

const offerCounts = (state: State): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { advertiser } of state.offers.values()) counts.set(advertiser, (counts.get(advertiser) ?? 0) + 1);
  return counts;
};

const existing = (call: Call<Operation>, id: string, level: "read" | "write"): Advertiser => {
  const advertiser = call.state.advertisers.get(id);
  if (!advertiser) throw notFound();
  if (!reachesAdvertiser(call.caller, advertiser, level)) throw denied();
  return advertiser;
};

const refuseTakenEmail = (state: State, email: string | undefined, own?: Advertiser): void => {
  const taken = [...state.advertisers.values()].some(
    (one) => one !== own && one.email !== "" && one.email === email?.toLowerCase(),
  );
  if (email && taken) throw refused("Advertiser with this email already exists");
};

const plain = [
  ...(["title", "contact", "skype", "url", "note", "address_1", "address_2", "city", "country", "zip_code", "vat_code"] as const),
  ...(["sign_clicks_integration", "hash_password", "skad_network_id", "tags", "disabled_choice_postback_status"] as const),
  ...(["hide_conversion_status", "hosts_only", "password", "status"] as const),
] as const;

const lines = (text: string): string[] => text.split(/[\r\n]+/).flatMap((line) => line.trim() || []);

const write = (state: State, one: Advertiser, body: BodyInput<"POST /3.0/admin/advertiser/{id}">): void => {
  if (body.manager && !state.users.has(body.manager)) throw rejected("manager is not the id of a manager");
  Object.assign(one, Object.fromEntries(plain.filter((field) => body[field] !== undefined).map((field) => [field, body[field]])));
  if (body.email !== undefined) one.email = body.email.toLowerCase();
  if (body.manager !== undefined) one.manager = body.manager || null;
  if (body.allowed_ip !== undefined) one.allowed_ip = lines(body.allowed_ip);
  if (body.disallowed_ip !== undefined) one.disallowed_ip = lines(body.disallowed_ip);
  if (body.consider_personal_targeting_only !== undefined) {
    one.consider_personal_targeting_only = body.consider_personal_targeting_only === "true";
  }
  if (body.affiliates_enabled) one.affiliates_enabled = [...body.affiliates_enabled];
  if (body.affiliates_disabled) one.affiliates_disabled = [...body.affiliates_disabled];
  for (const number of ["1", "2"] as const) {
    const account = one.sub_accounts[number];
    account.value = body[`sub_account_${number}`] ?? account.value;
    const except = body[`sub_account_${number}_except`];
    account.except = except === undefined ? account.except : except === 1;
  }
  one.updated_at = state.now().getTime();
};

/** A new advertiser with nothing but a title; used by sign-up too. */
export const createAdvertiser = (state: State, body: BodyInput<"POST /3.0/admin/advertiser">): Advertiser => {
  refuseTakenEmail(state, body.email);
  const number = nextNumber(state, "advertiser");
  const now = state.now().getTime();
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
  state.keys.set(one.api_key, { kind: "advertiser", id: one.id });
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
    const counts = offerCounts(state);
    const since = query.updated_at === undefined ? 0 : Date.parse(query.updated_at);
    const found = [...state.advertisers.values()].filter(
      (one) =>
        reachesAdvertiser(caller, one, "read") &&
        among(query.id, one.id) &&
        one.updated_at >= since &&
        (query.with_offers === undefined || counts.has(one.id)) &&
        (!query.name || includesText(one.title, query.name)) &&
        (!query.tags?.length || query.tags.some((tag) => one.tags?.includes(tag))),
    );
    const ordered = sorted(found, (one) => one[query.order ?? "id"], query.orderType ?? "asc");
    const { rows, pagination } = pageWithNext(ordered, { page: query.page ?? 1, limit: query.limit ?? 100 });
    return { status: 1, advertisers: rows.map((one) => listRow(state, one, counts.get(one.id) ?? 0)), pagination };
  },
  "POST /3.0/admin/advertiser": ({ state, body }) => ({ status: 1, advertiser: written(state, createAdvertiser(state, body)) }),
  "GET /3.0/admin/advertiser/{id}": (call) => ({
    status: 1,
    advertiser: detail(call.state, existing(call, call.path.id, "read")),
  }),
  "POST /3.0/admin/advertiser/{id}": (call) => {
    const one = existing(call, call.path.id, "write");
    refuseTakenEmail(call.state, call.body.email, one);
    write(call.state, one, call.body);
    return { status: 1, advertiser: written(call.state, one) };
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
