import { rowsAt } from "../../affise/list/list.js";
import type { Input } from "../../contract/operation.js";
import type { InvoiceLineInput, Resolvers } from "../../generated/schema.js";
import { rereadBy } from "../mutation/reread.js";
import { type ColumnWriter, columns, each, hex, idTo, int } from "../mutation/write.js";

const ways: Record<string, ColumnWriter> = {
  advertiserId: idTo("supplier_id", hex),
  lines: each("detail", (line: InvoiceLineInput, argument) => columns(line, { offerId: idTo("offer_id", int) }, argument)),
};

const invoices = "GET /3.0/admin/advertiser-invoices";

export const Mutation = {
  createInvoice: async (_, { input }, { call }) => {
    const body = columns(input, ways) as Input<"POST /3.0/admin/advertiser-invoice">["body"];
    const { message } = await call("POST /3.0/admin/advertiser-invoice", { body });
    const newest = async () => {
      const query = { supplier_id: body.supplier_id, sort: "number", sort_type: "desc", page: 1, limit: 1 } as const;
      const [invoice] = rowsAt(invoices, "message", await call(invoices, { query }));
      return invoice ?? null;
    };
    return { message, invoice: newest };
  },

  updateInvoice: async (_, { input: { id, ...changes } }, { call, load }) => {
    const path = { number: int(id, "input.id") };
    const body = columns(changes, ways);
    const { message } = await call("POST /3.0/admin/advertiser-invoice/{number}", { path, body });
    return { message, invoice: rereadBy(() => load.invoice.load(path.number), { number: path.number }) };
  },
} satisfies Resolvers["Mutation"];
