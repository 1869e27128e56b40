import type {
  AdvertiserBase,
  Advertiser as AdvertiserDetail,
  AdvertiserInvoice,
  AdvertiserListItem,
  AffiliateBase,
  Affiliate as AffiliateDetail,
  AffiliateListItem,
  Cap,
  Click,
  Conversion,
  ConversionDetail,
  Manager,
  OfferDetail,
  OfferForAffiliate,
  OwnAffiliateProfile,
  Payment,
  Pixel,
  Postback,
  PostbackClick,
  PostbackListItem,
  Preset,
  ReceivedPostback,
  SentPostback,
  StatsRow,
  UserDetail,
} from "../../generated/affise.js";

/** Stands on the row that `viewer` answers, and says what kind of key asked. */
interface Own<Kind extends "User" | "Affiliate" | "Advertiser"> {
  readonly viewer?: Kind;
}

/** Rows as resolvers get them. Every column may be missing, and may hold what the contract does not say: read it through `decode.ts`. */
type Unverified<T> = { readonly [K in keyof T]?: unknown };

/** An offer from a list, a single read or a write, to whichever kind of key. */
export type OfferRow = Unverified<OfferDetail & Omit<OfferForAffiliate, keyof OfferDetail> & { tracking_domain: unknown }>;

/** An affiliate from a list, a single read, a write or its own profile. */
export type AffiliateRow = Unverified<
  AffiliateDetail & AffiliateListItem & Pick<OwnAffiliateProfile, "timezone" | "last_login_at" | "permissions"> & AffiliateBase
> &
  Own<"Affiliate">;

/** An advertiser from a list, a single read or a write. */
export type AdvertiserRow = Unverified<AdvertiserDetail & AdvertiserListItem & AdvertiserBase> & Own<"Advertiser">;

/** A network user from a list, a single read, or as it stands inside affiliates and advertisers. */
export type UserRow = Unverified<UserDetail & Manager & { name: unknown }> & Own<"User">;

/** A cap with the offer it stands on. */
export type CapRow = Unverified<Cap> & { readonly offerId: unknown; readonly place: number };

/** A row of any report. */
export type FiguresRow = Unverified<StatsRow> & {
  readonly fields?: unknown;
  readonly parts?: unknown;
  readonly currency?: unknown;
};

/** A payment to an affiliate. */
export type PaymentRow = Unverified<Payment>;

/** An invoice to an advertiser. */
export type InvoiceRow = Unverified<AdvertiserInvoice>;

/** A line of an invoice, with the invoice it stands on. */
export type InvoiceLineRow = Record<string, unknown> & { readonly offer_id?: unknown; readonly invoice: InvoiceRow };

/** A set of permissions under a name. */
export type PresetRow = Unverified<Preset>;

/** A conversion from the list or a single read. */
export type ConversionRow = Unverified<Conversion & ConversionDetail>;

/** A click from the list of clicks, or as it stands in a postback. */
export type ClickRow = Unverified<Click & PostbackClick>;

/** An affiliate's postback from the list or a write; `affiliate` says whose list it was. */
export type PostbackRow = Unverified<Postback & PostbackListItem> & { readonly affiliate?: number };

/** A postback that an advertiser sent. */
export type ReceivedPostbackRow = Unverified<ReceivedPostback>;

/** A postback that was sent to an affiliate. */
export type SentPostbackRow = Unverified<SentPostback>;

/** An affiliate's pixel. */
export type PixelRow = Unverified<Pixel>;
