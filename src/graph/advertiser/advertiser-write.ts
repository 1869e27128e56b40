import type { Resolvers } from "../../generated/schema.js";
import { subRuleColumns } from "../affiliate/sub-account.js";
import { customFieldColumns } from "../column/custom-field.js";
import { creating, updating } from "../mutation/single.js";
import { type ColumnWriter, each, hex, int } from "../mutation/write.js";

const linesTo = (column: string) => (lines: readonly string[]) => ({ [column]: lines.join("\n") });

const ways: Record<string, ColumnWriter> = {
  companyName: "title",
  managerId: (id: string, argument) => ({ manager: id && hex(id, argument) }),
  allowedIps: linesTo("allowed_ip"),
  disallowedIps: linesTo("disallowed_ip"),
  postbackSecret: "hash_password",
  personalTargetingOnly: (only: boolean) => ({ consider_personal_targeting_only: String(only) }),
  clickSigning: "sign_clicks_integration",
  signsClicks: "sign_clicks_appsflyer_key",
  skadNetworkIds: "skad_network_id",
  locksPostbackStatus: "disabled_choice_postback_status",
  enabledAffiliateIds: each("affiliates_enabled", int),
  disabledAffiliateIds: each("affiliates_disabled", int),
  uniqueClicksOnly: "hosts_only",
  hidesConversionStatus: "hide_conversion_status",
  encryptsSubAccounts: "subaccounts_encryption",
  uniqueClicksPerVisitor: "host_uniqueness_number_unique_clicks",
  uniqueClicksHours: "host_uniqueness_time_frame",
  subAccounts: subRuleColumns,
  customFields: customFieldColumns,
};

export const Mutation = {
  createAdvertiser: creating("POST /3.0/admin/advertiser", ways, ({ advertiser }) => ({ advertiser })),
  updateAdvertiser: updating("POST /3.0/admin/advertiser/{id}", hex, ways, ({ advertiser }) => ({ advertiser })),
} satisfies Resolvers["Mutation"];
