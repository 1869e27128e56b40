import { type DocumentNode, Kind } from "graphql";

/**
 * Enum values stand in capitals in GraphQL and as Affise's own words inside: the name in small letters, unless this table says otherwise.
 * So arguments arrive in resolvers as the wire wants them, and rows go out as they came.
 */
const exceptions: Record<string, Record<string, string>> = {
  AvailableOfferOrderField: { CONVERSION_RATE: "cr" },
  AppsflyerSlice: { APP: "app_id", EVENT: "event_name" },
  KpiRuleAction: { CHANGE_STATUS: "conversion" },
  ReferralPaymentStatus: { UNPAID: "0", PAID: "1", PENDING: "2" },
  AffiliateStatus: { NOT_ACTIVE: "not active", ON_MODERATION: "on moderation" },
  ConnectionType: { WI_FI: "wi-fi" },
  DeclineReason: { AFFILIATE_BANNED: "partner_banned", AFFILIATE_DISABLED: "partner_disabled" },
  DeviceType: { OTHER: "Other" },
  AdvertiserOrderField: { COMPANY_NAME: "title" },
  OfferOrderField: { CREATED_AT: "created", CONVERSION_RATE: "cr", PAYOUT: "revenue" },
  StatisticsSlice: {
    SMARTLINK: "smart_id",
    CONNECTION_TYPE: "conn_type",
    AFFILIATE_MANAGER: "affiliate_manager_id",
    ADVERTISER_MANAGER: "advertiser_manager_id",
  },
  ConversionOrderField: { CLICKED_AT: "click_time", AFFILIATE: "partner", PAYOUT: "payouts", INCOME: "revenue" },
  StatisticsOrderField: {
    CLICKS: "raw",
    UNIQUE_CLICKS: "uniq",
    TOTAL_PAYOUT: "total_revenue",
    TOTAL_INCOME: "total_charge",
    TOTAL_EARNINGS: "total_earning",
    TOTAL_UNPAID: "total_null",
    CONFIRMED_PAYOUT: "confirmed_revenue",
    CONFIRMED_INCOME: "confirmed_charge",
    CONFIRMED_EARNINGS: "confirmed_earning",
    CONVERSION_RATE: "cr",
    PENDING_PAYOUT: "pending_revenue",
    HOLD_PAYOUT: "hold_revenue",
    DECLINED_PAYOUT: "declined_revenue",
  },
  PaymentStatus: { WAITING: "1", COMPLETED: "2", PARTLY_PAID: "3", PENDING: "4", DECLINED: "-1" },
  InvoiceOrderField: { ADVERTISER: "supplier_id", CREATED_ON: "created_at" },
  InvoicePayoutType: { RPA: "RPA", RPS: "RPS", RPA_AND_RPS: "RPA + RPS", RPC: "RPC", RPM: "RPM" },
  PixelModerationStatus: { REJECTED: "-1", PENDING: "0", APPROVED: "1" },
  TierTarget: { INCOME: "total", PAYOUT_AND_INCOME: "payout_and_total" },
  UserSection: {
    OFFERS: "ROLE_SECTION_OFFER",
    ADVERTISERS: "ROLE_SECTION_SUPPLIER",
    DASHBOARD: "ROLE_SECTION_DASHBOARD",
    NEWS: "ROLE_SECTION_NEWS",
    CATEGORIES: "ROLE_SECTION_CATEGORY",
    AFFILIATES: "ROLE_SECTION_PARTNER",
    TICKETS: "ROLE_SECTION_TICKET",
    AUTOMATION: "ROLE_SECTION_AUTOMATION",
    BILLING: "ROLE_SECTION_PAYMENT",
    STATISTICS: "ROLE_SECTION_STATS",
    STATISTICS_DAILY: "ROLE_SECTION_STATS_COMMON",
    STATISTICS_CONVERSIONS: "ROLE_SECTION_STATS_CONVERSION",
    STATISTICS_ADVERTISERS: "ROLE_SECTION_STATS_SUPPLIER",
    STATISTICS_OFFERS: "ROLE_SECTION_STATS_OFFER",
    STATISTICS_COUNTRIES: "ROLE_SECTION_STATS_COUNTRY",
    STATISTICS_CITIES: "ROLE_SECTION_STATS_CITY",
    STATISTICS_OS: "ROLE_SECTION_STATS_OS",
    STATISTICS_GOALS: "ROLE_SECTION_STATS_GOAL",
    STATISTICS_DEVICES: "ROLE_SECTION_STATS_DEVICE",
    STATISTICS_LIMITS: "ROLE_SECTION_STATS_LIMITS",
    STATISTICS_AFFILIATE_POSTBACKS: "ROLE_SECTION_STATS_PARTNER_POSTBACK",
    STATISTICS_SERVER_POSTBACKS: "ROLE_SECTION_STATS_SERVER_POSTBACK",
    STATISTICS_COMPARISON: "ROLE_SECTION_STATS_COMPARISON",
  },
  UserRole: { GENERAL_MANAGER: "common_manager", OWNER: "client" },
  VersionComparison: { LT: "LT", LTE: "LTE", EQ: "EQ", GT: "GT", GTE: "GTE" },
};

/** The inner values of an enum of the table above. */
export const wordsOf = (type: string): string[] => Object.values(exceptions[type] ?? {});

/** Enums that never reach the wire keep their own names inside. */
const ownWords = new Set(["ErrorCode", "Outcome", "RestCallsPer"]);

/** The inner values of every enum of the SDL, by type and name, in the form that makeExecutableSchema takes as resolvers. */
export const enumValues = ({ definitions }: DocumentNode): Record<string, Record<string, string>> =>
  Object.fromEntries(
    definitions.flatMap((definition) => {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
      const type = definition.name.value;
      const wireOf = (name: string) => (ownWords.has(type) ? name : (exceptions[type]?.[name] ?? name.toLowerCase()));
      return [[type, Object.fromEntries((definition.values ?? []).map(({ name: { value } }) => [value, wireOf(value)]))]];
    }),
  );
