import { withFieldNames } from "../../affise/error/caller-words.js";
import type { MutationResolvers, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { reread } from "../mutation/reread.js";
import { manyIn } from "../mutation/settle.js";
import { hex, int } from "../mutation/write.js";

const access = (operation: "POST /3.0/admin/advertiser/enable-affiliate" | "POST /3.0/admin/advertiser/disable-affiliate") =>
  (async (_, { input }, { call, load }) => {
    const pid = int(input.affiliateId, "input.affiliateId");
    const advertisers = manyIn(hex, input.advertiserIds, "input.advertiserIds");
    await advertisers.lookUp(load.advertiser, "advertiser");
    await advertisers.together((advertisers_id) =>
      call(operation, {
        body: withFieldNames({ advertisers_id, pid }, { advertisers_id: "input.advertiserIds", pid: "input.affiliateId" }),
      }),
    );
    const results = advertisers.results(({ id }) => ({ advertiser: reread(load.advertiser, id) }));
    return { results, affiliate: reread(load.affiliate, pid) };
  }) satisfies MutationResolvers["blacklistAffiliate"];

export const AdvertiserResult = { advertiserId: column("id") } satisfies Resolvers["AdvertiserResult"];

export const Mutation = {
  sendAdvertiserPassword: async (_, { input }, { call, load }) => {
    const id = hex(input.advertiserId, "input.advertiserId");
    const body = { password: input.password };
    await call("POST /3.0/admin/advertiser/{id}/sendpass", { path: { id }, body });
    return { advertiser: reread(load.advertiser, id) };
  },

  unblacklistAffiliate: access("POST /3.0/admin/advertiser/enable-affiliate"),
  blacklistAffiliate: access("POST /3.0/admin/advertiser/disable-affiliate"),
} satisfies Resolvers["Mutation"];
