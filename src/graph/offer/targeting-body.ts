import type { Value } from "../../affise/encoding/encode.js";
import type {
  TargetingByCountryInput,
  TargetingGroupInput,
  TargetingSubsInput,
  TargetingTextInput,
  TargetingVersionsInput,
} from "../../generated/schema.js";
import { type ColumnWriter, columns, each, int, zeroOne } from "../mutation/write.js";

const textWays: Record<string, ColumnWriter> = {
  deniesEmpty: zeroOne("deny_empty"),
  deniesIpv6: zeroOne("ipv6_deny"),
  deniesCrawlers: zeroOne("deny_crawlers"),
  isRegexp: zeroOne("is_regexp"),
};

type Lists = Record<string, string[] | number[]>;

const countryColumns = (
  { allow, deny }: TargetingByCountryInput,
  argument: string,
  read: (value: string, argument: string) => string | number,
) => {
  const map = (side: TargetingByCountryInput["allow"], at: string) =>
    side &&
    (Object.fromEntries(
      side.map(({ country, values }, index) => [
        country.toUpperCase(),
        values.map((value) => read(value, `${at}.${index}.values`)),
      ]),
    ) as Lists);
  return { allow: map(allow, `${argument}.allow`), deny: map(deny, `${argument}.deny`) };
};

const texted = (column: string) => (value: TargetingTextInput, argument: string) => ({
  [column]: columns(value, textWays, argument),
});
const numbered = (column: string) => (value: TargetingByCountryInput, argument: string) => ({
  [column]: countryColumns(value, argument, int),
});

const subsBody = (subs: TargetingSubsInput["allow"]) =>
  subs?.length ? Object.fromEntries(subs.map(({ sub, values }) => [sub, values])) : undefined;

const ways: Record<string, ColumnWriter> = {
  groupId: "id",
  isEnabled: zeroOne("enabled"),
  countries: texted("country"),
  regions: numbered("region"),
  cities: numbered("city"),
  isps: (value: TargetingByCountryInput, argument) => ({ isp: countryColumns(value, argument, String) }),
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
  deviceTypesDenied: zeroOne("device_type_deny"),
  connections: "connection",
  connectionsDenied: zeroOne("connection_deny"),
  subs: ({ allow, deny, denyGroups }: TargetingSubsInput) => ({
    sub: { allow: subsBody(allow), deny: subsBody(deny), deny_groups: denyGroups?.map(({ subs }) => subsBody(subs) ?? {}) },
  }),
  referrers: texted("referrer"),
  userAgents: texted("ua"),
  zipCodes: texted("zip"),
  affiliateIds: each("affiliate_id", int),
  blocksProxies: zeroOne("block_proxy"),
  blocksBots: zeroOne("block_known_bots"),
  macros: (macros: { sub: string; values: string[] }[]) => ({
    macros_replacement: Object.fromEntries(macros.map(({ sub, values }) => [sub, values])),
  }),
  enabledMacros: "macros_replacement_enabled",
};

/** A targeting group as the wire's body has it. */
export const targetingColumns = (group: TargetingGroupInput, argument: string): Record<string, Value> =>
  columns(group, ways, argument);
