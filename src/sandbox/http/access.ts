import type { Operation } from "../../contract/operation.js";
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

/** What an operation asks of a network user beyond being one; `some` is content with a single entity. */
type Need = readonly [permission: string, level: Level, scope?: "some"];

const offers: Need = ["users.entity-advertiser", "write", "some"];
const settings: Need = ["general.settings", "write"];
const affiliatesRead: Need = ["users.entity-affiliate", "read", "some"];
const affiliatesWrite: Need = ["users.entity-affiliate", "write", "some"];
const advertisersRead: Need = ["users.entity-advertiser", "read", "some"];
const usersWrite: Need = ["users.view-users", "write"];
const billingRead: Need = ["general.billing", "read"];
const billingWrite: Need = ["general.billing", "write"];

const needs: { [O in Operation]?: readonly Need[] } = {
  "POST /3.0/admin/offer": [offers],
  "POST /3.0/admin/offer/{id}": [offers],
  "POST /3.0/admin/offer/mass-update": [offers],
  "POST /3.0/admin/offer/delete": [offers],
  "POST /3.0/admin/offer/{id}/disable-affiliates": [offers],
  "DELETE /3.0/admin/offer/{id}/remove-creative": [offers],
  "POST /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": [offers],
  "DELETE /3.0/admin/offer/{offer_id}/creative/html/{creative_id}": [offers],
  "POST /3.1/offers/promocodes/bulk": [offers],
  "POST /3.0/admin/affiliate/{id}/disable-offers": [affiliatesWrite],
  "POST /3.0/admin/category": [settings],
  "POST /3.0/admin/category/{id}": [settings],
  "POST /3.0/admin/offer/source": [settings],
  "POST /3.0/admin/offer/source/{id}": [settings],
  "DELETE /3.0/admin/offer/source/{id}": [settings],
  "POST /3.1/adcosts": [settings],
  "DELETE /3.1/adcosts": [settings],
  "GET /3.0/admin/partners": [affiliatesRead],
  "GET /3.0/admin/partner/{id}": [affiliatesRead],
  "GET /3.0/admin/partner/{id}/referrals": [affiliatesRead],
  "POST /3.0/admin/partner": [["users.entity-affiliate", "write"]],
  "POST /3.0/admin/partner/{id}": [affiliatesWrite],
  "POST /3.0/admin/partners/mass-update": [affiliatesWrite],
  "POST /3.0/admin/partner/password/{id}": [affiliatesWrite],
  "POST /3.0/admin/partner/{id}/locale": [affiliatesWrite],
  "POST /3.1/partner/auth": [affiliatesRead],
  "GET /ui/offers/available-for/{affiliate_id}": [advertisersRead],
  "GET /3.0/admin/advertisers": [advertisersRead],
  "GET /3.0/admin/advertiser/{id}": [advertisersRead],
  "POST /3.0/admin/advertiser": [["users.entity-advertiser", "write"]],
  "POST /3.0/admin/advertiser/{id}": [offers],
  "POST /3.0/admin/advertiser/{id}/sendpass": [offers],
  "POST /3.0/admin/advertiser/enable-affiliate": [offers],
  "POST /3.0/admin/advertiser/disable-affiliate": [offers],
  "GET /3.0/admin/users": [["users.view-users", "read"]],
  "GET /3.0/admin/user/{id}": [["users.view-users", "read"]],
  "POST /3.0/admin/user": [usersWrite],
  "POST /3.0/admin/user/{id}": [usersWrite],
  "POST /3.0/admin/user/api_key/{id}": [usersWrite],
  "POST /3.0/admin/user/{id}/password": [usersWrite],
  "POST /3.1/user/{id}/permissions": [usersWrite],
  "GET /3.1/presets": [["users.entity-preset", "read"]],
  "POST /3.1/presets": [["users.entity-preset", "write"]],
  "POST /3.1/presets/{preset_id}": [["users.entity-preset", "write"]],
  "DELETE /3.1/presets/{preset_id}": [["users.entity-preset", "write"]],
  "GET /3.1/automation/kpi": [["stats.view-kpi", "read"]],
  "POST /3.1/automation/kpi": [["stats.view-kpi", "write"]],
  "POST /3.1/automation/kpi/{id}": [["stats.view-kpi", "write"]],
  "DELETE /3.1/automation/kpi/{id}": [["stats.view-kpi", "write"]],
  "GET /3.0/admin/advertiser-invoices": [billingRead, advertisersRead],
  "GET /3.0/admin/advertiser-invoice/{number}": [billingRead, advertisersRead],
  "POST /3.0/admin/advertiser-invoice": [billingWrite, offers],
  "POST /3.0/admin/advertiser-invoice/{number}": [billingWrite, offers],
  "GET /3.1/payments": [billingRead, affiliatesRead],
  "GET /3.1/payments/{id}": [billingRead, affiliatesRead],
  "POST /3.1/payments/{id}": [billingWrite, affiliatesRead],
  "POST /3.1/payments/create-for-affiliate": [billingWrite, affiliatesRead],
  "POST /3.1/payments/generate": [billingWrite, affiliatesRead],
  "POST /3.1/payments/{id}/add-correction": [billingWrite, affiliatesRead],
  "DELETE /3.1/payments/del-correction/{id}": [billingWrite, affiliatesRead],
  "DELETE /3.1/payments/delete/{id}": [billingWrite, affiliatesRead],
  "POST /3.1/payments/bulk-delete": [billingWrite, affiliatesRead],
  "POST /3.1/payments/delete/{id}": [billingWrite, affiliatesRead],
  "POST /3.1/payments/{invoice_id}/conversions/delete": [billingWrite, affiliatesRead],
  "GET /3.0/stats/conversions": [["stats.conversions-list", "read"]],
  "GET /3.0/stats/clicks": [["stats.clicks-list", "read"]],
  "GET /3.0/stats/conversionsbyid": [["stats.conversions-list", "read"]],
  "POST /3.0/admin/conversion/edit": [["stats.conversions-list", "write"]],
  "POST /3.0/admin/conversion/edit-by-advertiser": [["stats.conversions-list", "write"]],
  "POST /3.0/admin/conversion/import": [["stats.conversions-import", "write"]],
  "POST /3.0/admin/conversions/import": [["stats.conversions-import", "write"]],
  "GET /3.0/stats/serverpostbacks": [["stats.server-postback", "read"]],
  "GET /3.0/stats/affiliatepostbacks": [["stats.affiliate-postback", "read"]],
  "GET /3.0/admin/postbacks": [["stats.affiliate-postback", "read"]],
  "GET /3.0/stats/custom": [["stats.view-custom", "read"]],
  "GET /3.0/stats/retentionrate": [["stats.view-retention-rate", "read"]],
  "GET /3.0/stats/time-to-action": [["stats.view-custom", "read"]],
  "GET /3.0/stats/getreferralpayments": [["stats.referral", "read"]],
};

const hasAssigned = (state: State, user: User, permission: string): boolean =>
  permission === "users.entity-advertiser" &&
  [...state.advertisers.values()].some((advertiser) => advertiser.manager === user.id);

const meets = (state: State, user: User, [permission, level, scope]: Need): boolean =>
  scope === "some"
    ? allowsSome(user.permissions, permission, level) || hasAssigned(state, user, permission)
    : allows(user.permissions, permission, level);

/** Refuses a network user whose permission tree lacks what the operation needs. */
export const requireNeeds = (state: State, caller: Caller, operation: string): void => {
  if (caller.kind !== "admin") return;
  for (const need of needs[operation as Operation] ?? []) if (!meets(state, caller.user, need)) throw denied();
};
