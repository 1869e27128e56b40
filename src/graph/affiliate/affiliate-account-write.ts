import { badInput } from "../../affise/error/error.js";
import { orOlder } from "../../affise/request/older-path.js";
import type { Resolvers } from "../../generated/schema.js";
import { ownNumber } from "../column/foreign-key.js";
import { reread, rereadBy } from "../mutation/reread.js";
import { int } from "../mutation/write.js";

export const Mutation = {
  resetAffiliatePassword: async (_, { input }, { call, load }) => {
    const id = int(input.affiliateId, "input.affiliateId");
    const { partner } = await call("POST /3.0/admin/partner/password/{id}", { path: { id } });
    return { affiliate: reread(load.affiliate, id), password: () => partner?.password };
  },

  setAffiliateLocale: async (_, { input }, { call, load }) => {
    const id = int(input.affiliateId, "input.affiliateId");
    if (!input.language && !input.timezone) {
      throw badInput("input", "input changes nothing: give language or timezone.");
    }
    const body = { lang: input.language, timezone: input.timezone };
    await call("POST /3.0/admin/partner/{id}/locale", { path: { id }, body });
    return { affiliate: reread(load.affiliate, id) };
  },

  authenticateAffiliate: async (_, { input }, { call, load }) => {
    const { affiliate, url } = await call("POST /3.1/partner/auth", { body: input });
    const known = rereadBy(async () => (await load.affiliate.load(ownNumber(affiliate?.id))) ?? affiliate, affiliate);
    return { affiliate: known, loginUrl: url };
  },

  rotateOwnApiKey: async (_, __, { call }) => {
    const { user } = await orOlder(call("POST /3.1/partner/api-key"), () => call("POST /3.1/partner/api_key"));
    return { affiliateId: () => user?.id, apiKey: () => user?.api_key };
  },
} satisfies Resolvers["Mutation"];
