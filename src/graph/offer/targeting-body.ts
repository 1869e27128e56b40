import type { Value } from "../../affise/encoding/encode.js";
import type {
  SubValuesInput,
  TargetingByCountryInput,
  TargetingGroupInput,
  TargetingSubsInput,
  TargetingTextInput,
  TargetingVersionsInput,
} from "../../generated/schema.js";
import { keyed } from "../mutation/keyed.js";
import { type ColumnWriter, columns, each, int, zeroOne } from "../mutation/write.js";

const textWays: Record<string, ColumnWriter> = {
  deniesEmpty: zeroOne("deny_empty"),
  deniesIpv6: zeroOne("ipv6_deny"),
  deniesCrawlers: zeroOne("deny_crawlers"),
  isRegexp: zeroOne("is_regexp"),
};

const countryColumns = (
  { allow, deny }: TargetingByCountryInput,
  argument: string,
  read: (value: string, argument: string) => string | number,
) => {
  const map = (side: TargetingByCountryInput["allow"], at: string) =>
    side &&
    keyed(
      side,
      at,
      "country",
      ({ values }, place) => values.map((value) => read(value, `${place}.values`)),
      (country) => country.toUpperCase(),
    );
  return { allow: map(allow, `${argument}.allow`), deny: map(deny, `${argument}.deny`) };
};

const texted = (column: string) => (value: TargetingTextInput, argument: string) => ({
  [column]: columns(value, textWays, argument),
});
const numbered = (column: string) => (value: TargetingByCountryInput, argument: string) => ({
  [column]: countryColumns(value, argument, int),
});

const bySub = (subs: readonly SubValuesInput[], argument: string) => keyed(subs, argument, "sub", ({ values }) => values);
const subsBody = (subs: TargetingSubsInput["allow"], argument: string) => (subs?.length ? bySub(subs, argument) : undefined);

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
  subs: ({ allow, deny, denyGroups }: TargetingSubsInput, argument) => ({
    sub: {
      allow: subsBody(allow, `${argument}.allow`),
      deny: subsBody(deny, `${argument}.deny`),
      deny_groups: denyGroups?.map(({ subs }, index) => subsBody(subs, `${argument}.denyGroups.${index}.subs`) ?? {}),
    },
  }),
  referrers: texted("referrer"),
  userAgents: texted("ua"),
  zipCodes: texted("zip"),
  affiliateIds: each("affiliate_id", int),
  blocksProxies: zeroOne("block_proxy"),
  blocksBots: zeroOne("block_known_bots"),
  macros: (macros: SubValuesInput[], argument) => ({ macros_replacement: bySub(macros, argument) }),
  enabledMacros: "macros_replacement_enabled",
};

/** A targeting group as the wire's body has it. */
export const targetingColumns = (group: TargetingGroupInput, argument: string): Record<string, Value> =>
  columns(group, ways, argument);
