import type { Affiliate } from "../../model/affiliate.js";
import { apiKey, longHex, objectId } from "../../model/random.js";
import { optionNames } from "../../model/reference.js";
import type { BodyInput, Call, Query, Routes } from "../../model/route.js";
import { pick, take } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { refuseTakenEmail, rotateKey, signIn } from "../../rule/account.js";
import { denied, Failure, notFound, refused, rejected } from "../../rule/failure.js";
import { balancesOf } from "../../rule/ledger.js";
import { among, includesText, page, pageWithNext, sorted } from "../../rule/paging.js";
import { existingAffiliate, reachesAffiliate } from "../../rule/reach.js";
import { affiliateDetail, affiliateRow, ownProfile, writtenAffiliate } from "../../view/affiliate.js";

const own = (call: Call): Affiliate => {
  if (call.caller.kind !== "affiliate") throw denied();
  return call.caller.affiliate;
};

const matches = (query: Query<"GET /3.0/admin/partners">) => {
  const since = query.updated_at === undefined ? 0 : Date.parse(query.updated_at);
  const search = query.search ?? "";
  return (one: Affiliate): boolean =>
    among(query.id, one.id) &&
    one.updated_at >= since &&
    among(query.status, one.status) &&
    among<string | null>(query.manager, one.manager) &&
    (!search || [one.email, one.login, one.name].some((text) => includesText(text, search))) &&
    (!query.field?.length || one.customFields.some((field) => query.field?.includes(String(field.value))));
};

const ordered = (list: readonly Affiliate[], { order = "id", orderType }: Query<"GET /3.0/admin/partners">): Affiliate[] => {
  const direction = order.startsWith("-") ? "desc" : (orderType ?? "asc");
  const column = order.replace("-", "");
  return sorted(list, (one) => (column === "created_at" || column === "updated_at" ? one[column] : one.id), direction);
};

/** Puts an affiliate among those connected to offers or shut out of them, and takes it from the others. */
const writeOffers = (state: State, id: number, to: "enabled" | "disabled", offers: readonly number[] = []): void => {
  for (const offer of offers.flatMap((number) => state.offers.get(number) ?? [])) {
    offer[to].add(id);
    offer[to === "enabled" ? "disabled" : "enabled"].delete(id);
  }
};

const writeAdvertisers = (state: State, id: number, enabled: readonly string[], disabled: readonly string[]): void => {
  for (const key of [...enabled, ...disabled]) {
    const advertiser = state.advertisers.get(key);
    if (!advertiser) continue;
    advertiser.affiliates_enabled = advertiser.affiliates_enabled.filter((one) => one !== id);
    advertiser.affiliates_disabled = advertiser.affiliates_disabled.filter((one) => one !== id);
    (disabled.includes(key) ? advertiser.affiliates_disabled : advertiser.affiliates_enabled).push(id);
  }
};

type Input = BodyInput<"POST /3.0/admin/partner/{id}">;

const writeLists = (state: State, affiliate: Affiliate, body: Input): void => {
  // Tags are only ever added; no request removes one.
  if (body.tags) affiliate.tags = [...new Set([...(affiliate.tags ?? []), ...body.tags])];
  if (body.payment_systems) {
    affiliate.payment_systems = body.payment_systems.map(({ system_id = 1, currency = "USD", fields = {} }) => {
      const system = state.paymentSystems.find((one) => one.id === system_id);
      return { id: system_id, active: 1, system: system?.lang_label ?? `System ${system_id}`, currency, fields };
    });
  }
  for (const [key, value] of Object.entries(body.custom_fields ?? {})) {
    const field = state.customFields.find((one) => one.id === Number(key));
    if (!field) continue;
    affiliate.customFields = affiliate.customFields.filter((one) => one.id !== field.id);
    affiliate.customFields.push({ id: field.id, name: field.name, value, label: optionNames(field.id, value) });
  }
  writeOffers(state, affiliate.id, "enabled", body.enabledOffers);
  writeOffers(state, affiliate.id, "disabled", body.disabledOffers);
  writeAdvertisers(state, affiliate.id, body.enabledAdvertisers ?? [], body.disabledAdvertisers ?? []);
  const smartlinks = new Set([...affiliate.enabledSmartlinks, ...(body.enabledSmartlinks ?? [])]);
  for (const id of body.disabledSmartlinks ?? []) smartlinks.delete(id);
  affiliate.enabledSmartlinks = [...smartlinks];
  affiliate.disabledSmartlinks = [...new Set([...affiliate.disabledSmartlinks, ...(body.disabledSmartlinks ?? [])])];
};

const write = (state: State, affiliate: Affiliate, body: Input): void => {
  if (body.manager_id && !state.users.has(body.manager_id)) throw rejected("manager_id is not the id of a manager");
  take(affiliate, body, ["password", "login", "notes", "ref", "ref_percent", "country", "status", "level"]);
  if (body.email !== undefined) affiliate.email = body.email.toLowerCase();
  if (body.login !== undefined) affiliate.name = body.login;
  if (body.contact_person !== undefined) affiliate.contactPerson = body.contact_person;
  if (body.manager_id !== undefined) affiliate.manager = body.manager_id || null;
  if (body.tipalti_payee_id !== undefined) affiliate.tipalti_payee_id = String(body.tipalti_payee_id);
  for (const number of ["1", "2"] as const) {
    const account = affiliate.sub_accounts[number];
    account.value = body[`sub_account_${number}`] ?? account.value;
    account.except = body[`sub_account_${number}_except`] ?? account.except;
  }
  writeLists(state, affiliate, body);
  affiliate.updated_at = state.now();
};

