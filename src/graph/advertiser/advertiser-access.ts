import { AffiseError } from "../../affise/error.js";
import type { MutationResolvers } from "../../generated/schema.js";
import { itemError, once } from "../mutation/settle.js";
import { hex, int } from "../mutation/write.js";

const missing = (id: string) => new AffiseError("NOT_FOUND", `There is no advertiser ${id}, or this key may not see it.`);

const access = (operation: "POST /3.0/admin/advertiser/enable-affiliate" | "POST /3.0/admin/advertiser/disable-affiliate") =>
  (async (_, { input }, { call, load }) => {
    const pid = int(input.affiliateId, "input.affiliateId");
    const asked = once(
      input.advertiserIds.map((id) => hex(id, "input.advertiserIds")),
      "input.advertiserIds",
    );
    const found = await load.advertiser.loadMany(asked);
    const isKnown = new Map(asked.map((id, index) => [id, found[index] !== null]));
    const known = asked.filter((id) => isKnown.get(id));
    const failure = known.length
      ? await call(operation, { body: { advertisers_id: known, pid } }).then(() => undefined, itemError)
      : undefined;
    const results = asked.map((id) => {
      if (!isKnown.get(id)) return { id, error: itemError(missing(id)) };
      return failure ? { id, error: failure } : { id, advertiser: () => load.advertiser.load(id) };
    });
    return { results, affiliate: () => load.affiliate.load(pid) };
  }) satisfies MutationResolvers["enableAffiliateForAdvertisers"];

export const Mutation = {
  sendAdvertiserPassword: async (_, { input }, { call, load }) => {
    const id = hex(input.advertiserId, "input.advertiserId");
    const body = { password: input.password ?? undefined };
    await call("POST /3.0/admin/advertiser/{id}/sendpass", { path: { id }, body });
    return { advertiser: () => load.advertiser.load(id) };
  },

  enableAffiliateForAdvertisers: access("POST /3.0/admin/advertiser/enable-affiliate"),
  disableAffiliateForAdvertisers: access("POST /3.0/admin/advertiser/disable-affiliate"),
} satisfies MutationResolvers;
