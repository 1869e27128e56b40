import type { Operation } from "../../../contract/operation.js";
import type { Advertiser } from "../../model/advertiser.js";
import { dateOnly } from "../../model/clock.js";
import { rates } from "../../model/geo.js";
import type { Invoice } from "../../model/invoice.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { type Row, take } from "../../model/row.js";
import { nextNumber } from "../../model/state.js";
import { denied, orNotFound, refused, rejected } from "../../rule/failure.js";
import { page, sorted } from "../../rule/paging.js";
import { reachesAdvertiser } from "../../rule/reach.js";

const row = (one: Invoice): Row => ({
  ...{ number: one.number, supplier_id: one.advertiser, created_at: dateOnly(one.created), updated_at: dateOnly(one.updated) },
  start_date: one.start,
  end_date: one.end,
  status: one.status,
  detail: one.lines,
  currency: one.currency,
  comment: one.comment,
});

const advertiserOf = (call: Call<Operation>, id: string, level: "read" | "write"): Advertiser => {
  const advertiser = call.state.advertisers.get(id);
  if (!advertiser) throw rejected("supplier_id is not the id of an advertiser");
  if (!reachesAdvertiser(call.caller, advertiser, level)) throw denied();
  return advertiser;
};

const existing = (call: Call<Operation>, number: number, level: "read" | "write"): Invoice => {
  const invoice = orNotFound(call.state.invoices.get(number));
  advertiserOf(call, invoice.advertiser, level);
  return invoice;
};

type Input = BodyInput<"POST /3.0/admin/advertiser-invoice/{number}">;

const write = (call: Call<Operation>, invoice: Invoice, body: Input): void => {
  if (body.currency !== undefined && !(body.currency.toUpperCase() in rates))
    throw rejected("currency is not active in the network");
  const dates = [body.start_date, body.end_date].filter((date) => date !== undefined);
  if (dates.some((date) => Number.isNaN(Date.parse(date)))) throw rejected("start_date and end_date must be dates");
  invoice.advertiser = body.supplier_id === undefined ? invoice.advertiser : advertiserOf(call, body.supplier_id, "write").id;
  invoice.start = body.start_date ?? invoice.start;
  invoice.end = body.end_date ?? invoice.end;
  take(invoice, body, ["status", "comment"]);
  invoice.currency = body.currency?.toUpperCase() ?? invoice.currency;
  invoice.updated = call.state.now().getTime();
  if (!body.detail) return;
  invoice.lines = body.detail.map((line) => ({ offer_id: 0, payout_type: "RPA", actions: 0, amount: 0, comment: null, ...line }));
};

const columns = {
  number: (one: Invoice) => one.number,
  supplier_id: (one: Invoice) => one.advertiser,
  created_at: (one: Invoice) => one.created,
  start_date: (one: Invoice) => one.start,
  end_date: (one: Invoice) => one.end,
  status: (one: Invoice) => one.status,
};

export const invoice: Routes = {
  "GET /3.0/admin/advertiser-invoices": ({ state, caller, query }) => {
    const found = [...state.invoices.values()].filter(
      (one) =>
        reachesAdvertiser(caller, state.advertisers.get(one.advertiser), "read") &&
        (query.status === undefined || one.status === query.status) &&
        (query.supplier_id === undefined || one.advertiser === query.supplier_id) &&
        (query.start_date === undefined || one.start >= query.start_date) &&
        (query.end_date === undefined || one.end <= query.end_date),
    );
    const ordered = sorted(found, columns[query.sort ?? "number"], query.sort_type ?? "asc");
    const { rows, pagination } = page(ordered, query);
    return { status: 1, message: rows.map(row), pagination };
  },
  "POST /3.0/admin/advertiser-invoice": (call) => {
    const now = call.state.now().getTime();
    const made: Invoice = {
      ...{ number: nextNumber(call.state, "invoice"), advertiser: advertiserOf(call, call.body.supplier_id, "write").id },
      created: now,
      updated: now,
      start: dateOnly(now),
      end: dateOnly(now),
      status: "unpaid",
      lines: [],
      currency: "USD",
      comment: null,
    };
    write(call, made, call.body);
    call.state.invoices.set(made.number, made);
    return { status: 1, message: "Invoice created" };
  },
  "GET /3.0/admin/advertiser-invoice/{number}": (call) => ({ status: 1, message: row(existing(call, call.path.number, "read")) }),
  "POST /3.0/admin/advertiser-invoice/{number}": (call) => {
    const found = existing(call, call.path.number, "write");
    if (found.status === "paid") throw refused("Only unpaid invoices can be edited");
    write(call, found, call.body);
    return { status: 1, message: "Invoice updated" };
  },
};
