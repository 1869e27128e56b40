import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import type { MutationResolvers } from "../../generated/schema.js";
import { rows, texts } from "../column/decode.js";
import type { OfferRow } from "../column/row.js";
import type { Item } from "../mutation/settle.js";
import { int, present } from "../mutation/write.js";
import type { OfferBody } from "./offer-body.js";
import { editByPresent } from "./offer-bulk-write.js";
import { payoutColumns, personalPayoutAsBody } from "./offer-payment-body.js";

const tagsIn = (row: OfferRow) => present(row, "tags", texts) ?? [];
const tagsBody = (tags: string[], { argument }: Item) => withFieldNames({ tags }, { tags: `${argument}: its tags` }) as OfferBody;

const payoutsIn = (row: OfferRow) => present(row, "partner_payments", (payouts) => rows(payouts).map(personalPayoutAsBody));
const payoutsBody = (partner_payments: Record<string, Value>[], { argument }: Item) =>
  withFieldNames({ partner_payments }, { partner_payments: `${argument}: its affiliatePayouts` }) as OfferBody;

export const Mutation = {
  addOfferTags: async (_, { input }, context) =>
    editByPresent(input.offerIds, context, (row, item) => {
      const tags = new Set(tagsIn(row));
      const added = [...new Set(input.tags)].filter((tag) => !tags.has(tag));
      const places = added.map((tag, index) => [tags.size + index, `input.tags.${input.tags.indexOf(tag)}`]);
      const all = withFieldNames([...tags, ...added], Object.fromEntries(places) as Record<string, string>);
      return added.length ? tagsBody(all, item) : undefined;
    }),

  removeOfferTags: async (_, { input }, context) => {
    const unwanted = new Set(input.tags);
    return editByPresent(input.offerIds, context, (row, item) => {
      const tags = tagsIn(row);
      const left = tags.filter((tag) => !unwanted.has(tag));
      return left.length < tags.length ? tagsBody(left, item) : undefined;
    });
  },

  addAffiliatePayouts: async (_, { input }, context) => {
    const added = input.payouts.map((payout, index) => payoutColumns(payout, `input.payouts.${index}`));
    return editByPresent(input.offerIds, context, (row, item) => payoutsBody([...payoutsIn(row), ...added], item));
  },

  removeAffiliatePayouts: async (_, { input }, context) => {
    const unwanted = new Set(input.affiliateIds.map((id, index) => int(id, `input.affiliateIds.${index}`)));
    return editByPresent(input.offerIds, context, (row, item) => {
      const payouts = payoutsIn(row);
      const left = payouts.flatMap((payout) => {
        const partners = (payout.partners ?? []) as number[];
        const kept = partners.filter((id) => !unwanted.has(id));
        if (kept.length === partners.length || (input.goal ?? payout.goal) !== payout.goal) return [payout];
        return kept.length ? [{ ...payout, partners: kept }] : [];
      });
      const isSame = left.length === payouts.length && left.every((payout, index) => payout === payouts[index]);
      return isSame ? undefined : payoutsBody(left, item);
    });
  },
} satisfies MutationResolvers;
