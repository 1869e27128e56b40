import type { Advertiser } from "../../model/advertiser.js";
import { dateOnly } from "../../model/clock.js";
import { rates } from "../../model/geo.js";
import type { Invoice } from "../../model/invoice.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { type Row, take, withTimes } from "../../model/row.js";
import { nextNumber } from "../../model/state.js";
import { denied, orNotFound, refused, rejected } from "../../rule/failure.js";
import { among, listed, page, sorted } from "../../rule/paging.js";
import { reachesAdvertiser } from "../../rule/reach.js";

const row = (one: Invoice): Row => withTimes(one, dateOnly);

const advertiserOf = (call: Call, id: string, level: "read" | "write"): Advertiser => {
  const advertiser = call.state.advertisers.get(id);
  if (!advertiser) throw rejected("supplier_id is not the id of an advertiser");
  if (!reachesAdvertiser(call.caller, advertiser, level)) throw denied();
  return advertiser;
};

const existing = (call: Call, number: number, level: "read" | "write"): Invoice => {
  const invoice = orNotFound(call.state.invoices.get(number));
  advertiserOf(call, invoice.supplier_id, level);
  return invoice;
};

type Input = BodyInput<"POST /3.0/admin/advertiser-invoice/{number}">;

const write = (call: Call, invoice: Invoice, body: Input): void => {
  if (body.currency !== undefined && !(body.currency.toUpperCase() in rates))
    throw rejected("currency is not active in the network");
  const dates = [body.start_date, body.end_date].filter((date) => date !== undefined);
  if (dates.some((date) => Number.isNaN(Date.parse(date)))) throw rejected("start_date and end_date must be dates");
  if (body.supplier_id !== undefined) advertiserOf(call, body.supplier_id, "write");
  take(invoice, body, ["supplier_id", "start_date", "end_date", "status", "comment"]);
  invoice.currency = body.currency?.toUpperCase() ?? invoice.currency;
  invoice.updated_at = call.state.now();
  if (!body.detail) return;
  invoice.detail = body.detail.map((line) => ({
    offer_id: 0,
    payout_type: "RPA",
    actions: 0,
    amount: 0,
    comment: null,
    ...line,
  }));
};

export const invoice: Routes = {
  "GET /3.0/admin/advertiser-invoices": ({ state, caller, query }) => {
    const found = [...state.invoices.values()].filter(
      (one) =>
        reachesAdvertiser(caller, state.advertisers.get(one.supplier_id), "read") &&
        among(query.status, one.status) &&
        among(query.supplier_id, one.supplier_id) &&
        (query.start_date === undefined || one.start_date >= query.start_date) &&
        (query.end_date === undefined || one.end_date <= query.end_date),
    );
    const ordered = sorted(found, (one) => one[query.sort ?? "number"], query.sort_type ?? "asc");
    return listed("message", page(ordered, query), row);
  },
  "POST /3.0/admin/advertiser-invoice": (call) => {
    const now = call.state.now();
    const made: Invoice = {
      number: nextNumber(call.state, "invoice"),
      supplier_id: advertiserOf(call, call.body.supplier_id, "write").id,
      created_at: now,
      updated_at: now,
      start_date: dateOnly(now),
      end_date: dateOnly(now),
      status: "unpaid",
      detail: [],
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
