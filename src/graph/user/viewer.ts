import { AffiseError } from "../../affise/error/error.js";
import type { Call } from "../../affise/session.js";
import type { Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { list, record, text, word } from "../column/decode.js";
import { onFailure } from "../column/failure.js";
import { numberIn } from "../column/foreign-key.js";

/** What to do `instead` of a read that this kind of key may not make; any other failure is thrown on. */
const ifRefused = <T>(instead: (error: AffiseError) => T) => onFailure(["FORBIDDEN", "NOT_FOUND"], instead);

/** The error itself, to be looked at. */
const refusal = ifRefused((error) => error);

/** A number here, and words everywhere else. */
const statuses = {
  ...{ active: "active", "not active": "not active", banned: "banned", "on moderation": "on moderation" },
  ...{ "0": "not active", "1": "active" },
} as const;

/** An affiliate's number, for profiles that lack it: it stands in the affiliate's tracking links, and in its conversions. */
const numberElsewhere = async (call: Call): Promise<number | null> => {
  const { offers } = await call("GET /3.0/partner/offers", { query: { limit: 1 } }).catch(ifRefused(() => ({ offers: [] })));
  const links = list(offers)?.flatMap((offer) => [
    record(offer)?.link,
    ...(list(record(offer)?.links) ?? []).map((link) => record(link)?.url),
  ]);
  const pid = links?.map((link) => /[?&]pid=(\d+)/.exec(String(link))?.[1]).find(Boolean);
  if (pid) return Number(pid);
  const { conversions } = await call("GET /3.0/stats/conversions", { query: { limit: 1 } }).catch(
    ifRefused(() => ({ conversions: [] })),
  );
  return numberIn(record(list(conversions)?.[0])?.partner_id);
};

const untold = (): never => {
  throw new AffiseError(
    "NOT_FOUND",
    "Affise tells nowhere which affiliate this key belongs to: not in its profile, its offers' tracking links or its conversions. The " +
      "panel shows the number; leave id out to read the rest.",
    { operation: "GET /3.1/partner/me" },
  );
};

/** An affiliate's own profile in the columns of every other affiliate: its id there is the login's, its status a number. */
const ownAffiliate = async (call: Call, load: Load) => {
  const { partner_id, status, manager_id, manager, ...profile } = record(await load.ownProfile.load("own")) ?? {};
  const knowsManager = manager_id && manager && typeof manager === "object" && Object.keys(manager).length > 0;
  return {
    ...profile,
    id: numberIn(partner_id) ?? (await numberElsewhere(call)) ?? untold,
    status: () => word(status, statuses),
    manager: knowsManager ? { ...manager, id: manager_id } : null,
    viewer: "Affiliate" as const,
  };
};

/** Throws where a key that reads no profile is no advertiser's: a user's would be taken for the advertiser of its first offer. */
const assertAdvertiser = async (call: Call, { extensions: { code: why } }: AffiseError): Promise<void> => {
  const other = await call("GET /3.1/advertiser/offers", { query: { limit: 1 } }).then(() => undefined, refusal);
  if (!other || (other.extensions.code === "NOT_FOUND" && why === "FORBIDDEN")) return;
  throw new AffiseError(
    other.extensions.code,
    "Affise does not tell whose key this is: it gives neither a network user's nor an affiliate's profile for it, and it is no advertiser's " +
      "either. For a network user or an affiliate, ask Affise's support why the profile is closed.",
    other.extensions,
  );
};

/** Nothing tells an advertiser's key who it is, except its offers. */
const ownAdvertiser = async (call: Call) => {
  const { offers } = await call("GET /3.0/offers", { query: { limit: 1 } });
  const advertiser = record(list(offers)?.[0])?.advertiser;
  const id = text(typeof advertiser === "object" ? record(advertiser)?.id : advertiser);
  if (id) return { id, viewer: "Advertiser" as const };
  throw new AffiseError("NOT_FOUND", "This key is an advertiser's, and has no offer to tell which one's.", {
    operation: "GET /3.0/offers",
  });
};

export const Query = {
  viewer: async (_, __, { call, load }) => {
    const user = await call("GET /3.1/user/me").then((answer) => answer.user, refusal);
    if (!(user instanceof AffiseError)) return { ...user, viewer: "User" as const };
    const affiliate = await ownAffiliate(call, load).catch(refusal);
    if (!(affiliate instanceof AffiseError)) return affiliate;
    await assertAdvertiser(call, user);
    return ownAdvertiser(call);
  },
} satisfies Resolvers["Query"];

export const Viewer = {
  __resolveType: ({ viewer }) => viewer as "User" | "Affiliate" | "Advertiser",
} satisfies Resolvers["Viewer"];
