import type { Value } from "../../affise/encode.js";
import type {
  TargetingByCountryInput,
  TargetingByCountryResolvers,
  TargetingGroupInput,
  TargetingGroupResolvers,
  TargetingSubsResolvers,
  TargetingTextInput,
  TargetingTextResolvers,
  TargetingVersionsInput,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { entries, list, record, text } from "../column/decode.js";
import { affiliateIdsIn, affiliatesIn } from "../column/foreign-key.js";
import { columns, int } from "../mutation/write.js";

const texts = (value: unknown): string[] => list(value)?.map((one) => text(one) ?? "") ?? [];

/** What stands under each country; a plain list, which older answers print, stands under none. */
const byCountry = (value: unknown): { country: string; values: string[] }[] | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length ? [{ country: "", values: texts(value) }] : [];
  return entries(value).map(([country, values]) => ({ country: country.toUpperCase(), values: texts(values) }));
};

/** sub1 stands under 1, sub1 or a longer name. */
const bySub = (value: unknown): { sub: string; values: string[] }[] | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length ? [{ sub: "", values: texts(value) }] : [];
  return entries(value).map(([sub, values]) => ({ sub: /^\d+$/.test(sub) ? `sub${sub}` : sub, values: texts(values) }));
};

/** A rule is an object; what Affise prints as a plain list is what it lets in. */
const rule = (value: unknown) => (Array.isArray(value) && value.length ? { allow: value } : record(value));

export const TargetingGroup = {
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
  affiliateIds: ({ affiliate_id }) => affiliateIdsIn(affiliate_id),
  affiliates: ({ affiliate_id }, _, { load }) => affiliatesIn(load, affiliate_id),
  blocksProxies: column("block_proxy", "block_proxy_vpn"),
  blocksBots: column("block_known_bots"),
  macros: ({ macros_replacement }) => bySub(macros_replacement),
  enabledMacros: column("macros_replacement_enabled"),
} satisfies TargetingGroupResolvers;

export const TargetingText = {
  deniesEmpty: column("deny_empty"),
  deniesIpv6: column("ipv6_deny"),
  deniesCrawlers: column("deny_crawlers"),
} satisfies TargetingTextResolvers;

export const TargetingByCountry = {
  allow: ({ allow }) => byCountry(allow),
  deny: ({ deny }) => byCountry(deny),
} satisfies TargetingByCountryResolvers;

export const TargetingSubs = {
  allow: ({ allow }) => bySub(allow),
  deny: ({ deny }) => bySub(deny),
  denyGroups: ({ deny_groups }) => list(deny_groups)?.map((group) => ({ subs: bySub(group) ?? [] })) ?? null,
} satisfies TargetingSubsResolvers;

const textColumns = ({
  allow,
  deny,
  deniesEmpty,
  deniesIpv6,
  deniesCrawlers,
  isRegexp,
}: TargetingTextInput): Record<string, Value> =>
  columns(
    { allow, deny, deniesEmpty, deniesIpv6, deniesCrawlers, isRegexp },
    {
      deniesEmpty: bitTo("deny_empty"),
      deniesIpv6: bitTo("ipv6_deny"),
      deniesCrawlers: bitTo("deny_crawlers"),
      isRegexp: bitTo("is_regexp"),
    },
  );

function bitTo(column: string) {
  return (value: boolean) => ({ [column]: value ? 1 : 0 });
}

type Lists = Record<string, string[] | number[]>;

const countryColumns = ({ allow, deny }: TargetingByCountryInput, read: (value: string) => string | number) => {
  const map = (side: TargetingByCountryInput["allow"]) =>
    side && (Object.fromEntries(side.map(({ country, values }) => [country.toUpperCase(), values.map(read)])) as Lists);
  return { allow: map(allow), deny: map(deny) };
};

const texted = (column: string) => (value: TargetingTextInput) => ({ [column]: textColumns(value) });
const numbered = (column: string) => (value: TargetingByCountryInput, argument: string) => ({
  [column]: countryColumns(value, (id) => int(id, argument)),
});

/** A targeting group as the wire's body has it. */
export const targetingColumns = (group: TargetingGroupInput): Record<string, Value> =>
  columns(group, {
    isEnabled: bitTo("enabled"),
    countries: texted("country"),
    regions: numbered("region"),
    cities: numbered("city"),
    isps: (value: TargetingByCountryInput) => ({ isp: countryColumns(value, String) }),
    ispOrganizations: texted("isp_organization"),
    ips: texted("ip"),
    oses: ({ allow, denied }: TargetingVersionsInput) => ({
      os: { allow: [...(allow ?? [])] as Value[] },
      os_deny: denied ? 1 : 0,
    }),
    browsers: texted("browser"),
    browserVersions: ({ allow, deny }: TargetingVersionsInput) => ({ browser_version: { allow, deny } as Value }),
    brands: texted("brand"),
    deviceModels: texted("device_model"),
    deviceTypes: "device_type",
    deviceTypesDenied: bitTo("device_type_deny"),
    connections: "connection",
    connectionsDenied: bitTo("connection_deny"),
    referrers: texted("referrer"),
    userAgents: texted("ua"),
    zipCodes: texted("zip"),
    affiliateIds: (ids: string[], argument) => ({ affiliate_id: ids.map((id) => int(id, argument)) }),
    blocksProxies: bitTo("block_proxy"),
    blocksBots: bitTo("block_known_bots"),
    macros: (macros: { sub: string; values: string[] }[]) => ({
      macros_replacement: Object.fromEntries(macros.map(({ sub, values }) => [sub, values])),
    }),
    enabledMacros: "macros_replacement_enabled",
  });
