import type { Value } from "../../affise/encode.js";
import { badInput } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type {
  AffiliatePaymentSystemInput,
  AffiliatesChange,
  CreateAffiliateInput,
  MutationResolvers,
  UpdateAffiliateInput,
} from "../../generated/schema.js";
import { customFieldColumns } from "../column/custom-field.js";
import { grouped, itemError, once, settle } from "../mutation/settle.js";
import { columns, each, hex, int, type Way } from "../mutation/write.js";
import { noAffiliate } from "./affiliate.js";
import { subRule } from "./sub-account.js";

const paymentSystem = ({ systemId, currency, fields }: AffiliatePaymentSystemInput, argument: string): Value => ({
  system_id: int(systemId, `${argument}.systemId`),
  currency,
  fields: Object.fromEntries((fields ?? []).map(({ field, value }) => [field, value])),
});

const idTo = (column: string) => (id: string, argument: string) => ({ [column]: id && int(id, argument) });

const ways: Record<string, Way> = {
  managerId: (id: string, argument) => ({ manager_id: id && hex(id, argument) }),
  referralPercent: (percent: number) => ({ ref_percent: String(percent) }),
  referrerId: idTo("ref"),
  paymentSystems: each("payment_systems", paymentSystem),
  customFields: customFieldColumns,
  sub1Rule: subRule(1),
  sub2Rule: subRule(2),
  enabledOfferIds: each("enabledOffers", int),
  disabledOfferIds: each("disabledOffers", int),
  enabledAdvertiserIds: each("enabledAdvertisers", hex),
  disabledAdvertiserIds: each("disabledAdvertisers", hex),
  enabledSmartlinkIds: each("enabledSmartlinks", hex),
  disabledSmartlinkIds: each("disabledSmartlinks", hex),
  tipaltiPayeeId: idTo("tipalti_payee_id"),
  subaccountId: idTo("subaccount_id"),
  trafficbackUrl: "affiliate_trafficback_url",
  notify: (notify: boolean) => ({ notify: notify ? 1 : 0 }),
};

type Body = Input<"POST /3.0/admin/partner">["body"];

const bodyOf = (input: CreateAffiliateInput | Omit<UpdateAffiliateInput, "id">): Body => columns(input, ways) as Body;

interface Change {
  manager_id?: string;
  status?: NonNullable<AffiliatesChange["status"]>;
}

const changeOf = ({ affiliateIds, status, managerId }: AffiliatesChange, index: number): { ids: number[]; change: Change } => {
  const argument = `input.changes.${index}`;
  if (!status && !managerId) {
    throw badInput(argument, `${argument} changes nothing: give status or managerId.`);
  }
  return {
    ids: affiliateIds.map((id) => int(id, `${argument}.affiliateIds`)),
    change: {
      ...(managerId ? { manager_id: hex(managerId, `${argument}.managerId`) } : {}),
      ...(status ? { status } : {}),
    },
  };
};

export const Mutation = {
  createAffiliate: async (_, { input }, { call }) => {
    const { partner } = await call("POST /3.0/admin/partner", { body: bodyOf(input) });
    return { affiliate: partner };
  },

  updateAffiliate: async (_, { input: { id, ...changes } }, { call }) => {
    const path = { id: int(id, "id") };
    const { partner } = await call("POST /3.0/admin/partner/{id}", { path, body: bodyOf(changes) });
    return { affiliate: partner };
  },

  updateAffiliates: async (_, { input }, { call, load }) => {
    const changes = input.changes.map(changeOf);
    const asked = once(
      changes.flatMap(({ ids }) => ids),
      "input.changes.affiliateIds",
    );
    const found = await load.affiliate.loadMany(asked);
    const failures = new Map(asked.filter((_, index) => found[index] === null).map((id) => [id, itemError(noAffiliate(id))]));

    const groups = grouped(changes).map(({ ids, change }) => ({ ids: ids.filter((id) => !failures.has(id)), change }));
    const sent = groups.filter(({ ids }) => ids.length > 0);
    const outcomes = await settle(sent, async ({ ids, change }) => {
      await call("POST /3.0/admin/partners/mass-update", { body: { id: ids, ...change } });
      return {};
    });
    outcomes.forEach((outcome, index) => {
      if ("error" in outcome) for (const id of sent[index]?.ids ?? []) failures.set(id, outcome.error);
    });

    const results = asked.map((id) => {
      const error = failures.get(id);
      return error ? { id, error } : { id, affiliate: () => load.affiliate.load(id) };
    });
    return { results };
  },
} satisfies MutationResolvers;
