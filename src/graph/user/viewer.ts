import { AffiseError } from "../../affise/error.js";
import type { Call } from "../../affise/session.js";
import type { QueryResolvers, ViewerResolvers } from "../../generated/schema.js";
import { record, text, word } from "../column/decode.js";

const isRefused = (error: unknown): error is AffiseError =>
  error instanceof AffiseError && (error.extensions.code === "FORBIDDEN" || error.extensions.code === "NOT_FOUND");

/** The error of a read that this kind of key may not make; any other failure is thrown on. */
const refusal = (error: unknown): AffiseError => {
  if (isRefused(error)) return error;
  throw error;
};

/** A number here, and words everywhere else. */
const statuses = {
  ...{ active: "active", "not active": "not active", banned: "banned", "on moderation": "on moderation" },
  ...{ "0": "not active", "1": "active" },
} as const;

/** An affiliate's own profile in the columns of every other affiliate: its id there is the login's, its status a number. */
const ownAffiliate = async (call: Call) => {
  const { user } = await call("GET /3.1/partner/me");
  const { partner_id, status, manager_id, manager, ...profile } = user;
  const knowsManager = manager_id && manager && typeof manager === "object" && Object.keys(manager).length > 0;
  return {
    ...profile,
    id: partner_id,
    status: () => word(status, statuses),
    manager: knowsManager ? { ...manager, id: manager_id } : null,
    viewer: "Affiliate" as const,
  };
};

/** Nothing tells an advertiser's key who it is, except its offers. */
const ownAdvertiser = async (call: Call) => {
  const { offers } = await call("GET /3.0/offers", { query: { limit: 1 } });
  const advertiser = (offers[0] as { advertiser?: unknown } | undefined)?.advertiser;
  const id = text(typeof advertiser === "object" ? record(advertiser)?.id : advertiser);
  if (id) return { id, viewer: "Advertiser" as const };
  throw new AffiseError(
    "NOT_FOUND",
    "This key is no network user's and no affiliate's, and it has no offer to tell whose it is.",
    {
      operation: "GET /3.0/offers",
    },
  );
};

export const Query = {
  viewer: async (_, __, { call }) => {
    const user = await call("GET /3.1/user/me").then((answer) => answer.user, refusal);
    if (!(user instanceof AffiseError)) return { ...user, viewer: "User" as const };
    const affiliate = await ownAffiliate(call).catch(refusal);
    if (!(affiliate instanceof AffiseError)) return affiliate;
    // Where a network does not know the first operation, a user's key would come this far, and be taken for its first offer's advertiser.
    if (user.extensions.code === "NOT_FOUND") await call("GET /3.1/advertiser/offers", { query: { limit: 1 } });
    return ownAdvertiser(call);
  },
} satisfies QueryResolvers;

export const Viewer = {
  __resolveType: ({ viewer }) => viewer as "User" | "Affiliate" | "Advertiser",
} satisfies ViewerResolvers;
