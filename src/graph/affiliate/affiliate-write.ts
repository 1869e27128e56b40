import type { Value } from "../../affise/encoding/encode.js";
import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { AffiliatePaymentSystemInput, AffiliatesChange, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { customFieldColumns } from "../column/custom-field.js";
import { keyed } from "../mutation/keyed.js";
import { reread } from "../mutation/reread.js";
import { itemsOf, listed, Many } from "../mutation/settle.js";
import { creating, updating } from "../mutation/single.js";
import { type ColumnWriter, each, hex, int, zeroOne } from "../mutation/write.js";
import { subRuleColumns } from "./sub-account.js";

const paymentSystem = ({ systemId, currency, fields }: AffiliatePaymentSystemInput, argument: string): Value => ({
  system_id: int(systemId, `${argument}.systemId`),
  currency,
  fields: withFieldNames(
    keyed(fields ?? [], `${argument}.fields`, "field", ({ value }) => value ?? ""),
    Object.fromEntries((fields ?? []).map(({ field }, index) => [field, `${argument}.fields.${index}.value`])),
  ),
});

const numberOrNone = (column: string) => (id: string, argument: string) => ({ [column]: id && int(id, argument) });

const ways: Record<string, ColumnWriter> = {
  companyName: "login",
  managerId: (id: string, argument) => ({ manager_id: id && hex(id, argument) }),
  referralPercent: (percent: number) => ({ ref_percent: String(percent) }),
  referrerId: numberOrNone("ref"),
  paymentSystems: each("payment_systems", paymentSystem),
  customFields: customFieldColumns,
  subAccounts: subRuleColumns,
  enabledOfferIds: each("enabledOffers", int),
  disabledOfferIds: each("disabledOffers", int),
  enabledAdvertiserIds: each("enabledAdvertisers", hex),
  disabledAdvertiserIds: each("disabledAdvertisers", hex),
  enabledSmartlinkIds: each("enabledSmartlinks", hex),
  disabledSmartlinkIds: each("disabledSmartlinks", hex),
  tipaltiPayeeId: numberOrNone("tipalti_payee_id"),
  subaccountId: numberOrNone("subaccount_id"),
  trafficbackUrl: "affiliate_trafficback_url",
  notify: zeroOne("notify"),
};

const changedAffiliates = (changes: readonly AffiliatesChange[]) => {
  const places = changes.flatMap(({ affiliateIds, status, managerId }, index) => {
    const at = `input.changes.${index}`;
    if (!status && !managerId) {
      throw badInput(at, `${at} changes nothing: give status or managerId.`);
    }
    const manager = managerId ? { manager_id: hex(managerId, `${at}.managerId`) } : {};
    const paths = { manager_id: `${at}.managerId`, status: `${at}.status`, id: `${at}.affiliateIds` };
    const change = withFieldNames({ ...manager, ...(status ? { status } : {}) }, paths);
    return listed(affiliateIds, `${at}.affiliateIds`).map((one) => ({ ...one, change }));
  });
  return new Many(itemsOf(int, places));
};

export const AffiliateResult = { affiliateId: column("id") } satisfies Resolvers["AffiliateResult"];

export const Mutation = {
  createAffiliate: creating("POST /3.0/admin/partner", ways, ({ partner }) => ({ affiliate: partner })),
  updateAffiliate: updating("POST /3.0/admin/partner/{id}", int, ways, ({ partner }) => ({ affiliate: partner })),

  updateAffiliates: async (_, { input }, { call, load }) => {
    const affiliates = changedAffiliates(input.changes);
    await affiliates.lookUp(load.affiliate, "affiliate");
    await affiliates.byChange(
      ({ change }) => change,
      (change, id) => call("POST /3.0/admin/partners/mass-update", { body: { ...change, id } }),
    );
    return { results: affiliates.results(({ id }) => ({ affiliate: reread(load.affiliate, id) })) };
  },
} satisfies Resolvers["Mutation"];
