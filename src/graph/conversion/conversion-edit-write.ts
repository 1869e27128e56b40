import { laidOver, withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import { totalAt } from "../../affise/list/list.js";
import type { Context } from "../../context.js";
import type { Input } from "../../contract/operation.js";
import type {
  ConversionChange,
  ConversionsChange,
  MatchingConversionsFilter,
  Resolvers,
  UpdateAllMatchingConversionsInput,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { currencyNumber } from "../column/currency.js";
import { nullIfNotFound } from "../column/failure.js";
import { customFields, toNumbered } from "../column/numbered.js";
import { withFound } from "../mutation/outcome.js";
import { itemsOf, listed, Many } from "../mutation/settle.js";
import { type ColumnWriter, columns, hex, ids, int, period } from "../mutation/write.js";
import { changedBetween, statusNumbers } from "./conversion-filter.js";

type Body = Input<"POST /3.0/admin/conversion/edit">["body"];
type Change = Omit<Body, "ids" | "all" | "params">;
type Params = NonNullable<Body["params"]>;
type CountQuery = NonNullable<Input<"GET /3.0/stats/conversions">["query"]>;

const ways: Record<string, ColumnWriter> = { payout: "payouts", income: "revenue", customFields: toNumbered(customFields(15)) };

const changeOf = (change: ConversionChange, argument: string): Change => {
  const body = columns(change, ways, argument);
  if (Object.keys(body).length) return body as Change;
  throw badInput(argument, `${argument} changes nothing: give at least one of its fields.`);
};

const changedConversions = (changes: readonly ConversionsChange[]) => {
  const places = changes.flatMap(({ conversionIds, change }, index) => {
    const at = `input.changes.${index}`;
    const written = laidOver(withFieldNames({}, { ids: `${at}.conversionIds` }), changeOf(change, `${at}.change`));
    return listed(conversionIds, `${at}.conversionIds`).map((one) => ({ ...one, change: written }));
  });
  return new Many(itemsOf(hex, places));
};

/** Sends each change with the conversions it is for. Affise gives one answer for all of a POST, so they share its outcome. */
const inBulk = async (
  changes: readonly ConversionsChange[],
  { load }: Context,
  send: (body: Change & { ids: string[] }) => Promise<unknown>,
) => {
  const conversions = changedConversions(changes);
  await conversions.byChange(
    ({ change }) => change,
    (change, ids) => send({ ...change, ids }),
  );
  return { results: conversions.results(({ id }) => ({ conversion: () => nullIfNotFound(load.conversion.load(id)) })) };
};

const paramsOf = ({ from, to, timezone, filter }: UpdateAllMatchingConversionsInput): Params => ({
  ...period({ from, to }),
  timezone,
  status: filter?.status,
  offer: ids(int, filter?.offerIds, "input.filter.offerIds"),
  advertiser: ids(hex, filter?.advertiserIds, "input.filter.advertiserIds"),
  partner: ids(int, filter?.affiliateIds, "input.filter.affiliateIds"),
  country: filter?.country,
  goal: filter?.goals,
  payment_status: filter?.paymentStatus,
  action_id: filter?.actionId,
  clickid: filter?.clickId,
  decline_reason: filter?.declineReason,
  fraud_risk_level: filter?.fraudRiskLevel,
  fraud_type: filter?.fraudTypes,
  browser: filter?.browser,
  os: filter?.oses,
  device: filter?.devices,
  payouts_from: filter?.payoutAbove,
  payouts_to: filter?.payoutBelow,
  revenue_from: filter?.incomeAbove,
  revenue_to: filter?.incomeBelow,
  ...changedBetween(filter, "input.filter"),
  user_id: ids(hex, filter?.userIds, "input.filter.userIds"),
  affiliate_manager_id: ids(hex, filter?.affiliateManagerIds, "input.filter.affiliateManagerIds"),
  advertiser_manager_id: ids(hex, filter?.advertiserManagerIds, "input.filter.advertiserManagerIds"),
  invoice_id: ids(int, filter?.paymentIds, "input.filter.paymentIds")?.map(String),
});

const onlyOne = <T>(values: readonly T[] | undefined): T | undefined => (values?.length === 1 ? values[0] : undefined);
const asList = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : [value]);

/**
 * The same filter as the list of conversions understands it. What the list cannot filter by, or by one value only, is left out: the
 * count is then too high, never too low.
 */
const countQuery = (params: Params, filter: MatchingConversionsFilter | undefined): CountQuery => {
  const { user_id, affiliate_manager_id, advertiser_manager_id, invoice_id, ...countable } = params;
  return {
    ...countable,
    status: filter?.status ? [statusNumbers[filter.status]] : undefined,
    country: asList(countable.country),
    decline_reason: asList(filter?.declineReason),
    fraud_risk_level: asList(filter?.fraudRiskLevel),
    goal: onlyOne(filter?.goals),
    os: onlyOne(filter?.oses),
    device: onlyOne(filter?.devices),
    payment_status: onlyOne(filter?.paymentStatus),
  };
};

const spans = {
  ...{ date_from: "input.from", date_to: "input.to" },
  ...{ update_from_date: "input.filter.updatedFrom", update_to_date: "input.filter.updatedTo" },
};

export const ConversionResult = { conversionId: column("id") } satisfies Resolvers["ConversionResult"];

export const Mutation = {
  updateConversions: (_, { input }, context) =>
    inBulk(input.changes, context, (body) => context.call("POST /3.0/admin/conversion/edit", { body })),

  updateAdvertiserConversions: (_, { input }, context) => {
    const advertiser_id = hex(input.advertiserId, "input.advertiserId");
    return inBulk(input.changes, context, (body) =>
      context.call("POST /3.0/admin/conversion/edit-by-advertiser", { body: { ...body, advertiser_id } }),
    );
  },

  updateAllMatchingConversions: async (_, { input }, { call, load }) => {
    const filtered = paramsOf(input);
    const change = changeOf(input.change, "input.change");
    const code = input.filter?.currency;
    const currency = code === undefined ? undefined : await currencyNumber(load, code, "input.filter.currency");
    const params = { ...filtered, currency };
    const query = withFieldNames({ ...countQuery(params, input.filter), page: 1, limit: 1 }, spans);
    const counted = "GET /3.0/stats/conversions";
    const countedBefore = totalAt(counted, "conversions", await call(counted, { query }));
    if (countedBefore > input.atMost) {
      throw badInput(
        "input.atMost",
        `input.atMost is ${input.atMost}, but ${countedBefore} conversions match. Nothing was changed.`,
      );
    }
    const body = { ids: [], all: 1 as const, params, ...change };
    const { message } = await withFound({ countedBefore }, call("POST /3.0/admin/conversion/edit", { body }));
    return { countedBefore, message };
  },
} satisfies Resolvers["Mutation"];
