import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput, UpstreamError } from "../../affise/error/error.js";
import { orOlder } from "../../affise/request/older-path.js";
import type { Call } from "../../affise/session.js";
import type { Input, Operation } from "../../contract/operation.js";
import type { GeneratePaymentsInput, Resolvers } from "../../generated/schema.js";
import { currencyNumber } from "../column/currency.js";
import { flag } from "../column/decode.js";
import { refusedBy, unknownFate, unproven } from "../mutation/outcome.js";
import { reread, rereadBy } from "../mutation/reread.js";
import { manyIn } from "../mutation/settle.js";
import { deleting } from "../mutation/single.js";
import { columns, hex, ids, int } from "../mutation/write.js";

type GenerateBody = NonNullable<Input<"POST /3.1/payments/generate">["body"]>;

/** Two ways to name the last day: with a first day it ends the period, alone it has a column of its own. */
const days = ({ from, to }: GeneratePaymentsInput): GenerateBody => {
  if (!from) return { date: to };
  if (to && to < from) throw badInput("input.to", `input.to: ${to} is before input.from: ${from}.`);
  return { date_from: from, date_to: to };
};

const generateBody = (input: GeneratePaymentsInput): GenerateBody => {
  if (!input.allAffiliates && !input.affiliateIds?.length) {
    throw badInput("input.affiliateIds", "input.affiliateIds: name the affiliates to pay, or say allAffiliates: true.");
  }
  if (input.allAffiliates && input.affiliateIds?.length) {
    throw badInput("input.affiliateIds", "input.affiliateIds and allAffiliates: true do not go together: give one of them.");
  }
  return {
    ...days(input),
    include_aids: ids(int, input.affiliateIds, "input.affiliateIds"),
    exclude_aids: ids(int, input.exceptAffiliateIds, "input.exceptAffiliateIds"),
    by_last_unpaid_conversion: input.fromFirstUnpaidConversion,
    by_last_invoice: input.fromLastPayment,
    offer_ids: ids(int, input.offerIds, "input.offerIds"),
    advertiser_ids: ids(hex, input.advertiserIds, "input.advertiserIds"),
    currencies: input.currencies,
    countries: input.countries,
    note: input.note,
  };
};

/** What an answer says of whether a change was carried out; null where it says nothing that can be read. */
const said = (result: unknown): boolean | null => {
  try {
    return flag(result);
  } catch {
    return null;
  }
};

/** Some answers say in `result` whether the change was carried out, beside a good status. */
const carriedOut = (operation: Operation, { result }: { result: unknown }): void => {
  const isDone = said(result);
  if (isDone) return;
  if (isDone === null) throw unproven(operation, "does not say whether the change was carried out");
  throw new UpstreamError("UPSTREAM_FAILED", "Affise took the change, but did not carry it out.", {
    operation,
    outcome: "REFUSED",
  });
};

const paymentNow = (call: Call, id: number) =>
  rereadBy(async () => (await call("GET /3.1/payments/{id}", { path: { id } })).payment, { id });

export const Mutation = {
  createPayment: async (_, { input }, { call, load }) => {
    const aid = int(input.affiliateId, "input.affiliateId");
    const currency = await currencyNumber(load, input.currency, "input.currency");
    const body = withFieldNames(
      { aid, sum: input.amount, currency, note: input.note },
      { aid: "input.affiliateId", sum: "input.amount" },
    );
    const { message } = await call("POST /3.1/payments/create-for-affiliate", { body });
    return { message, affiliate: reread(load.affiliate, aid) };
  },

  generatePayments: async (_, { input }, { call }) => {
    const { message } = await call("POST /3.1/payments/generate", { body: generateBody(input) });
    return { message };
  },

  updatePayment: async (_, { input: { id, ...changes } }, { call }) => {
    const path = { id: int(id, "input.id") };
    const body = columns(changes, { status: (status: string) => ({ status: Number(status) }) });
    carriedOut("POST /3.1/payments/{id}", await call("POST /3.1/payments/{id}", { path, body }));
    return { payment: paymentNow(call, path.id) };
  },

  addPaymentCorrection: async (_, { input: { paymentId, amount, comment } }, { call }) => {
    const path = { id: int(paymentId, "input.paymentId") };
    const answer = await call("POST /3.1/payments/{id}/add-correction", {
      path,
      body: withFieldNames({ revenue: amount, comment }, { revenue: "input.amount" }),
    });
    carriedOut("POST /3.1/payments/{id}/add-correction", answer);
    return { payment: paymentNow(call, path.id) };
  },

  deletePaymentCorrection: async (_, { input: { correctionId } }, { call }) => {
    const path = { id: int(correctionId, "input.correctionId") };
    carriedOut("DELETE /3.1/payments/del-correction/{id}", await call("DELETE /3.1/payments/del-correction/{id}", { path }));
    return { deletedId: correctionId };
  },

  removePaymentConversions: async (_, { input }, { call }) => {
    const path = { invoice_id: int(input.paymentId, "input.paymentId") };
    const conversion_ids = ids(hex, input.conversionIds, "input.conversionIds");
    const offer_ids = ids(int, input.offerIds, "input.offerIds");
    if (!conversion_ids?.length && !offer_ids?.length) {
      throw badInput("input.conversionIds", "input.conversionIds: name the conversions to take off, or offers with offerIds.");
    }
    const body = {
      conversion_ids: conversion_ids?.length ? conversion_ids : undefined,
      offer_ids: offer_ids?.length ? offer_ids : undefined,
    };
    const { message } = await call("POST /3.1/payments/{invoice_id}/conversions/delete", { path, body });
    return { message, payment: paymentNow(call, path.invoice_id) };
  },

  deletePayment: deleting(int, async (call, path) => {
    carriedOut("DELETE /3.1/payments/delete/{id}", await call("DELETE /3.1/payments/delete/{id}", { path }));
  }),

  deletePayments: async (_, { input: { paymentIds } }, { call }) => {
    const payments = manyIn(int, paymentIds, "input.paymentIds");
    let deleted: Readonly<Record<string, unknown>> = {};
    const operation = "POST /3.1/payments/bulk-delete";
    await payments.together(async (ids) => {
      const body = withFieldNames({ ids }, { ids: "input.paymentIds" });
      // The id in the older path goes with those of the body, whatever it is for.
      const older = () => call("POST /3.1/payments/delete/{id}", { path: { id: ids[0] as number }, body });
      const { result } = await orOlder(call(operation, { body }), older);
      // What a list says it says of places, and not of ids.
      deleted = Array.isArray(result) ? {} : Object(result);
    });
    payments.amend(({ id, argument }) => {
      const isDeleted = said(deleted[id]);
      if (isDeleted) return undefined;
      if (isDeleted === null) return unknownFate(operation, `does not tell of payment ${id}`, argument);
      const message = `There is no payment ${id} that can be deleted, or this key may not see it.`;
      return refusedBy(operation, "NOT_FOUND", message, argument);
    });
    return { results: payments.results() };
  },
} satisfies Resolvers["Mutation"];
