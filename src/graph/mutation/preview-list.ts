type Values = Readonly<Record<string, unknown>>;

/** A list of the schema's root, with the arguments that find in it what a mutation is about. */
export interface Listing {
  field: string;
  args: Values;
}

/** How a mutation finds what it is about, where that cannot be read by id. `own` is the affiliate whose key it is. */
export interface Find {
  /** Undefined where Affise has no list of it. */
  listing(input: Values, own: string | undefined): Listing | undefined;
  /** Whether the list is of the affiliate whose key it is, which is asked then. */
  isOwn?(input: Values): boolean;
  /** The field of the input that changes everything in the list; it changes what its `id` names unless told. */
  all?: string;
}

const pixel: Find = { listing: () => ({ field: "pixels", args: {} }) };

/** A postback is listed under its affiliate only. */
const postback: Find = {
  isOwn: ({ affiliateId }) => !affiliateId,
  listing: ({ affiliateId }, own) => {
    const whose = affiliateId ?? own;
    return whose ? { field: "postbacks", args: { affiliateId: whose, first: 10_000 } } : undefined;
  },
};

/** Filters of conversions to change that the list of conversions has by another name. */
const listedAs: Readonly<Record<string, string | undefined>> = {
  ...{ country: "countries", declineReason: "declineReasons", fraudRiskLevel: "fraudRiskLevels" },
  ...{ currency: "currencies", browser: "browsers" },
};

/** Of these the list takes one at a time. */
const onlyOne = new Set(["goals", "oses", "devices", "paymentStatus"]);

/** Those that the list has not: without them it would show what is not changed. */
const unlisted = new Set(["userIds", "affiliateManagerIds", "advertiserManagerIds", "paymentIds"]);

const conversionFilter = (filter: Values): Values | undefined => {
  const said = Object.entries(filter);
  if (said.some(([name, value]) => unlisted.has(name) || (onlyOne.has(name) && (value as unknown[]).length > 1)))
    return undefined;
  return Object.fromEntries(said.map(([name, value]) => [listedAs[name] ?? name, value]));
};

const matching: Find = {
  all: "change",
  listing: ({ from, to, timezone, filter }) => {
    const listed = conversionFilter((filter ?? {}) as Values);
    return listed && { field: "conversions", args: { from, to, timezone, first: 100, filter: listed } };
  },
};

/** The mutations about what no query reads by its id. */
export const finds: Readonly<Record<string, Find | undefined>> = {
  updatePixel: pixel,
  deletePixel: pixel,
  updatePostback: postback,
  deletePostback: postback,
  updateAllMatchingConversions: matching,
};
