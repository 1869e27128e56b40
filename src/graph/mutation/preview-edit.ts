type Values = Readonly<Record<string, unknown>>;

/** A mutation that changes a list of offers by what it holds now. */
export interface Edit {
  /** The list's field. */
  field: string;
  /** The list as it would be, of the list as it is and the mutation's input. */
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

const fits = (row: Values, wanted: Values): boolean =>
  Object.entries(wanted).every(([name, value]) => value === null || same(value, row[name]));

const added = (field: string, name: string): Edit => ({
  field,
  after: (before, input) => [...listIn(before), ...listIn(input[name])],
});

const takenOut = (before: unknown, { affiliateIds, goal }: Values): unknown => {
  const unwanted = new Set(textsIn(affiliateIds));
  return (listIn(before) as Values[]).flatMap((payout) => {
    if ((goal ?? payout.goal) !== payout.goal) return [payout];
    const kept = textsIn(payout.affiliateIds).filter((id) => !unwanted.has(id));
    return kept.length ? [{ ...payout, affiliateIds: kept }] : [];
  });
};

/** The mutations that add to what is there or take some off, in the words of the schema. */
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
};
