import type { Operation, OperationInfo } from "../../contract/operation.js";
import type { Caller } from "../model/caller.js";
import { allows, allowsSome, type Level } from "../model/permission.js";
import type { State } from "../model/state.js";
import type { User } from "../model/user.js";
import { denied } from "../rule/failure.js";

/** The owner of a key; undefined for a key that nobody has. */
export const callerOf = (state: State, key: string | undefined): Caller | undefined => {
  const owner = key === undefined ? undefined : state.keys.get(key);
  if (!owner) return undefined;
  if (owner.kind === "admin") {
    const user = state.users.get(owner.id);
    return user && { kind: "admin", user };
  }
  if (owner.kind === "affiliate") {
    const affiliate = state.affiliates.get(owner.id);
    return affiliate && { kind: "affiliate", affiliate };
  }
  const advertiser = state.advertisers.get(owner.id);
  return advertiser && { kind: "advertiser", advertiser };
};

/** What a network user must be allowed beyond being one; `some` is content with a single entity. */
type Need = readonly [permission: string, level: Level, scope?: "some"];

interface Needs {
  read?: readonly Need[];
  write?: readonly Need[];
}

const toReadAndWrite = (permission: string): Needs => ({ read: [[permission, "read"]], write: [[permission, "write"]] });

const offers: Need = ["users.entity-advertiser", "write", "some"];
const settings: Needs = { write: [["general.settings", "write"]] };
const affiliatesRead: Need = ["users.entity-affiliate", "read", "some"];
const affiliatesWrite: Need = ["users.entity-affiliate", "write", "some"];
const advertisersRead: Need = ["users.entity-advertiser", "read", "some"];
const affiliatePostbacks: Need = ["stats.affiliate-postback", "read"];
const imports: Need = ["stats.conversions-import", "write"];
const customReports: Need = ["stats.view-custom", "read"];

/** What the operations of a noun need. */
const needsOfNoun: Readonly<Record<string, Needs>> = {
  offer: { write: [offers] },
  creative: { write: [offers] },
  promocode: { write: [offers] },
  category: settings,
  source: settings,
  "ad-cost": settings,
  affiliate: { read: [affiliatesRead], write: [affiliatesWrite] },
  advertiser: { read: [advertisersRead], write: [offers] },
  user: toReadAndWrite("users.view-users"),
  preset: toReadAndWrite("users.entity-preset"),
  automation: toReadAndWrite("stats.view-kpi"),
  invoice: {
    read: [["general.billing", "read"], advertisersRead],
    write: [["general.billing", "write"], offers],
  },
  payment: {
    read: [["general.billing", "read"], affiliatesRead],
    write: [["general.billing", "write"], affiliatesRead],
  },
  conversion: toReadAndWrite("stats.conversions-list"),
};

/** What single operations need instead. */
const needsOfOperation: { [O in Operation]?: readonly Need[] } = {
  "GET /ui/offers/available-for/{affiliate_id}": [advertisersRead],
  "POST /3.0/admin/offer/{offerId}/tracking-link": [],
  "POST /3.0/admin/offer/{id}/disable-affiliates": [offers],
  "POST /3.0/admin/affiliate/{id}/disable-offers": [affiliatesWrite],
  "POST /3.0/admin/partner": [["users.entity-affiliate", "write"]],
  "POST /3.1/partner/auth": [affiliatesRead],
  "POST /3.0/admin/advertiser": [["users.entity-advertiser", "write"]],
  "GET /3.1/user/me": [],
  "GET /3.1/automation/kpi/change-logs": [],
  "GET /3.1/automation/kpi/block-logs": [],
  "GET /3.1/automation/cr-and-sub/block-logs": [],
  "GET /3.0/stats/clicks": [["stats.clicks-list", "read"]],
  "POST /3.0/admin/conversion/import": [imports],
  "POST /3.0/admin/conversions/import": [imports],
  "GET /3.0/stats/serverpostbacks": [["stats.server-postback", "read"]],
  "GET /3.0/stats/affiliatepostbacks": [affiliatePostbacks],
  "GET /3.0/admin/postbacks": [affiliatePostbacks],
  "GET /3.0/stats/custom": [customReports],
  "GET /3.0/stats/retentionrate": [["stats.view-retention-rate", "read"]],
  "GET /3.0/stats/time-to-action": [customReports],
  "GET /3.0/stats/getreferralpayments": [["stats.referral", "read"]],
};

const needsOf = ({ operation, tag, method }: OperationInfo): readonly Need[] =>
  needsOfOperation[operation] ?? needsOfNoun[tag]?.[method === "GET" ? "read" : "write"] ?? [];

const hasAssigned = (state: State, user: User, permission: string): boolean =>
  permission === "users.entity-advertiser" &&
  [...state.advertisers.values()].some((advertiser) => advertiser.manager === user.id);

const meets = (state: State, user: User, [permission, level, scope]: Need): boolean =>
  scope === "some"
    ? allowsSome(user.permissions, permission, level) || hasAssigned(state, user, permission)
    : allows(user.permissions, permission, level);

/** Refuses a network user whose permission tree lacks what the operation needs. */
export const requireNeeds = (state: State, caller: Caller, info: OperationInfo): void => {
  if (caller.kind !== "admin") return;
  for (const need of needsOf(info)) if (!meets(state, caller.user, need)) throw denied();
};
