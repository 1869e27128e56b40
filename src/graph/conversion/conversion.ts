import type { Context } from "../../context.js";
import type { OfferConversionsArgs, Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { currencyNumber } from "../column/currency.js";
import { code, list, word } from "../column/decode.js";
import { deviceTypeIn } from "../column/device.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, idIn, numberIn, ownHex, ownNumber } from "../column/foreign-key.js";
import { customFields, numberedFields, subs } from "../column/numbered.js";
import type { ConversionRow, OfferRow } from "../column/row.js";
import { hex } from "../mutation/write.js";
import { conversionQuery } from "./conversion-filter.js";
import { ConversionMoney } from "./conversion-money.js";

/** A connection over the conversions list; `only` narrows it to what a parent stands for. */
const conversionConnection = (
  { load }: Context,
  args: Partial<OfferConversionsArgs>,
  only: { offer?: number[]; partner?: number[]; advertiser?: string[] } = {},
): Connection<ConversionRow> | Promise<Connection<ConversionRow>> => {
  const query = { ...conversionQuery(args), ...only };
  const [named] = args.filter?.currencies ?? [];
  if (named === undefined) return connection(args, load.pages.conversions({ query }));
  return currencyNumber(load, named, "filter.currencies").then((currency) =>
    connection(args, load.pages.conversions({ query: { ...query, currency } })),
  );
};

export const Query = {
  conversion: (_, { id }, { load }) => nullIfNotFound(load.conversion.load(hex(id, "id"))),
  conversions: (_, args, context) => conversionConnection(context, args),
} satisfies Resolvers["Query"];

const landingIn = (offer: OfferRow | null, id: number) => {
  const landings = list(offer?.landings) ?? [];
  return landings.map((landing) => Object(landing) as { id?: unknown }).find((landing) => String(landing.id) === String(id));
};

const offerKey = foreignKey("offer", "offer_id", "offer");

/** The landing of an offer by its number; the number alone where the offer has it no longer. */
const landingOf = (load: Load, landing: unknown, row: ConversionRow) => {
  const id = numberIn(idIn(landing));
  if (id === null) return null;
  return Promise.resolve(offerKey.offer(row, null, { load })).then((found) => landingIn(found, id) ?? { id });
};

/** The list of Affise prints a status as a word, a single answer its number. */
const statusWords = {
  ...{ confirmed: "confirmed", pending: "pending", declined: "declined", not_found: "not_found", hold: "hold", banned: "banned" },
  ...{ "1": "confirmed", "2": "pending", "3": "declined", "4": "not_found", "5": "hold", "6": "banned" },
} as const;

export const Conversion = {
  ...numberedFields("sub", subs(8)),
  ...numberedFields("customField", customFields(7)),
  goal: column("goal_value"),
  goalName: column("goal"),
  status: ({ status }) => word(status, statusWords) as never,
  ...offerKey,
  ...foreignKey("affiliate", "partner_id", "partner"),
  ...foreignKey("advertiser", "supplier_id", "advertiser"),
  actionId: column("action_id", "cbid"),
  clickId: column("clickid", "click_id"),
  ...ConversionMoney,
  holdUntil: column("hold_date_expire"),
  fraudTypes: column("fraud_type"),
  clickedAt: column("click_time"),
  country: ({ country }) => code(country),
  deviceType: ({ device_type }) => deviceTypeIn(device_type),
  region: column("district"),
  isp: column("isp_code"),
  userAgent: column("ua"),
  landing: (row, _, { load }) => landingOf(load, row.landing_id, row),
  prelanding: (row, _, { load }) => landingOf(load, row.prelanding_id, row),
} satisfies Resolvers["Conversion"];

export const Offer = {
  conversions: ({ id }, args, context) => conversionConnection(context, args, { offer: [ownNumber(id)] }),
} satisfies Resolvers["Offer"];

export const Affiliate = {
  conversions: ({ id, viewer }, args, context) => conversionConnection(context, args, viewer ? {} : { partner: [ownNumber(id)] }),
} satisfies Resolvers["Affiliate"];

export const Advertiser = {
  conversions: ({ id, viewer }, args, context) => conversionConnection(context, args, viewer ? {} : { advertiser: [ownHex(id)] }),
} satisfies Resolvers["Advertiser"];
