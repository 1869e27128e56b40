import type { Context } from "../../context.js";
import type {
  AdvertiserInvoicesArgs,
  AdvertiserResolvers,
  InvoiceLineResolvers,
  InvoiceResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { list, number, record } from "../column/decode.js";
import { foreignKey, ownHex } from "../column/foreign-key.js";
import { nullIfNotFound } from "../column/null-if-not-found.js";
import type { InvoiceRow } from "../column/row.js";
import { hex, int } from "../mutation/write.js";

/** A connection over the invoices list; `advertiserId` narrows it to a parent's own. */
const invoiceConnection = (
  { load }: Context,
  { filter, orderBy, ...page }: Partial<AdvertiserInvoicesArgs>,
  advertiserId?: string,
): Connection<InvoiceRow> => {
  const query = {
    status: filter?.status ?? undefined,
    start_date: filter?.from ?? undefined,
    end_date: filter?.to ?? undefined,
    supplier_id: advertiserId ?? (filter?.advertiserId ? hex(filter.advertiserId, "filter.advertiserId") : undefined),
    sort: (orderBy?.field ?? undefined) as "number" | undefined,
    sort_type: orderBy?.direction ?? undefined,
  };
  return connection(page, load.pages.invoices({ query }));
};

export const Query = {
  invoice: (_, { id }, { load }) => nullIfNotFound(load.invoice.load(int(id, "id"))),
  invoices: (_, args, context) => invoiceConnection(context, args),
} satisfies QueryResolvers;

export const Advertiser = {
  invoices: ({ id }, args, context) => invoiceConnection(context, args, ownHex(id)),
} satisfies AdvertiserResolvers;

const advertiser = foreignKey("advertiser", "supplier_id");

export const Invoice = {
  id: column("number"),
  advertiserId: advertiser.id,
  advertiser: advertiser.row,
  amount: ({ detail }) => {
    const lines = list(detail);
    if (!lines) return null;
    const cents = lines.reduce<number>((sum, line) => sum + Math.round((number(record(line)?.amount) ?? 0) * 100), 0);
    return cents / 100;
  },
  lines: column("detail"),
  createdOn: column("created_at"),
  updatedOn: column("updated_at"),
} satisfies InvoiceResolvers;

const offer = foreignKey("offer", "offer_id");

export const InvoiceLine = {
  offerId: offer.id,
  offer: offer.row,
} satisfies InvoiceLineResolvers;
