import { dateOnly } from "../../model/clock.js";
import type { Payment } from "../../model/payment.js";
import type { Call, Routes } from "../../model/route.js";
import { nextNumber, type State } from "../../model/state.js";
import { denied, orNotFound, refused, rejected } from "../../rule/failure.js";
import { cents, paymentStatusOf } from "../../rule/ledger.js";
import { among, listed, pageWithLimit, sorted } from "../../rule/paging.js";
import { reachesAffiliate } from "../../rule/reach.js";
import { spanOf } from "../../rule/statistics-filter.js";
import { paymentDetails, paymentRow } from "../../view/payment.js";
import { createForAffiliate, generate } from "./payment-generate.js";

const reaches = ({ state, caller }: Call, payment: Payment, level: "read" | "write"): boolean => {
  const affiliate = state.affiliates.get(payment.affiliate);
  return affiliate !== undefined && reachesAffiliate(caller, affiliate, level);
};

const existing = (call: Call, id: number, level: "read" | "write"): Payment => {
  const payment = orNotFound(call.state.payments.get(id));
  if (!reaches(call, payment, level)) throw denied();
  return payment;
};

/** Completed and declined payments are closed: they are neither changed nor deleted. */
const open = (call: Call, id: number): Payment => {
  const payment = existing(call, id, "write");
  if (payment.status === 2 || payment.status === -1) throw refused("Payment is closed");
  return payment;
};

const release = (state: State, payment: Payment, ids: readonly string[]): void => {
  const gone = new Set(ids);
  for (const id of ids) {
    const one = state.traffic.conversions.get(id);
    if (!one) continue;
    one.invoice = null;
    one.paymentStatus = "opened";
    payment.revenue = cents(payment.revenue - one.payout);
  }
  payment.conversions = payment.conversions.filter((id) => !gone.has(id));
  payment.updated = state.now();
  state.traffic.version += 1;
};

const remove = (state: State, payment: Payment): void => {
  release(state, payment, payment.conversions);
  state.payments.delete(payment.id);
  const rest = (state.paymentsByAffiliate.get(payment.affiliate) ?? []).filter((one) => one !== payment);
  state.paymentsByAffiliate.set(payment.affiliate, rest);
};

const setStatus = (state: State, payment: Payment, status: number): void => {
  payment.status = status;
  for (const id of payment.conversions) {
    const one = state.traffic.conversions.get(id);
    if (one) one.paymentStatus = paymentStatusOf(status);
  }
};

/** Removes the open ones; what is closed, unknown or out of reach answers false. */
const removeMany = (call: Call, ids: readonly number[]): unknown => {
  const result = ids.map((id) => {
    const found = call.state.payments.get(id);
    const isOpen = found !== undefined && reaches(call, found, "write") && found.status !== 2 && found.status !== -1;
    if (isOpen) remove(call.state, found);
    return [id, isOpen] as const;
  });
  return { status: 1, result: Object.fromEntries(result) };
};

export const payment: Routes = {
  "GET /3.1/payments": (call) => {
    const { state, query } = call;
    const [from, to] = spanOf(query.date_from, query.date_to, undefined);
    const found = [...state.payments.values()].filter((one) => {
      const changed = dateOnly(one.updated);
      return (
        reaches(call, one, "read") &&
        one.posted >= from &&
        one.posted < to &&
        among(query.id, one.id) &&
        among<number>(query.status, one.status) &&
        among(query.aid, one.affiliate) &&
        among(query.manager_id, state.affiliates.get(one.affiliate)?.manager ?? "") &&
        among(query.payment_system, String(one.system)) &&
        among(query.payment_account, one.account) &&
        (query.update_from_date === undefined || changed >= query.update_from_date) &&
        (query.update_to_date === undefined || changed <= query.update_to_date)
      );
    });
    const ordered = sorted(found, ({ id }) => id);
    return listed("payments", pageWithLimit(ordered, { ...query, limit: query.limit || undefined }), (one) => ({
      ...paymentRow(state, one),
      details: paymentDetails(state, one),
    }));
  },
  "GET /3.1/payments/{id}": (call) => ({ status: 1, payment: paymentRow(call.state, existing(call, call.path.id, "read")) }),
  "POST /3.1/payments/{id}": (call) => {
    const { body, state } = call;
    const found = open(call, call.path.id);
    found.account = body.payment_account ?? found.account;
    found.comment = body.comment ?? found.comment;
    found.notes = body.note ?? found.notes;
    if (body.status !== undefined) setStatus(state, found, body.status);
    found.updated = state.now();
    return { status: 1, result: true };
  },
  "POST /3.1/payments/create-for-affiliate": (call) => createForAffiliate(call),
  "POST /3.1/payments/generate": (call) => generate(call),
  "POST /3.1/payments/{id}/add-correction": (call) => {
    const found = open(call, call.path.id);
    const { revenue, comment } = call.body;
    found.corrections.set(nextNumber(call.state, "correction"), { posted: call.state.now(), revenue, comment });
    return { status: 1, result: true };
  },
  "DELETE /3.1/payments/del-correction/{id}": (call) => {
    const found = orNotFound([...call.state.payments.values()].find(({ corrections }) => corrections.has(call.path.id)));
    open(call, found.id).corrections.delete(call.path.id);
    return { status: 1, result: true };
  },
  "DELETE /3.1/payments/delete/{id}": (call) => {
    remove(call.state, open(call, call.path.id));
    return { status: 1, result: true };
  },
  "POST /3.1/payments/bulk-delete": (call) => removeMany(call, call.body.ids),
  "POST /3.1/payments/delete/{id}": (call) => {
    const { id } = existing(call, call.path.id, "write");
    return removeMany(call, [...new Set([id, ...(call.body.ids ?? [])])]);
  },
  "POST /3.1/payments/{invoice_id}/conversions/delete": (call) => {
    const { conversion_ids, offer_ids } = call.body;
    if (!conversion_ids?.length && !offer_ids?.length) throw rejected("conversion_ids or offer_ids is required");
    const found = open(call, call.path.invoice_id);
    const ids = found.conversions.filter((id) => {
      const offer = call.state.traffic.conversions.get(id)?.offer;
      return conversion_ids?.includes(id) || (offer !== undefined && offer_ids?.includes(offer));
    });
    release(call.state, found, ids);
    return { status: 1, message: "Conversions removed" };
  },
};
