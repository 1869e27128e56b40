import { laidOver, withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { ConversionImportInput, OwnConversionImportInput, Resolvers } from "../../generated/schema.js";
import { customFields, toNumbered } from "../column/numbered.js";
import { Many, placesOf } from "../mutation/settle.js";
import { type ColumnWriter, columns, idTo, int, toZeroOne } from "../mutation/write.js";

type Imported = ConversionImportInput | OwnConversionImportInput;

/** A goal's value as the number that Affise wants here. Throws BAD_USER_INPUT naming the argument where it is none. */
const goalNumber = (value: string, argument: string): number => {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw badInput(argument, `${argument}: ${quoted(value)} is no whole number; conversions of other goals come by postback only.`);
};

const ways: Record<string, ColumnWriter> = {
  userAgent: "ua",
  goal: (value: string, at) => ({ goal: goalNumber(value, at) }),
  createdOn: "created_at",
  customFields: toNumbered(customFields(7)),
  offerId: idTo("offer", int),
  affiliateId: idTo("pid", int),
};

/** A single conversion has an operation of its own, which knows every status but one. */
const isSingle = (conversions: readonly Imported[]) => conversions.length === 1 && conversions[0]?.status !== "pending_cap";

/**
 * Hands conversions in, all in one REST call: they share what becomes of it, and none of them has an id yet. `notice` are the columns that say
 * who is told.
 */
const handIn = async (
  conversions: readonly Imported[],
  notice: object,
  sendOne: (body: never) => Promise<{ message?: unknown }>,
  sendAll: (body: never) => Promise<{ message?: unknown }>,
) => {
  const list = conversions.map((item, index) => columns(item, ways, `input.conversions.${index}`));
  const made = new Many(placesOf(list, "input.conversions"));
  let message: unknown;
  await made.together(async () => {
    const answer = isSingle(conversions)
      ? await sendOne(laidOver(list[0] ?? {}, notice) as never)
      : await sendAll(laidOver(withFieldNames({ list }, { list: "input.conversions" }), notice) as never);
    message = answer.message;
  });
  const results = made.results().map(({ id, ...settled }) => ({ ...settled, index: id, actionId: conversions[id]?.actionId }));
  return { results, message };
};

export const Mutation = {
  importConversions: (_, { input: { conversions, notifyAffiliates } }, { call }) =>
    handIn(
      conversions,
      withFieldNames(
        { send_affiliate_postbacks: toZeroOne(notifyAffiliates) },
        { send_affiliate_postbacks: "input.notifyAffiliates" },
      ),
      (body) => call("POST /3.0/admin/conversion/import", { body }),
      (body) => call("POST /3.0/admin/conversions/import", { body }),
    ),

  importOwnConversions: (_, { input: { conversions, notifyAdvertisers } }, { call }) =>
    handIn(
      conversions,
      withFieldNames(
        { send_advertiser_postbacks: isSingle(conversions) ? notifyAdvertisers : toZeroOne(notifyAdvertisers) },
        { send_advertiser_postbacks: "input.notifyAdvertisers" },
      ),
      (body) => call("POST /4.0/affiliate/conversion/import", { body }),
      (body) => call("POST /4.0/affiliate/conversions/import", { body }),
    ),
} satisfies Resolvers["Mutation"];
