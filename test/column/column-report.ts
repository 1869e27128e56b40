import { type ColumnCase, connection, days, list } from "./column-case.js";

/** The reports, each with rows of its own form. */
export const reports = (): ColumnCase[] => {
  const slices = [
    "DAY",
    "HOUR",
    "OFFER, AFFILIATE",
    "ADVERTISER, MANAGER",
    "COUNTRY, CITY",
    "OS, OS_VERSION, DEVICE, DEVICE_MODEL",
  ];
  const more = ["BROWSER, GOAL", "SUB1, SUB2, SUB3", "SMARTLINK", "MONTH, QUARTER, YEAR"];
  const kinds = ["DATE", "OFFER", "AFFILIATE_MANAGER", "CARRIER", "CONNECTION_TYPE", "BROWSER_VERSION"];
  const operations: Record<string, string> = {
    DATE: "getbydate",
    OFFER: "getbyprogram",
    AFFILIATE_MANAGER: "getbyaffiliatemanager",
    CARRIER: "getbymobilecarrier",
    CONNECTION_TYPE: "getbyconnectiontype",
    BROWSER_VERSION: "getbybrowsersversion",
    LANDING: "getbylanding",
    PRELANDING: "getbyprelanding",
  };
  return [
    ...[...slices, ...more].map((by) =>
      connection({
        field: "statistics",
        name: `statistics by ${by}`,
        args: `${days}, by: [${by}]`,
        type: "StatisticsRow",
        operation: "GET /3.0/stats/custom",
        at: "stats",
        first: 23,
      }),
    ),
    ...[...kinds, "LANDING", "PRELANDING"].map((kind) =>
      connection({
        field: "report",
        name: `report ${kind}`,
        args: `${days}, kind: ${kind}${kind.includes("LANDING") ? ", filter: { offerIds: [1] }" : ""}`,
        type: "StatisticsRow",
        operation: `GET /3.0/stats/${operations[kind]}`,
        at: "stats",
        first: 23,
      }),
    ),
    connection({
      field: "appsflyerStatistics",
      args: `${days}, by: [DATE, APP, EVENT]`,
      type: "AppsflyerRow",
      operation: "GET /3.0/appsflyer_stats/getbyslice",
      at: "stats",
    }),
    list({
      field: "retention",
      args: `${days}, offerId: "1", baseEvent: "install", events: ["registration", "lead"]`,
      type: "RetentionRow",
      operation: "GET /3.0/stats/retentionrate",
      at: "",
    }),
    connection({
      field: "timeToAction",
      args: `${days}, offerId: "1", timezone: "UTC"`,
      type: "TimeToAction",
      operation: "GET /3.0/stats/time-to-action",
      at: "data",
    }),
    connection({
      field: "referralPayments",
      args: days,
      type: "ReferralPayment",
      operation: "GET /3.0/stats/getreferralpayments",
      at: "ref_payments",
    }),
  ];
};

/** The lists that everything else refers to. */
export const references = (): ColumnCase[] => [
  list({ field: "countries", type: "Country", operation: "GET /3.1/countries", at: "countries" }),
  list({ field: "regions", args: 'countries: ["US"]', type: "Region", operation: "GET /3.1/regions", at: "regions" }),
  list({ field: "cities", args: 'countries: ["US"]', type: "City", operation: "GET /3.1/cities", at: "cities" }),
  list({ field: "isps", args: 'country: "US"', type: "Isp", operation: "GET /3.1/isp", at: "isps" }),
  list({ field: "currencies", type: "Currency", operation: "GET /3.0/admin/currency", at: "quotes" }),
  list({ field: "paymentSystems", type: "PaymentSystem", operation: "GET /3.0/admin/payment_systems", at: "payment_systems" }),
  list({ field: "customFields", type: "CustomField", operation: "GET /3.0/admin/custom_fields", at: "fields" }),
  list({ field: "trackingDomains", type: "TrackingDomain", operation: "GET /3.0/admin/domains", at: "domains" }),
  list({ field: "goals", type: "Goal", operation: "GET /3.0/goals", at: "goals" }),
];
