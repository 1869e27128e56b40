import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../../context.js";
import type { AdvertiserInvoicesArgs, InvoiceStatisticsArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { list, number, record, text } from "../column/decode.js";
import { nullIfNotFound } from "../column/failure.js";
import { foreignKey, ownHex, ownNumber } from "../column/foreign-key.js";
import type { InvoiceLineRow, InvoiceRow } from "../column/row.js";
import { hex, ids, int } from "../mutation/write.js";
import { reportArgs } from "../statistics/statistics.js";
import { figuresOf } from "../statistics/statistics-figures.js";

/** A connection over the invoices list; `advertiserId` narrows it to a parent's own. */
const invoiceConnection = (
  { load }: Context,
  { filter, orderBy, from, to, ...page }: Partial<AdvertiserInvoicesArgs>,
  advertiserId?: string,
): Connection<InvoiceRow> => {
  const query = {
    status: filter?.status?.[0],
    start_date: from,
    end_date: to,
    supplier_id: advertiserId ?? ids(hex, filter?.advertiserIds, "filter.advertiserIds")?.[0],
    sort: orderBy?.field as "number" | undefined,
    sort_type: orderBy?.direction,
  };
  return connection(page, load.pages.invoices({ query }));
};

export const Query = {
  invoice: (_, { id }, { load }) => nullIfNotFound(load.invoice.load(int(id, "id"))),
  invoices: (_, args, context) => invoiceConnection(context, args),
} satisfies Resolvers["Query"];

export const Advertiser = {
  invoices: ({ id }, args, context) => invoiceConnection(context, args, ownHex(id)),
} satisfies Resolvers["Advertiser"];

/** What a report over an invoice's days and currency is asked with; null where the invoice does not tell them. */
const overInvoice = (invoice: InvoiceRow, { filter, timezone }: InvoiceStatisticsArgs, info: GraphQLResolveInfo) => {
  const [from, to, currency] = [invoice.start_date, invoice.end_date, invoice.currency].map(text);
  if (!from || !to || !currency) return null;
  return reportArgs(
    { from: from.slice(0, 10), to: to.slice(0, 10), filter: { currencies: [currency], ...filter }, timezone },
    info,
  );
};

export const Invoice = {
  id: column("number"),
  ...foreignKey("advertiser", "supplier_id"),
  amount: ({ detail }) => {
    const lines = list(detail);
    if (!lines) return null;
    const sum = lines.reduce<number>((all, line) => all + (number(record(line)?.amount) ?? 0), 0);
    // The crumbs of adding up are not money; fractions of a cent are, where traffic is paid by the click.
    return Math.round(sum * 1e6) / 1e6;
  },
  lines: (invoice) => list(invoice.detail)?.map((line): InvoiceLineRow => ({ ...record(line), invoice })) ?? null,
  statistics: (invoice, args, { load }, info) => {
    const asked = overInvoice(invoice, args, info);
    return asked && figuresOf(load.advertiserFigures, ownHex(invoice.supplier_id), asked);
  },
  createdOn: column("created_at"),
  updatedOn: column("updated_at"),
} satisfies Resolvers["Invoice"];

export const InvoiceLine = {
  ...foreignKey("offer", "offer_id"),
  statistics: ({ offer_id, invoice }, args, { load }, info) => {
    const advertiserId = text(invoice.supplier_id);
    const asked = overInvoice(
      invoice,
      { ...args, filter: { ...args.filter, advertiserIds: advertiserId ? [advertiserId] : undefined } },
      info,
    );
    return asked && advertiserId ? figuresOf(load.offerFigures, ownNumber(offer_id), asked) : null;
  },
} satisfies Resolvers["InvoiceLine"];
