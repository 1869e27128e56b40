import type { Caller } from "../model/caller.js";
import type { Offer } from "../model/offer.js";
import type { Query } from "../model/route.js";
import type { State } from "../model/state.js";
import { currentValue } from "./cap.js";
import { figuresOf } from "./offer-figures.js";
import { among, anyAmong, includesText, sorted } from "./paging.js";
import { isVisibleTo, reachesOffer } from "./reach.js";

type Filter = Query<"GET /3.0/offers">;

type Test = (offer: Offer) => boolean;

const privacyNumbers = { public: 0, premoderated: 1, private: 2 } as const;

const osOf = (offer: Offer): string[] => {
  const names = offer.targeting.flatMap((group) => (group.os as { allow?: { name: string }[] } | undefined)?.allow ?? []);
  return names.map(({ name }) => name);
};

/** A cap of the type, open to the country, has been reached. */
export const hasFullCap = (state: State, offer: Offer, types: readonly string[], country?: string): boolean =>
  offer.caps.some(
    (cap) =>
      (!types.length || types.includes(cap.type)) &&
      (country === undefined || cap.country_type !== "exact" || cap.country.includes(country)) &&
      currentValue(state, offer, cap) >= cap.value,
  );

const visibility = (state: State, caller: Caller, query: Filter): Test => {
  if (caller.kind === "affiliate") return (offer) => isVisibleTo(state, offer, caller.affiliate);
  const statuses: readonly string[] = caller.kind === "admin" ? (query.status ?? ["active"]) : ["active"];
  return (offer) => statuses.includes(offer.status) && reachesOffer(state, caller, offer);
};

const managedBy = (state: State, managers: readonly string[] | undefined): Test => {
  if (!managers?.length) return () => true;
  return (offer) => managers.includes(state.advertisers.get(offer.advertiser)?.manager ?? "");
};

const tests = (state: State, query: Filter): Test[] => {
  const { q = "", bundle_id, external_offer_id, is_top } = query;
  const since = query.updated_at === undefined ? 0 : Date.parse(query.updated_at);
  const ids = query.int_id?.length ? new Set(query.int_id) : undefined;
  const countries = query.countries?.map((code) => code.toUpperCase());
  return [
    (offer) => !ids || ids.has(offer.id),
    (offer) => among(query.ids, offer.offer_id),
    (offer) => !q || includesText(offer.title, q) || String(offer.id) === q.trim(),
    (offer) => !countries?.length || !offer.countries.length || anyAmong(countries, offer.countries),
    (offer) => anyAmong(query.os, query.os?.length ? osOf(offer) : []),
    (offer) => anyAmong(query.categories, offer.categories),
    (offer) => among(query.advertiser, offer.advertiser),
    (offer) => among<number>(query.privacy, privacyNumbers[offer.privacy]),
    (offer) => offer.updated_at >= since,
    (offer) => is_top === undefined || Number(offer.columns.is_top ?? 0) === is_top,
    (offer) => bundle_id === undefined || offer.columns.bundle_id === bundle_id,
    (offer) => anyAmong(query.smartlink_categories, offer.smartlink_categories),
    (offer) => external_offer_id === undefined || offer.columns.external_offer_id === external_offer_id,
    managedBy(state, query.advertiser_manager_id),
  ];
};

const capValue = (offer: Offer, period: string): number | null => offer.caps.find((cap) => cap.period === period)?.value ?? null;

type SortKey = keyof NonNullable<Filter["sort"]>;

const sortValues: Record<SortKey, (state: State, offer: Offer) => string | number | null> = {
  id: (_, offer) => offer.id,
  title: (_, offer) => offer.title.toLowerCase(),
  cr: (state, offer) => figuresOf(state, offer).cr,
  epc: (state, offer) => figuresOf(state, offer).epc,
  is_top: (_, offer) => Number(offer.columns.is_top ?? 0),
  created: (_, offer) => offer.created_at,
  revenue: (_, offer) => offer.payments[0]?.revenue ?? null,
  daily_cap: (_, offer) => capValue(offer, "day"),
  total_cap: (_, offer) => capValue(offer, "all"),
};

/** Sorts offers as sort[id]=asc asks. */
export const sortOffers = (state: State, offers: readonly Offer[], sort: Filter["sort"]): Offer[] => {
  const [entry] = Object.entries(sort ?? {}) as [SortKey, "asc" | "desc"][];
  if (!entry) return [...offers];
  return sorted(offers, (offer) => sortValues[entry[0]](state, offer), entry[1]);
};

/** The offers that the caller sees and the filters let through, sorted. */
export const findOffers = (state: State, caller: Caller, query: Filter): Offer[] => {
  const all = [visibility(state, caller, query), ...tests(state, query)];
  const { caps_type, caps_country } = query;
  if (caps_type !== undefined || caps_country !== undefined) {
    const types = caps_type === undefined ? [] : [caps_type];
    all.push((offer) => !hasFullCap(state, offer, types, caps_country?.toUpperCase()));
  }
  const found = [...state.offers.values()].filter((offer) => all.every((test) => test(offer)));
  return sortOffers(state, found, query.sort);
};
