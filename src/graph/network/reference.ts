import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import { listRows, rowsAt } from "../../affise/list/list.js";
import type { Context } from "../../context.js";
import { isJsonObject } from "../../contract/json.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { code, entries, list, numberedEntries, text, texts } from "../column/decode.js";
import { deviceTypeIn } from "../column/device.js";
import { ids, int, toZeroOne } from "../mutation/write.js";

const countryCode = (code: string, argument: string): string => {
  if (/^[a-z]{2}$/i.test(code)) return code.toUpperCase();
  throw badInput(argument, `${argument}: ${quoted(code)} is no country; give its two-letter code.`);
};

export const Query = {
  countries: (_, __, { call }) => listRows(call, "GET /3.1/countries", "countries"),

  country: (_, { code }, { load }) => load.country.load(countryCode(code, "code")),

  regions: async (_, { countries, ids: numbers }, { call }) => {
    const query = {
      country: countries.map((code) => countryCode(code, "countries")),
      code: ids(int, numbers, "ids"),
    };
    return query.country.length ? listRows(call, "GET /3.1/regions", "regions", { query }) : [];
  },

  cities: async (_, { countries, search, code }, { call }) => {
    const country = countries.map((one) => countryCode(one, "countries"));
    if (!country.length) return [];
    return listRows(call, "GET /3.1/cities", "cities", { query: { country, q: search, code: code } });
  },

  isps: (_, { country, search }, { call }) =>
    listRows(call, "GET /3.1/isp", "isps", { query: { country: countryCode(country, "country"), q: search } }),

  operatingSystems: async (_, __, { call }) =>
    Object.entries((await call("GET /3.1/oses")).oses ?? {}).map(([id, name]) => ({ id, name })),

  osVersions: async (_, { os }, { load }) => texts(await load.osVersions.load(os)),

  browsers: async (_, __, { call }) => texts(await listRows(call, "GET /3.1/browsers", "browsers")),

  deviceTypes: async (_, __, { call }) => texts(await listRows(call, "GET /3.1/devices", "types"))?.map(deviceTypeIn) ?? null,

  deviceVendors: async (_, { search }, { call }) =>
    texts(await listRows(call, "GET /3.1/vendors", "vendors", { query: { q: search } })),

  connectionTypes: async (_, __, { call }) => texts(await listRows(call, "GET /3.1/connection-types", "types")),

  currencies: async (_, { activeOnly }, { call }) => {
    const operation = "GET /3.0/admin/currency";
    const answer = await call(operation, { query: { extended: 1, get_only_active: toZeroOne(activeOnly) } });
    // The long form has rows; a network that gives the short one all the same prints rates by code.
    if (list(answer.quotes)?.some(isJsonObject)) return rowsAt(operation, "quotes", answer);
    return entries(answer.quotes).map(([code, rate]) => ({ code, rate }));
  },

  paymentSystems: (_, __, { call }) => listRows(call, "GET /3.0/admin/payment_systems", "payment_systems"),

  customFields: (_, __, { call }) => listRows(call, "GET /3.0/admin/custom_fields", "fields"),

  trackingDomains: (_, __, { call }) => listRows(call, "GET /3.0/admin/domains", "domains"),

  goals: (_, __, { call }) => listRows(call, "GET /3.0/goals", "goals"),
} satisfies Resolvers["Query"];

const upper = (value: unknown) => code(value) ?? "";

export const Country = {
  code: ({ code }) => upper(code),
  regions: ({ code }, _, { load }) => load.countryRegions.load(upper(code)).then((found) => [...(found ?? [])]),
  cities: ({ code }, { search }, { load }) =>
    load.countryCities.load(upper(code), { q: search }).then((found) => [...(found ?? [])]),
  isps: async ({ code }, { search }, { load }) => [...((await load.countryIsps.load(upper(code), { q: search })) ?? [])],
} satisfies Resolvers["Country"];

/** The country whose code stands in a column. */
const countryBy =
  <C extends string>(column: C) =>
  (row: { readonly [Column in C]?: unknown }, _: unknown, { load }: Context) => {
    const known = code(row[column]);
    return known ? load.country.load(known) : null;
  };

/** The same country as an object, for rows that carry its code. */
const countryInfo = countryBy("country");

export const Advertiser = { countryInfo };
export const Affiliate = { countryInfo };
export const IspRestriction = { countryInfo };
export const CountryValues = { countryInfo };
export const StatisticsKey = { countryInfo };
export const PayoutCity = { countryInfo: countryBy("country_code") };
export const Region = { country: countryBy("country_code") } satisfies Resolvers["Region"];
export const City = { region: column("region_code"), country: countryBy("country_code") } satisfies Resolvers["City"];
export const Isp = { country: countryBy("country") } satisfies Resolvers["Isp"];

export const OperatingSystem = {
  versions: async ({ name }, _, { load }) => texts(await load.osVersions.load(String(name))),
} satisfies Resolvers["OperatingSystem"];

export const Currency = {
  id: column("_id"),
  isActive: column("active"),
  isDefault: column("default"),
  minimumPayment: column("min_payment"),
} satisfies Resolvers["Currency"];

export const PaymentSystem = { name: column("lang_label") } satisfies Resolvers["PaymentSystem"];

export const PaymentSystemField = {
  number: column("id"),
  name: column("lang_label"),
  isRequired: column("required"),
} satisfies Resolvers["PaymentSystemField"];

export const CustomField = {
  isRequired: column("required"),
  type: column("field_type"),
  options: ({ field_values }) => numberedEntries(field_values).map(([number, label]) => ({ number, label: text(label) })),
} satisfies Resolvers["CustomField"];

export const TrackingDomain = {
  host: column("url"),
  usesHttps: column("use_https"),
} satisfies Resolvers["TrackingDomain"];
