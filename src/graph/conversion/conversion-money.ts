import type { Context } from "../../context.js";
import type { Resolvers } from "../../generated/schema.js";
import { firstSaid, isNothing, number, word } from "../column/decode.js";
import type { ConversionRow } from "../column/row.js";
import { isAffiliateKey } from "../user/key-kind.js";

/** Affise prints how far the payment of a conversion has come twice: as a word, and as a code under a name that promises yes or no. */
const states = { opened: "opened", closed: "closed", pending: "pending" } as const;
const codes = { "1": "opened", "2": "closed", "3": "pending" } as const;

const paymentStatus = ({ payment_status, is_paid }: ConversionRow) => word(payment_status, states) ?? word(is_paid, codes);

/**
 * Whether `revenue` is the affiliate's own pay: an affiliate's own key sees no other amount, under the name of what the advertiser pays.
 * Rows that show a payout or an advertiser are not for affiliates, so only the others cost a look at whose key it is.
 */
const showsOwnPay = (row: ConversionRow, context: Context): boolean | Promise<boolean> => {
  const isOthers = [row.payouts, row.supplier_id, row.advertiser, row.charge].some((column) => !isNothing(column));
  return !isOthers && !isNothing(row.revenue) && isAffiliateKey(context);
};

/** One of two columns, by whether the row shows the affiliate's own pay. At once where nothing has to be looked up: lists are long. */
const byOwnPay = (row: ConversionRow, context: Context, own: unknown, others: unknown) => {
  const shows = showsOwnPay(row, context);
  if (typeof shows === "boolean") return number(shows ? own : others);
  return shows.then((isOwn) => number(isOwn ? own : others));
};

/**
 * The money of a conversion, in the words of this schema. What the advertiser pays is `revenue` in a list; a conversion read by its id has it
 * under `charge`, and `revenue` is the affiliate's part there, as both of Affise's SDKs have recorded it.
 */
export const ConversionMoney = {
  payout: (row, _, context) => byOwnPay(row, context, row.revenue, row.payouts),
  income: (row, _, context) => byOwnPay(row, context, null, firstSaid(row.charge, row.revenue)),
  earnings: (row) => number(firstSaid(row.earnings, row.earning)),
  paymentStatus: (row) => paymentStatus(row) as never,
  isPaid: (row) => {
    const status = paymentStatus(row);
    return status === null ? null : status === "closed";
  },
} satisfies Resolvers["Conversion"];
