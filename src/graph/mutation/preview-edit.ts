type Values = Readonly<Record<string, unknown>>;

/** A mutation that changes one field of things in a way of its own: by what it holds now, or under other names than the input has. */
export interface Edit {
  /** The field. */
  field: string;
  /** What is read of it, in GraphQL; what the input of updateOffer has unless told. */
  selected?: string;
  /** Which ids of the input name the things; the first that it must have unless told. */
  about?: string;
  /** The field as it would be, of the field as it is and the mutation's input; undefined where that is not known. */
  after(before: unknown, input: Values): unknown;
}

/** A value without what says nothing: null, and empty lists and objects. */
export const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== "object") return value ?? null;
  const said = Object.entries(value).map(([name, inner]) => [name, bare(inner)] as const);
  return Object.fromEntries(said.filter(([, inner]) => inner !== null && !(Array.isArray(inner) && !inner.length)));
};

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textsIn = (value: unknown): string[] => listIn(value).map(String);

const same = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) ? textsIn(one).sort().join() === textsIn(other).sort().join() : one === other;

/** Countries come in either case. */
const inCapitals = (name: string, value: unknown): unknown =>
  name === "countries" ? textsIn(value).map((code) => code.toUpperCase()) : value;

const fits = (row: Values, wanted: Values): boolean =>
  Object.entries(wanted).every(([name, value]) => value === null || same(inCapitals(name, value), row[name]));

const added = (field: string, name: string): Edit => ({
  field,
  after: (before, input) => [...listIn(before), ...listIn(input[name])],
});

const takenOut = (before: unknown, { affiliateIds, goal }: Values): unknown => {
  const unwanted = new Set(textsIn(affiliateIds));
  return (listIn(before) as Values[]).flatMap((payout) => {
    if ((goal ?? payout.goal) !== payout.goal) return [payout];
    const ids = textsIn(payout.affiliateIds);
    const kept = ids.filter((id) => !unwanted.has(id));
    if (kept.length === ids.length) return [payout];
    return kept.length ? [{ ...payout, affiliateIds: kept }] : [];
  });
};

const creatives = "creatives { creativeId title width height }";

const decided: Edit = { field: "status", selected: "status", after: () => "CLOSED" };

const blacklist = (change: (affiliates: Set<string>, affiliate: string) => void): Edit => ({
  field: "disabledAffiliateIds",
  selected: "disabledAffiliateIds",
  about: "advertiserIds",
  after: (before, { affiliateId }) => {
    const affiliates = new Set(textsIn(before));
    change(affiliates, String(affiliateId));
    return [...affiliates];
  },
});

const permissionOf = ({ section, name }: Values) => `${section} ${name}`;

/** Of permissions only those that are given change, and of these only what is given; the others need not be shown. */
const overPermissions = (before: unknown, given: unknown): { before: unknown; after: unknown } => {
  const changes = new Map((listIn(given) as Values[]).map((one) => [permissionOf(one), one]));
  const present = (listIn(before) as Values[]).filter((one) => changes.has(permissionOf(one)));
  const known = new Map(present.map((one) => [permissionOf(one), one]));
  return { before: present, after: [...changes].map(([name, one]) => ({ ...known.get(name), ...(bare(one) as Values) })) };
};

/** Of values by number only those that are given change. */
const overNumbers = (before: unknown, given: unknown): { before: unknown; after: unknown } => {
  const changes = listIn(given) as Values[];
  const numbers = new Set(changes.map(({ number }) => number));
  return {
    before: (listIn(before) as Values[]).filter(({ number }) => numbers.has(number)),
    after: changes.filter(({ value }) => value !== ""),
  };
};

type Over = (before: unknown, given: unknown) => { before: unknown; after: unknown };

/** Lists of which an input changes only what it names, as `Type.field` or a field of any type: what of it is shown before and after. */
export const partial: Readonly<Record<string, Over | undefined>> = {
  permissions: overPermissions,
  "Conversion.customFields": overNumbers,
};

/** The mutations that change a field otherwise than by the field of the same name, in the words of the schema. */
export const edits: Readonly<Record<string, Edit | undefined>> = {
  addOfferTags: { field: "tags", after: (before, { tags }) => [...new Set([...listIn(before), ...listIn(tags)])] },
  removeOfferTags: {
    field: "tags",
    after: (before, { tags }) => listIn(before).filter((tag) => !listIn(tags).includes(tag)),
  },
  addOfferCaps: added("caps", "caps"),
  removeOfferCaps: {
    field: "caps",
    after: (before, { caps }) =>
      (listIn(before) as Values[]).filter((cap) => !(listIn(caps) as Values[]).some((wanted) => fits(cap, wanted))),
  },
  addAffiliatePayouts: added("affiliatePayouts", "payouts"),
  removeAffiliatePayouts: { field: "affiliatePayouts", after: takenOut },
  decideOfferRequests: decided,
  decideSmartlinkRequests: decided,
  blacklistAffiliate: blacklist((affiliates, id) => affiliates.add(id)),
  unblacklistAffiliate: blacklist((affiliates, id) => affiliates.delete(id)),
  setUserPermissions: {
    field: "permissions",
    selected: "permissions { section name level exceptions { level ids } }",
    after: (_, { changes }) => changes,
  },
  updateHtmlCreative: {
    field: "creatives",
    selected: creatives,
    after: (before, { creativeId, title, width, height }) =>
      (listIn(before) as Values[]).map((one) => (one.creativeId === creativeId ? { ...one, title, width, height } : one)),
  },
  deleteHtmlCreative: {
    field: "creatives",
    selected: creatives,
    after: (before, { creativeId }) => (listIn(before) as Values[]).filter((one) => one.creativeId !== creativeId),
  },
  deletePostbacksOfAffiliates: {
    field: "postbacks",
    selected: "postbacks(first: 1) { totalCount }",
    after: () => ({ totalCount: 0 }),
  },
  removePaymentConversions: {
    field: "conversionIds",
    selected: "conversionIds",
    after: (before, { conversionIds, offerIds }) =>
      offerIds || !conversionIds ? undefined : textsIn(before).filter((id) => !textsIn(conversionIds).includes(id)),
  },
};
