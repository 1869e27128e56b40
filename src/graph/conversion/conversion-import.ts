import { badInput } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type { ConversionImportInput, MutationResolvers, OwnConversionImportInput } from "../../generated/schema.js";
import { columns, int, type Way } from "../mutation/write.js";

type Item = Input<"POST /3.0/admin/conversions/import">["body"]["list"][number];
type Single = Input<"POST /3.0/admin/conversion/import">["body"];
type OwnItem = Input<"POST /4.0/affiliate/conversions/import">["body"]["list"][number];
type OwnSingle = Input<"POST /4.0/affiliate/conversion/import">["body"];

const ways: Record<string, Way> = { userAgent: "ua", createdOn: "created_at" };

/** What is null is left out: nothing of a new conversion is there to be cleared. */
const itemColumns = (item: object, index: number) => {
  const filled = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
  const argument = `input.conversions.${index}`;
  return columns(filled, {
    ...ways,
    offerId: (id: string) => ({ offer: int(id, `${argument}.offerId`) }),
    affiliateId: (id: string) => ({ pid: int(id, `${argument}.affiliateId`) }),
  });
};

const refuseNone = (conversions: readonly unknown[]) => {
  if (conversions.length) return;
  const argument = "input.conversions";
  throw badInput(argument, `${argument} is empty: give at least one.`);
};

/** A single conversion has an operation of its own, which knows every status but one. */
const isSingle = (conversions: readonly (ConversionImportInput | OwnConversionImportInput)[]) =>
  conversions.length === 1 && conversions[0]?.status !== "pending_cap";

export const Mutation = {
  importConversions: async (_, { input: { conversions, notifyAffiliates } }, { call }) => {
    refuseNone(conversions);
    const list = conversions.map(itemColumns) as Item[];
    const send_affiliate_postbacks = notifyAffiliates ? 1 : 0;
    const { message } = isSingle(conversions)
      ? await call("POST /3.0/admin/conversion/import", { body: { ...(list[0] as Single), send_affiliate_postbacks } })
      : await call("POST /3.0/admin/conversions/import", { body: { list, send_affiliate_postbacks } });
    return { acceptedCount: conversions.length, message };
  },

  importOwnConversions: async (_, { input: { conversions, notifyAdvertisers } }, { call }) => {
    refuseNone(conversions);
    const list = conversions.map(itemColumns) as OwnItem[];
    const { message } = isSingle(conversions)
      ? await call("POST /4.0/affiliate/conversion/import", {
          body: { ...(list[0] as OwnSingle), send_advertiser_postbacks: notifyAdvertisers },
        })
      : await call("POST /4.0/affiliate/conversions/import", {
          body: { list, send_advertiser_postbacks: notifyAdvertisers ? 1 : 0 },
        });
    return { acceptedCount: conversions.length, message };
  },
} satisfies MutationResolvers;
