import type {
  AdvertiserBase,
  Advertiser as AdvertiserDetail,
  AdvertiserListItem,
  AffiliateBase,
  Affiliate as AffiliateDetail,
  AffiliateListItem,
  Cap,
  Manager,
  OfferDetail,
  OfferForAffiliate,
  OwnAffiliateProfile,
  StatsRow,
  UserDetail,
} from "../generated/affise.js";

/** Stands on the row that `viewer` answers, and says what kind of key asked. */
interface Own<Kind extends "User" | "Affiliate" | "Advertiser"> {
  readonly viewer?: Kind;
}

/** Rows as resolvers get them. Every column may be missing, and may hold what the contract does not say: read it through `read.ts`. */
type Loose<T> = { readonly [K in keyof T]?: unknown };

/** An offer from a list, a single read or a write, to whichever kind of key. */
export type OfferRow = Loose<OfferDetail & Omit<OfferForAffiliate, keyof OfferDetail> & { tracking_domain: unknown }>;

/** An affiliate from a list, a single read, a write or its own profile. */
export type AffiliateRow = Loose<
  AffiliateDetail & AffiliateListItem & Pick<OwnAffiliateProfile, "timezone" | "last_login_at" | "permissions"> & AffiliateBase
> &
  Own<"Affiliate">;

/** An advertiser from a list, a single read or a write. */
export type AdvertiserRow = Loose<AdvertiserDetail & AdvertiserListItem & AdvertiserBase> & Own<"Advertiser">;

/** A network user from a list, a single read, or as it stands inside affiliates and advertisers. */
export type UserRow = Loose<UserDetail & Manager & { name: unknown }> & Own<"User">;

/** A cap with the offer it stands on. */
export type CapRow = Loose<Cap> & { readonly offerId: number; readonly place: number };

/** A row of any report. */
export type FiguresRow = Loose<StatsRow> & { readonly fields?: unknown };
