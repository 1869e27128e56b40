import type { Affiliate } from "../model/affiliate.js";
import { iso, spaced } from "../model/clock.js";
import { affiliatePermissions } from "../model/permission.js";
import type { State } from "../model/state.js";
import { balancesOf } from "../rule/ledger.js";
import { managerOf } from "./user.js";

const offerCounts = (state: State): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const offer of state.offers.values()) for (const id of offer.enabled) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

const tagNumber = (state: State, tag: string): number => {
  const known = state.tagNumbers.get(tag);
  if (known) return known;
  state.tagNumbers.set(tag, state.tagNumbers.size + 1);
  return state.tagNumbers.size;
};

const time = (affiliate: Affiliate, value: number): string =>
  affiliate.quirk === "zero" ? "0000-00-00 00:00:00" : spaced(value);

/** Who referred an affiliate: a text; on odd rows a number. */
const refOf = (state: State, { id, ref }: Affiliate): string | number | null =>
  ref === null || (state.ugly.has("affiliate") && id % 2 === 1) ? ref : String(ref);

const base = (state: State, affiliate: Affiliate, counts: Map<number, number>): Record<string, unknown> => {
  const balance = balancesOf(state, affiliate.id);
  return {
    id: affiliate.id,
    created_at: time(affiliate, affiliate.created_at),
    updated_at: time(affiliate, affiliate.updated_at),
    email: affiliate.email,
    login: affiliate.login,
    contactPerson: affiliate.contactPerson,
    ref_percent: affiliate.ref_percent,
    name: affiliate.name,
    notes: affiliate.notes,
    manager: managerOf(state, affiliate.manager),
    status: affiliate.status,
    payment_systems: affiliate.payment_systems.map(({ id, active, system, fields }) => ({
      ...{ id, active, system },
      fields: Object.keys(fields).length ? fields : [],
    })),
    customFields: affiliate.customFields,
    balance: Object.keys(balance).length ? balance : [],
    offersCount: counts.get(affiliate.id) ?? 0,
    api_key: affiliate.api_key,
    lang: affiliate.lang,
    address_1: affiliate.address_1,
    address_2: affiliate.address_2,
    city: affiliate.city,
    country: affiliate.country,
    zip_code: affiliate.zip_code,
    phone: affiliate.phone,
    ref: refOf(state, affiliate),
  };
};

/** Affiliates as the list prints them: tags as text, sub_accounts as a map, no level. */
export const affiliateRow = (state: State, affiliates: readonly Affiliate[]): Record<string, unknown>[] => {
  const counts = offerCounts(state);
  return affiliates.map((one) => ({ ...base(state, one, counts), tags: one.tags, sub_accounts: one.sub_accounts }));
};

/** An affiliate as creating and editing answer it. */
export const writtenAffiliate = (state: State, affiliate: Affiliate): Record<string, unknown> => ({
  ...base(state, affiliate, offerCounts(state)),
  sub_accounts: affiliate.sub_accounts,
});

/** One affiliate in full: tags with numbers, sub_accounts as a list. */
export const affiliateDetail = (state: State, affiliate: Affiliate): Record<string, unknown> => ({
  ...base(state, affiliate, offerCounts(state)),
  work_hours: affiliate.work_hours,
  created_by: null,
  updated_by: null,
  tipalti_payee_id: affiliate.tipalti_payee_id,
  tipalti_status: affiliate.tipalti_status,
  level: affiliate.level,
  sub_accounts: [affiliate.sub_accounts["1"], affiliate.sub_accounts["2"]],
  tags: affiliate.tags?.map((name) => ({ id: tagNumber(state, name), name })) ?? null,
});

const money = (value: number | undefined): string => (value ?? 0).toFixed(2);

/** What an affiliate's own key reads of itself; amounts are texts and the status is a number as text. */
export const ownProfile = (state: State, affiliate: Affiliate): Record<string, unknown> => {
  const manager = affiliate.manager === null ? undefined : state.users.get(affiliate.manager);
  const usd = balancesOf(state, affiliate.id).USD;
  const rub = balancesOf(state, affiliate.id).RUB;
  return {
    partner_id: affiliate.id,
    needAcceptTerms: false,
    manager: manager
      ? {
          name: `${manager.first_name} ${manager.last_name}`,
          email: manager.email,
          skype: manager.skype ?? "",
          work_hours: manager.work_hours ?? "",
        }
      : null,
    id: affiliate.objectId,
    api_key: affiliate.api_key,
    info: null,
    created_at: iso(affiliate.created_at),
    settings: null,
    email: affiliate.email,
    login: affiliate.login,
    name: affiliate.name,
    company: affiliate.login,
    status: affiliate.status === "active" ? "1" : "0",
    updated_at: iso(affiliate.updated_at),
    confirm_code: null,
    ref: affiliate.ref === null ? null : String(affiliate.ref),
    lang: affiliate.lang ?? "en",
    timezone: affiliate.timezone,
    level: affiliate.level,
    manager_id: affiliate.manager ?? "",
    notes: "",
    ref_percent: affiliate.ref_percent || null,
    pay_sys: affiliate.payment_systems[0]?.system ?? null,
    pay_acc: Object.values(affiliate.payment_systems[0]?.fields ?? {})[0] ?? "",
    pay_acc_wmz: "",
    ...{ balance_ru: money(rub?.balance), hold_ru: money(rub?.hold), available_ru: money(rub?.available) },
    ...{ balance_usd: money(usd?.balance), hold_usd: money(usd?.hold), available_usd: money(usd?.available) },
    address_1: affiliate.address_1,
    address_2: affiliate.address_2,
    city: affiliate.city,
    country: affiliate.country ?? "",
    zip_code: affiliate.zip_code,
    phone: affiliate.phone,
    shave: null,
    sub_accounts: affiliate.sub_accounts,
    type: "affiliate",
    permissions: affiliatePermissions(),
    work_hours: affiliate.work_hours ?? "",
    last_login_at: iso(affiliate.updated_at),
  };
};
