import type { Advertiser } from "../model/advertiser.js";
import { iso, spaced } from "../model/clock.js";
import type { State } from "../model/state.js";
import { managerOf } from "./user.js";

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

export const advertiserRow = (state: State, one: Advertiser, offers: number): Record<string, unknown> => {
  const manager = one.manager === null ? undefined : state.users.get(one.manager);
  return {
    ...base(state, one, spaced),
    ...(one.quirk === "name" && manager ? { manager: `${manager.first_name} ${manager.last_name}` } : {}),
    ...affiliates(state, one),
    offers: one.quirk === "zero" ? String(offers) : offers,
    has_user: one.has_user,
  };
};

export const advertiserDetail = (state: State, one: Advertiser): Record<string, unknown> => ({
  ...base(state, one, iso),
  disabled_choice_postback_status: one.disabled_choice_postback_status,
  ...affiliates(state, one),
});

export const writtenAdvertiser = (state: State, one: Advertiser): Record<string, unknown> => ({
  ...base(state, one, spaced),
  disabled_choice_postback_status: one.disabled_choice_postback_status,
  affiliates_enabled: one.affiliates_enabled,
  affiliates_disabled: one.affiliates_disabled,
});
