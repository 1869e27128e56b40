import type { Row } from "../model/row.js";
import type { State } from "../model/state.js";
import type { Visit } from "../model/traffic.js";

/** What a filter is given: one value, or several of which one is enough. */
export type Wanted = string | number | readonly (string | number)[] | null | undefined;

/** What a filter looks at in a visit, by the name of the filter: one value, or several of which one is enough; nothing fits no filter. */
export type Features<V> = Readonly<Record<string, (visit: V) => Wanted>>;

const inSmall = (value: string | number): string => String(value).toLowerCase();

/** Tests whether a feature has one of the wanted values, in small letters or capitals; undefined where nothing is asked for. */
export const featureTest = <V>(feature: (visit: V) => Wanted, wanted: Wanted): ((visit: V) => boolean) | undefined => {
  const values = new Set([wanted ?? []].flat().map(inSmall));
  if (!values.size) return undefined;
  return (visit) => {
    const found = feature(visit);
    if (typeof found === "object") return found?.some((one) => values.has(inSmall(one))) ?? false;
    return found !== undefined && values.has(inSmall(found));
  };
};

/** The tests of those features that a filter asks for. */
export const featureTests = <V>(features: Features<V>, filter: Row): ((visit: V) => boolean)[] =>
  Object.entries(features).flatMap(([name, feature]) => featureTest(feature, filter[name] as Wanted) ?? []);

/** Features by a name and their places, from 1: sub1, sub2 and so on. */
export const featuresByPlace = <V>(name: string, count: number, read: (visit: V, at: number) => Wanted): Features<V> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at + 1}`, (visit: V) => read(visit, at)]));

/** The features of every visit. */
export const visitFeatures = (state: State) =>
  ({
    offer: ({ offer }) => offer,
    partner: ({ affiliate }) => affiliate,
    advertiser: ({ advertiser }) => advertiser,
    supplier: ({ advertiser }) => advertiser,
    affiliate_manager_id: ({ affiliate }) => state.affiliates.get(affiliate)?.manager,
    manager: ({ affiliate }) => state.affiliates.get(affiliate)?.manager,
    advertiser_manager_id: ({ advertiser }) => state.advertisers.get(advertiser)?.manager,
    country: ({ country }) => country.code,
    city: ({ city }) => [city.name, city.id],
    os: ({ profile }) => profile.os,
    device: ({ profile }) => profile.device,
    smart_id: ({ smartlink }) => smartlink,
    advertiser_tag: ({ advertiser }) => state.advertisers.get(advertiser)?.tags,
    affiliate_tag: ({ affiliate }) => state.affiliates.get(affiliate)?.tags,
    offer_tag: ({ offer }) => state.offers.get(offer)?.tags,
    ...featuresByPlace("sub", 8, ({ subs }: Visit, at) => subs[at]),
    // The network has none of the features behind these three: nothing belongs to a sub-account or a balance, nothing is held back.
    subaccount_id: () => null,
    balance_type: () => null,
    shave: () => 0,
  }) satisfies Features<Visit>;
