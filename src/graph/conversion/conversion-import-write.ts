import { laidOver, withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { Input } from "../../contract/operation.js";
import type { ConversionImportInput, MutationResolvers, OwnConversionImportInput } from "../../generated/schema.js";
import { customFields, toNumbered } from "../column/numbered.js";
import { Many, placesOf } from "../mutation/settle.js";
import { type ColumnWriter, columns, int, toZeroOne } from "../mutation/write.js";

type Item = Input<"POST /3.0/admin/conversions/import">["body"]["list"][number];
type Single = Input<"POST /3.0/admin/conversion/import">["body"];
type OwnItem = Input<"POST /4.0/affiliate/conversions/import">["body"]["list"][number];
type OwnSingle = Input<"POST /4.0/affiliate/conversion/import">["body"];

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
  offerId: (id: string, at) => ({ offer: int(id, at) }),
  affiliateId: (id: string, at) => ({ pid: int(id, at) }),
};

/** What is null is left out: nothing of a new conversion is there to be cleared. */
const itemColumns = (item: object, index: number) => columns(item, ways, `input.conversions.${index}`);

/** A single conversion has an operation of its own, which knows every status but one. */
const isSingle = (conversions: readonly (ConversionImportInput | OwnConversionImportInput)[]) =>
  conversions.length === 1 && conversions[0]?.status !== "pending_cap";

/** Hands conversions in, all in one REST call: they share what becomes of it, and none of them has an id yet. */
const handIn = async (
  conversions: readonly (ConversionImportInput | OwnConversionImportInput)[],
  send: () => Promise<{ message?: unknown }>,
) => {
  const made = new Many(placesOf(conversions, "input.conversions"));
  let message: unknown;
  await made.together(async () => {
    message = (await send()).message;
  });
  const results = made.results().map(({ id, ...settled }) => ({
    ...settled,
    index: id,
    actionId: conversions[id]?.actionId,
  }));
  return { results, message };
};

export const Mutation = {
  importConversions: async (_, { input: { conversions, notifyAffiliates } }, { call }) => {
    const list = conversions.map(itemColumns) as Item[];
    const send_affiliate_postbacks = toZeroOne(notifyAffiliates);
    return handIn(conversions, () =>
      isSingle(conversions)
        ? call("POST /3.0/admin/conversion/import", {
            body: laidOver(
              list[0] as Single,
              withFieldNames({ send_affiliate_postbacks }, { send_affiliate_postbacks: "input.notifyAffiliates" }),
            ),
          })
        : call("POST /3.0/admin/conversions/import", {
            body: withFieldNames(
              { list, send_affiliate_postbacks },
              { list: "input.conversions", send_affiliate_postbacks: "input.notifyAffiliates" },
            ),
          }),
    );
  },

  importOwnConversions: async (_, { input: { conversions, notifyAdvertisers } }, { call }) => {
    const list = conversions.map(itemColumns) as OwnItem[];
    return handIn(conversions, () =>
      isSingle(conversions)
        ? call("POST /4.0/affiliate/conversion/import", {
            body: laidOver(
              list[0] as OwnSingle,
              withFieldNames(
                { send_advertiser_postbacks: notifyAdvertisers },
                { send_advertiser_postbacks: "input.notifyAdvertisers" },
              ),
            ),
          })
        : call("POST /4.0/affiliate/conversions/import", {
            body: withFieldNames(
              { list, send_advertiser_postbacks: toZeroOne(notifyAdvertisers) },
              { list: "input.conversions", send_advertiser_postbacks: "input.notifyAdvertisers" },
            ),
          }),
    );
  },
} satisfies MutationResolvers;
