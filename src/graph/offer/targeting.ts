import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { entries, list, record, text } from "../column/decode.js";
import { affiliateKeys } from "../column/foreign-key.js";

const texts = (value: unknown): string[] => list(value)?.map((one) => text(one) ?? "") ?? [];

/** The lists of a map by their names; a plain list, which older answers print, stands under none. */
const listsIn = (value: unknown): [name: string, values: string[]][] | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length ? [["", texts(value)]] : [];
  return entries(value).map(([name, values]) => [name, texts(values)]);
};

const byCountry = (value: unknown) =>
  listsIn(value)?.map(([country, values]) => ({ country: country.toUpperCase(), values })) ?? null;

/** sub1 stands under 1, sub1 or a longer name. */
const bySub = (value: unknown) =>
  listsIn(value)?.map(([sub, values]) => ({ sub: /^\d+$/.test(sub) ? `sub${sub}` : sub, values })) ?? null;

/** A rule is an object; what Affise prints as a plain list is what it lets in. */
const rule = (value: unknown) => (Array.isArray(value) && value.length ? { allow: value } : record(value));

export const TargetingGroup = {
  groupId: column("id"),
  isEnabled: column("enabled"),
  countries: ({ country }) => rule(country),
  regions: ({ region }) => rule(region),
  cities: ({ city }) => rule(city),
  isps: ({ isp }) => rule(isp),
  ispOrganizations: ({ isp_organization }) => rule(isp_organization),
  ips: ({ ip }) => rule(ip),
  oses: ({ os, os_deny }) => {
    const found = rule(os);
    return found && { ...found, denied: os_deny };
  },
  browsers: ({ browser }) => rule(browser),
  browserVersions: ({ browser_version }) => rule(browser_version),
  brands: ({ brand }) => rule(brand),
  deviceModels: ({ device_model }) => rule(device_model),
  deviceTypes: column("device_type"),
  deviceTypesDenied: column("device_type_deny"),
  connections: column("connection"),
  connectionsDenied: column("connection_deny"),
  subs: ({ sub }) => rule(sub),
  referrers: ({ referrer }) => rule(referrer),
  userAgents: ({ ua }) => rule(ua),
  zipCodes: ({ zip }) => rule(zip),
  ...affiliateKeys("affiliate", "affiliate_id"),
  blocksProxies: column("block_proxy", "block_proxy_vpn"),
  blocksBots: column("block_known_bots"),
  macros: ({ macros_replacement }) => bySub(macros_replacement),
  enabledMacros: column("macros_replacement_enabled"),
} satisfies Resolvers["TargetingGroup"];

export const TargetingText = {
  deniesEmpty: column("deny_empty"),
  deniesIpv6: column("ipv6_deny"),
  deniesCrawlers: column("deny_crawlers"),
} satisfies Resolvers["TargetingText"];

export const TargetingByCountry = {
  allow: ({ allow }) => byCountry(allow),
  deny: ({ deny }) => byCountry(deny),
} satisfies Resolvers["TargetingByCountry"];

export const TargetingSubs = {
  allow: ({ allow }) => bySub(allow),
  deny: ({ deny }) => bySub(deny),
  denyGroups: ({ deny_groups }) => list(deny_groups)?.map((group) => ({ subs: bySub(group) ?? [] })) ?? null,
} satisfies Resolvers["TargetingSubs"];
