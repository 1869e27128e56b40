import type { Context } from "../../context.js";
import type {
  AdvertiserResolvers,
  AffiliateResolvers,
  ConversionResolvers,
  OfferConversionsArgs,
  OfferResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { record, text, word } from "../column/decode.js";
import { hexIn, numberIn, ownHex, ownNumber } from "../column/foreign-key.js";
import { nullIfNotFound } from "../column/null-if-not-found.js";
import type { AffiliateRow, ConversionRow, OfferRow } from "../column/row.js";
import { hex } from "../mutation/write.js";
import { conversionQuery } from "./conversion-filter.js";
import { ConversionMoney } from "./conversion-money.js";

/** A connection over the conversions list; `only` narrows it to what a parent stands for. */
const conversionConnection = (
  { call }: Context,
  { first, after, ...args }: Partial<OfferConversionsArgs>,
  only: { offer?: number[]; partner?: number[]; advertiser?: string[] } = {},
): Connection<ConversionRow> => {
  const query = { ...conversionQuery(args), ...only };
  return connection({ first, after }, async ({ page, limit }) => {
    const { conversions, pagination } = await call("GET /3.0/stats/conversions", { query: { ...query, page, limit } });
    return { rows: conversions, total: pagination.total_count };
  });
};

export const Query = {
  conversion: (_, { id }, { load }) => nullIfNotFound(load.conversion.load(hex(id, "id"))),
  conversions: (_, args, context) => conversionConnection(context, args),
} satisfies QueryResolvers;

/** The number in the first of some columns that has one: bare, or as the id of what stands there. 0 stands for none. */
const firstNumber = (...columns: unknown[]): number | null => {
  for (const value of columns) {
    const id = numberIn(value !== null && typeof value === "object" ? record(value)?.id : value);
    if (id) return id;
  }
  return null;
};

/** The offer that some columns name. */
export const offerIn = (load: Load, ...columns: unknown[]): Promise<OfferRow | null> | null => {
  const id = firstNumber(...columns);
  return id === null ? null : load.offer.load(id);
};

/** The affiliate that some columns name. */
export const affiliateIn = (load: Load, ...columns: unknown[]): Promise<AffiliateRow | null> | null => {
  const id = firstNumber(...columns);
  return id === null ? null : load.affiliate.load(id);
};

/** A two-letter code, which Affise prints in capitals or not. */
export const countryCode = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;

const landingIn = (offer: OfferRow | null, id: number) => {
  const landings = Array.isArray(offer?.landings) ? (offer.landings as unknown[]) : [];
  return landings.map((landing) => Object(landing) as { id?: unknown }).find((landing) => String(landing.id) === String(id));
};

/** The landing of an offer by its number; the number alone where the offer has it no longer. */
const landingOf = (load: Load, landing: unknown, ...columns: unknown[]) => {
  const id = firstNumber(landing);
  if (id === null) return null;
  const offer = offerIn(load, ...columns);
  return offer ? offer.then((found) => landingIn(found, id) ?? { id }) : { id };
};

/** The list of Affise prints a status as a word, a single answer its number. */
const statusWords = {
  ...{ confirmed: "confirmed", pending: "pending", declined: "declined", hold: "hold" },
  ...{ "1": "confirmed", "2": "pending", "3": "declined", "5": "hold" },
} as const;

export const Conversion = {
  status: ({ status }) => word(status, statusWords) as never,
  offer: ({ offer_id, offer }, _, { load }) => offerIn(load, offer_id, offer),
  affiliate: ({ partner_id, partner }, _, { load }) => affiliateIn(load, partner_id, partner),
  advertiser: ({ supplier_id, advertiser }, _, { load }) => {
    const id = hexIn(supplier_id) ?? hexIn(record(advertiser)?.id);
    return id ? load.advertiser.load(id) : null;
  },
  actionId: column("action_id", "cbid"),
  clickId: column("clickid", "click_id"),
  ...ConversionMoney,
  holdUntil: column("hold_date_expire"),
  fraudTypes: column("fraud_type"),
  clickedAt: column("click_time"),
  country: ({ country }) => countryCode(country),
  region: column("district"),
  isp: column("isp_code"),
  userAgent: column("ua"),
  landing: ({ landing_id, offer_id, offer }, _, { load }) => landingOf(load, landing_id, offer_id, offer),
  prelanding: ({ prelanding_id, offer_id, offer }, _, { load }) => landingOf(load, prelanding_id, offer_id, offer),
} satisfies ConversionResolvers;

export const Offer = {
  conversions: ({ id }, args, context) => conversionConnection(context, args, { offer: [ownNumber(id)] }),
} satisfies OfferResolvers;

export const Affiliate = {
  conversions: ({ id, viewer }, args, context) => conversionConnection(context, args, viewer ? {} : { partner: [ownNumber(id)] }),
} satisfies AffiliateResolvers;

export const Advertiser = {
  conversions: ({ id, viewer }, args, context) => conversionConnection(context, args, viewer ? {} : { advertiser: [ownHex(id)] }),
} satisfies AdvertiserResolvers;
