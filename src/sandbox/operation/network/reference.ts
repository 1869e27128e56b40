import { type City, countries, countryOf, profiles, rates } from "../../model/geo.js";
import { goalTitles } from "../../model/goal.js";
import { browsers, osNames, osVersions, vendors } from "../../model/reference.js";
import type { Routes } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import { orNotFound } from "../../rule/failure.js";
import { includesText, listed, wholeList } from "../../rule/paging.js";

const regionsOf = (code: string): Row[] => {
  const country = countryOf(code);
  const names = [...new Set(country?.cities.map((city) => city.region))];
  return names.map((name, index) => ({
    id: (country?.cities[0]?.id ?? 0) * 10 + index,
    name,
    country_code: country?.code ?? code,
  }));
};

const cityRow = (code: string, { id, name, region }: City): Row => ({ country_code: code, id, name, region_code: region });

const currencies = Object.entries(rates).map(([code, rate], index) => ({
  _id: index + 1,
  code,
  active: code !== "PLN",
  default: code === "USD",
  rate,
  min_payment: 50,
  is_crypto: code === "INR" ? null : false,
}));

const domains: readonly Row[] = [
  { url: "go.sandbox.example", use_https: true, id: 1 },
  { url: "track.sandbox.example", use_https: true, id: 2 },
  { url: "old.sandbox.example", use_https: false, id: 3 },
];

/** Ids as texts, and none. */
const oddDomain = (row: Row, index: number): Row => ({ ...row, id: [row.id, String(row.id), null][index % 3] });

const whole = (name: string, list: readonly unknown[]): Row => listed(name, { rows: list, pagination: wholeList(list.length) });

export const reference: Routes = {
  "GET /3.1/countries": () => ({ status: 1, countries: countries.map(({ code, name }) => ({ code, name })) }),
  "GET /3.1/regions": ({ query }) => {
    const found = query.country.flatMap(regionsOf);
    const codes = query.code?.map(String);
    return { status: 1, regions: codes?.length ? found.filter(({ id }) => codes.includes(String(id))) : found };
  },
  "GET /3.1/cities": ({ query }) => {
    const found = [query.country]
      .flat()
      .flatMap((code) => countryOf(code)?.cities.map((city) => cityRow(code.toUpperCase(), city)) ?? []);
    const codes = query.code?.split(",");
    const cities = found.filter(
      (city) => includesText(String(city.name), query.q ?? "") && (!codes || codes.includes(String(city.id))),
    );
    return whole("cities", cities);
  },
  "GET /3.1/isp": ({ query }) => {
    const names = countryOf(query.country)?.isps.filter((name) => includesText(name, query.q ?? "")) ?? [];
    return whole(
      "isps",
      names.map((name) => ({ country: query.country.toUpperCase(), name })),
    );
  },
  "GET /3.1/oses": () => {
    // The numbers have a gap, as they have upstream.
    const oses = Object.fromEntries(osNames.map((name, index) => [String(index < 2 ? index + 1 : index + 2), name]));
    return { status: 1, oses, pagination: wholeList(osNames.length) };
  },
  "GET /3.1/oses/{os}": ({ path }) => {
    const name = orNotFound(osNames.find((one) => one.toLowerCase() === path.os.toLowerCase()));
    return whole("versions", osVersions[name] ?? []);
  },
  "GET /3.1/browsers": () => whole("browsers", browsers),
  "GET /3.1/devices": () => ({
    status: 1,
    types: ["mediahub", "mobile", "ereader", "console", "tv", "tablet", "desktop", "smartwatch"],
  }),
  "GET /3.1/vendors": ({ query }) => ({ status: 1, vendors: vendors.filter((name) => includesText(name, query.q ?? "")) }),
  "GET /3.1/connection-types": () => ({
    status: 1,
    types: [...new Set(profiles.flatMap(({ connection }) => connection || [])), "other"],
  }),
  "GET /3.0/admin/currency": ({ query }) => {
    const found = currencies.filter(({ active }) => active || query.get_only_active !== 1);
    const quotes = query.extended === 1 ? found : Object.fromEntries(found.map(({ code, rate }) => [code, rate]));
    return { status: 1, quotes };
  },
  "GET /3.0/admin/payment_systems": ({ state }) => ({ status: 1, payment_systems: state.paymentSystems }),
  "GET /3.0/admin/custom_fields": ({ state }) => ({ status: 1, fields: state.customFields }),
  "GET /3.0/admin/domains": ({ state }) => ({
    status: 1,
    domains: state.ugly.has("reference") ? domains.map(oddDomain) : domains,
  }),
  "GET /3.0/goals": () => ({ status: 1, goals: goalTitles.map((title, index) => ({ id: index + 1, title })) }),
};
