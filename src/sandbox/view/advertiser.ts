import type { Advertiser } from "../model/advertiser.js";
import { iso, spaced } from "../model/clock.js";
import { pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { managerOf } from "./user.js";

const base = (state: State, one: Advertiser, time: (value: number) => string): Row => ({
  ...pick(one, "id", "title", "contact", "skype", "manager"),
  manager_obj: managerOf(state, one.manager),
  ...pick(one, "url", "email", "allowed_ip", "disallowed_ip", "address_1", "address_2", "city", "country", "zip_code"),
  ...pick(one, "vat_code", "sub_accounts", "consider_personal_targeting_only", "tags", "hash_password", "skad_network_id"),
  ...pick(one, "hide_conversion_status", "hosts_only", "sign_clicks_integration", "note"),
  created_at: one.quirk === "zero" ? "0000-00-00 00:00:00" : time(one.created_at),
  updated_at: one.quirk === "zero" ? "0000-00-00 00:00:00" : time(one.updated_at),
});

const references = (state: State, ids: readonly number[]): Row[] =>
  ids.map((id) => ({ id, name: state.affiliates.get(id)?.name ?? null }));

const affiliates = (state: State, one: Advertiser): Row => ({
  affiliates_enabled: references(state, one.affiliates_enabled),
  affiliates_disabled: references(state, one.affiliates_disabled),
});

export const advertiserRow = (state: State, one: Advertiser, offers: number): Row => {
  const manager = one.manager === null ? undefined : state.users.get(one.manager);
  return {
    ...base(state, one, spaced),
    ...(one.quirk === "name" && manager ? { manager: `${manager.first_name} ${manager.last_name}` } : {}),
    ...affiliates(state, one),
    offers: one.quirk === "zero" ? String(offers) : offers,
    has_user: one.has_user,
  };
};

export const advertiserDetail = (state: State, one: Advertiser): Row => ({
  ...base(state, one, iso),
  disabled_choice_postback_status: one.disabled_choice_postback_status,
  ...affiliates(state, one),
});

export const writtenAdvertiser = (state: State, one: Advertiser): Row => ({
  ...base(state, one, spaced),
  ...pick(one, "disabled_choice_postback_status", "affiliates_enabled", "affiliates_disabled"),
});
