import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import type { Resolvers } from "../../generated/schema.js";
import { rows, texts } from "../column/decode.js";
import { int } from "../mutation/write.js";
import { editPart, type Part } from "./offer-bulk-write.js";
import { payoutColumns, personalPayoutAsBody } from "./offer-payment-body.js";

const tags: Part<string> = { column: "tags", field: "tags", read: (printed) => texts(printed) ?? [] };

const affiliatePayouts: Part<Record<string, Value>> = {
  column: "partner_payments",
  field: "affiliatePayouts",
  read: (printed) => rows(printed).map(personalPayoutAsBody),
};

export const Mutation = {
  addOfferTags: (_, { input }, context) =>
    editPart(tags, input.offerIds, context, (present) => {
      const known = new Set(present);
      const added = [...new Set(input.tags)].filter((tag) => !known.has(tag));
      const places = added.map((tag, index) => [known.size + index, `input.tags.${input.tags.indexOf(tag)}`] as const);
      return added.length ? withFieldNames([...known, ...added], Object.fromEntries(places)) : undefined;
    }),

  removeOfferTags: (_, { input }, context) =>
    editPart(tags, input.offerIds, context, (present) => {
      const left = present.filter((tag) => !input.tags.includes(tag));
      return left.length < present.length ? left : undefined;
    }),

  addAffiliatePayouts: async (_, { input }, context) => {
    const added = input.payouts.map((payout, index) => payoutColumns(payout, `input.payouts.${index}`));
    return editPart(affiliatePayouts, input.offerIds, context, (present) => [...present, ...added]);
  },

  removeAffiliatePayouts: async (_, { input }, context) => {
    const unwanted = new Set(input.affiliateIds.map((id, index) => int(id, `input.affiliateIds.${index}`)));
    return editPart(affiliatePayouts, input.offerIds, context, (present) => {
      const left = present.flatMap((payout) => {
        const partners = (payout.partners ?? []) as number[];
        const kept = partners.filter((id) => !unwanted.has(id));
        if (kept.length === partners.length || (input.goal ?? payout.goal) !== payout.goal) return [payout];
        return kept.length ? [{ ...payout, partners: kept }] : [];
      });
      const isSame = left.length === present.length && left.every((payout, index) => payout === present[index]);
      return isSame ? undefined : left;
    });
  },
} satisfies Resolvers["Mutation"];
