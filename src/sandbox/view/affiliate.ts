import type { Affiliate } from "../model/affiliate.js";
import { iso, spaced } from "../model/clock.js";
import { countBy } from "../model/group.js";
import { affiliatePermissions } from "../model/permission.js";
import { pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import { balancesOf } from "../rule/ledger.js";
import { managerOf } from "./user.js";

const offerCounts = (state: State): Map<number, number> =>
  countBy([...state.offers.values()].flatMap(({ enabled }) => [...enabled]));

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

const base = (state: State, affiliate: Affiliate, counts: Map<number, number>): Row => {
  const balance = balancesOf(state, affiliate.id);
  return {
    id: affiliate.id,
    created_at: time(affiliate, affiliate.created_at),
    updated_at: time(affiliate, affiliate.updated_at),
    ...pick(affiliate, "email", "login", "contactPerson", "ref_percent", "name", "notes"),
    manager: managerOf(state, affiliate.manager),
    status: affiliate.status,
    payment_systems: affiliate.payment_systems.map((one) => ({
      ...pick(one, "id", "active", "system"),
      fields: Object.keys(one.fields).length ? one.fields : [],
    })),
    customFields: affiliate.customFields,
    balance: Object.keys(balance).length ? balance : [],
    offersCount: counts.get(affiliate.id) ?? 0,
    ...pick(affiliate, "api_key", "lang", "address_1", "address_2", "city", "country", "zip_code", "phone"),
    ref: refOf(state, affiliate),
  };
};

/** Affiliates as the list prints them: tags as text, sub_accounts as a map, no level. */
export const affiliateRow = (state: State, affiliates: readonly Affiliate[]): Row[] => {
  const counts = offerCounts(state);
  return affiliates.map((one) => ({ ...base(state, one, counts), ...pick(one, "tags", "sub_accounts") }));
};

/** An affiliate as creating and editing answer it. */
export const writtenAffiliate = (state: State, affiliate: Affiliate): Row => ({
  ...base(state, affiliate, offerCounts(state)),
  sub_accounts: affiliate.sub_accounts,
});

/** One affiliate in full: tags with numbers, sub_accounts as a list. */
export const affiliateDetail = (state: State, affiliate: Affiliate): Row => ({
  ...base(state, affiliate, offerCounts(state)),
  work_hours: affiliate.work_hours,
  created_by: null,
  updated_by: null,
  ...pick(affiliate, "tipalti_payee_id", "tipalti_status", "level"),
  sub_accounts: [affiliate.sub_accounts["1"], affiliate.sub_accounts["2"]],
  tags: affiliate.tags?.map((name) => ({ id: tagNumber(state, name), name })) ?? null,
});

const money = (value: number | undefined): string => (value ?? 0).toFixed(2);

/** What an affiliate's own key reads of itself; amounts are texts and the status is a number as text. */
export const ownProfile = (state: State, affiliate: Affiliate): Row => {
  const manager = affiliate.manager === null ? undefined : state.users.get(affiliate.manager);
  const { USD: usd, RUB: rub } = balancesOf(state, affiliate.id);
  const [system] = affiliate.payment_systems;
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
    ...pick(affiliate, "email", "login", "name"),
    company: affiliate.login,
    status: affiliate.status === "active" ? "1" : "0",
    updated_at: iso(affiliate.updated_at),
    confirm_code: null,
    ref: affiliate.ref === null ? null : String(affiliate.ref),
    lang: affiliate.lang ?? "en",
    ...pick(affiliate, "timezone", "level"),
    manager_id: affiliate.manager ?? "",
    notes: "",
    ref_percent: affiliate.ref_percent || null,
    pay_sys: system?.system ?? null,
    pay_acc: Object.values(system?.fields ?? {})[0] ?? "",
    pay_acc_wmz: "",
    ...{ balance_ru: money(rub?.balance), hold_ru: money(rub?.hold), available_ru: money(rub?.available) },
    ...{ balance_usd: money(usd?.balance), hold_usd: money(usd?.hold), available_usd: money(usd?.available) },
    ...pick(affiliate, "address_1", "address_2", "city"),
    country: affiliate.country ?? "",
    ...pick(affiliate, "zip_code", "phone"),
    shave: null,
    sub_accounts: affiliate.sub_accounts,
    type: "affiliate",
    permissions: affiliatePermissions(),
    work_hours: affiliate.work_hours ?? "",
    last_login_at: iso(affiliate.updated_at),
  };
};