const blank = (id: number, now: number): Affiliate => ({
  id,
  objectId: objectId("affiliate", id),
  ...{ email: "", login: "", contactPerson: "", ref_percent: "", name: "", notes: "", manager: null },
  status: "active",
  ...{ payment_systems: [], customFields: [], api_key: apiKey("affiliate", id), lang: "en", timezone: "UTC" },
  ...{ address_1: "", address_2: "", city: "", country: null, zip_code: "", phone: "", ref: null, level: 0 },
  ...{ work_hours: "", tipalti_payee_id: null, tipalti_status: null, tags: [] },
  sub_accounts: { "1": { value: "", except: 0 }, "2": { value: "", except: 0 } },
  ...{ created_at: now, updated_at: now, password: "", enabledSmartlinks: [], disabledSmartlinks: [], quirk: null },
});

const rotateOwnKey = (call: Call): unknown => rotateKey(call.state, own(call), "affiliate");

export const affiliate: Routes = {
  "GET /3.0/admin/partners": ({ state, caller, query }) => {
    const matched = [...state.affiliates.values()].filter(matches(query));
    const seen = matched.filter((one) => reachesAffiliate(caller, one, "read"));
    const { rows, pagination } = pageWithNext(ordered(seen, query), { limit: 50, ...query });
    return { status: 1, partners: affiliateRow(state, rows), pagination };
  },
  "POST /3.0/admin/partner": ({ state, body }) => {
    refuseTakenEmail("Affiliate", state.affiliates.values(), body.email);
    if (body.notify === 1 && !body.login) throw new Failure(400, { login: "login is required when notify is 1" });
    const id = nextNumber(state, "affiliate");
    const made = blank(id, state.now());
    write(state, made, body);
    state.affiliates.set(id, made);
    state.keys.set(made.api_key, { kind: "affiliate", affiliate: made });
    return { status: 1, partner: writtenAffiliate(state, made), id };
  },
  "GET /3.0/admin/partner/{id}": (call) => {
    const found = existingAffiliate(call, call.path.id, "read");
    return { status: 1, partner: affiliateDetail(call.state, found), id: found.id };
  },
  "POST /3.0/admin/partner/{id}": (call) => {
    const found = existingAffiliate(call, call.path.id, "write");
    refuseTakenEmail("Affiliate", call.state.affiliates.values(), call.body.email, found);
    write(call.state, found, call.body);
    return { status: 1, partner: writtenAffiliate(call.state, found), id: found.id };
  },
  "POST /3.0/admin/partners/mass-update": ({ state, caller, body }) => {
    if (body.manager_id === undefined && body.status === undefined) throw rejected("manager_id or status is required");
    const found = body.id.flatMap((id) => state.affiliates.get(id) ?? []);
    if (!found.length) throw notFound();
    if (found.some((one) => !reachesAffiliate(caller, one, "write"))) throw denied();
    for (const one of found) write(state, one, { manager_id: body.manager_id, status: body.status });
    return { status: 1 };
  },
  "POST /3.0/admin/partner/password/{id}": (call) => {
    const found = existingAffiliate(call, call.path.id, "write");
    found.password = longHex("password:affiliate", nextNumber(call.state, "key")).slice(0, 10);
    return { status: 1, partner: { id: found.id, password: found.password } };
  },
  "POST /3.0/admin/partner/{id}/locale": (call) => {
    const found = existingAffiliate(call, call.path.id, "write");
    take(found, call.body, ["lang", "timezone"]);
    return { status: 1, message: "Locale updated" };
  },
  "POST /3.1/partner/auth": ({ state, body }) => {
    const found = signIn(state.affiliates.values(), body);
    if (found.status === "not active") throw refused("Affiliate is not active");
    const url = `https://panel.sandbox.example/v2/autologin?hash=${longHex("autologin", found.id)}`;
    return { status: 1, url, affiliate: pick(found, "id", "email", "status") };
  },
  "GET /3.0/admin/partner/{id}/referrals": (call) => {
    const found = existingAffiliate(call, call.path.id, "read");
    const referred = [...call.state.affiliates.values()].filter((one) => one.ref === found.id);
    const { rows, pagination } = page(referred, {});
    const list = rows.map((one) => writtenAffiliate(call.state, one));
    // Affise's own test data has a map by id, the reference a list.
    const isList = !rows.length || (call.state.ugly.has("affiliate") && found.id % 2 === 1);
    const referrals = isList ? list : Object.fromEntries(rows.map((one, index) => [one.id, list[index]]));
    return { status: 1, referrals, pagination };
  },
  "GET /3.1/partner/me": (call) => ({ status: 1, user: ownProfile(call.state, own(call)) }),
  "POST /3.1/partner/api-key": rotateOwnKey,
  "POST /3.1/partner/api_key": rotateOwnKey,
  "GET /3.0/balance": (call) => {
    const balances = balancesOf(call.state, own(call).id);
    if (call.state.ugly.has("affiliate")) return { status: 1, balance: balances };
    const entries = Object.entries(balances);
    const pick = (part: "balance" | "hold" | "available"): Record<string, number> =>
      Object.fromEntries(entries.map(([currency, money]) => [currency, money[part]]));
    return { status: 1, balance: { balance: pick("balance"), hold: pick("hold"), available: pick("available") } };
  },
};
