import { badInput, UpstreamError } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import { isJsonObject } from "../../contract/json.js";
import type { Answer } from "../../contract/operation.js";
import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection } from "../column/connection.js";
import { currencyNumber } from "../column/currency.js";
import { code, list } from "../column/decode.js";
import { onFailure } from "../column/failure.js";
import { foreignKey } from "../column/foreign-key.js";
import { ids, int, period, periodDayFirst, toZeroOne } from "../mutation/write.js";

/** The name of a goal as it can stand in a column's name. Throws BAD_USER_INPUT naming the argument. */
const event = (name: string, argument: string): string => {
  if (/^[a-z]/i.test(name)) return name;
  throw badInput(argument, `${argument}: ${quoted(name)} is no goal's name here; it begins with a letter.`);
};

/** Payments' statuses are numbers on the wire. */
const statusNumber = (status: string | number) => Number(status) as 0 | 1 | 2;

/** Networks that have not switched the report on answer as if there were no such page. */
const switchedOff = onFailure(["NOT_FOUND"], ({ extensions: { operation, upstreamStatus } }): never => {
  throw new UpstreamError(
    "NOT_FOUND",
    "Affise finds no such report: this network has not switched time to action on, or there is no such offer. Affise's support switches it on.",
    { operation, upstreamStatus },
  );
});

/** The rows of the report: the whole answer, or under one of two names, and as a map where PHP filtered them. */
const retentionRows = (answer: Answer<"GET /3.0/stats/retentionrate">): Record<string, unknown>[] => {
  const { stats, data } = answer as { stats?: unknown; data?: unknown };
  const printed = stats ?? data ?? answer;
  const rows = list(printed) ?? [];
  if (rows.every(isJsonObject)) return rows;
  throw new UpstreamError("UPSTREAM_FAILED", `Affise's answer has no rows of retention: ${quoted(printed, 40)}.`, {
    operation: "GET /3.0/stats/retentionrate",
  });
};

export const Query = {
  retention: async (_, { offerId, baseEvent, events, affiliateId, timezone, ...days }, { call }) => {
    if (!events.length) throw badInput("events", `events: name at least one goal.`);
    const query = {
      ...period(days),
      offer_id: int(offerId, "offerId"),
      base_event: event(baseEvent, "baseEvent"),
      events: events.map((name) => event(name, "events")),
      affiliate_id: affiliateId ? int(affiliateId, "affiliateId") : undefined,
      timezone,
    };
    return retentionRows(await call("GET /3.0/stats/retentionrate", { query }));
  },

  timeToAction: (_, { offerId, timezone, goalName, affiliateIds, ...rest }, { load }) => {
    const query = {
      ...period(rest),
      offer_id: int(offerId, "offerId"),
      timezone,
      goal: goalName,
      affiliate_ids: ids(int, affiliateIds, "affiliateIds"),
    };
    const pages = load.pages.timeToAction({ query });
    return connection(rest, { ...pages, read: (page, limit) => pages.read(page, limit).catch(switchedOff) });
  },

  referralPayments: async (_, { filter, timezone, ...rest }, { load }) => {
    const currencies = filter?.currencies;
    const query = {
      ...periodDayFirst(rest),
      timezone,
      pids: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
      refs: ids(int, filter?.referralIds, "filter.referralIds"),
      payment_statuses: filter?.paymentStatus?.map(statusNumber),
      status: toZeroOne(filter?.isActive),
      currencies:
        currencies &&
        (await Promise.all(currencies.map((code, index) => currencyNumber(load, code, `filter.currencies.${index}`)))),
    };
    return connection(rest, load.pages.referralPayments({ query }));
  },
} satisfies Resolvers["Query"];

/** Columns are named after the events asked for: rr_install is a rate, install_count a count. */
const eventsIn = (row: Record<string, unknown>) => {
  const columns = Object.keys(row);
  const rates = columns.flatMap((column) => /^rr_(.+)$/.exec(column)?.[1] ?? []);
  const counts = columns.flatMap((column) => /^(.+)_count$/.exec(column)?.[1] ?? []);
  return [...new Set([...counts, ...rates])].map((name) => ({
    event: name,
    count: row[`${name}_count`],
    rate: row[`rr_${name}`],
  }));
};

export const RetentionRow = {
  ...foreignKey("affiliate", "affiliate_id"),
  events: (row) => eventsIn(row),
} satisfies Resolvers["RetentionRow"];

/** Columns are named after the intervals' ends: tta_30, tta_600, and tta_inf for the rest. */
const intervalsIn = (row: Record<string, unknown>) =>
  Object.entries(row)
    .flatMap(([column, count]) => {
      const end = /^tta_(\d+|inf)$/.exec(column)?.[1];
      return end ? [{ end: end === "inf" ? Number.POSITIVE_INFINITY : Number(end), count }] : [];
    })
    .sort((a, b) => a.end - b.end)
    .map(({ end, count }) => ({ up_to: Number.isFinite(end) ? end : null, count }));

export const TimeToAction = {
  ...foreignKey("affiliate", "affiliate_id"),
  conversions: column("total_conversions"),
  intervals: (row) => intervalsIn(row),
} satisfies Resolvers["TimeToAction"];

export const ReferralPayment = {
  ...foreignKey("affiliate", "pid"),
  ...foreignKey("referral", "ref"),
  isActive: column("status"),
  paymentStatus: column("is_paid"),
  amount: column("sum_revenue"),
  currency: ({ currency }) => code(currency),
  lastCreatedAt: column("max_created_at"),
  referralSignedUpAt: column("date_registration_partner"),
} satisfies Resolvers["ReferralPayment"];
