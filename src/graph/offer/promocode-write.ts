import { withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { MutationResolvers, PromocodeInput } from "../../generated/schema.js";
import { list, record } from "../column/decode.js";
import { unknownFate } from "../mutation/outcome.js";
import { resultsOf, type Settlement, settleTogether } from "../mutation/settle.js";
import { int } from "../mutation/write.js";

/** RFC 3339 wants a zone; the schema says these times are UTC. */
const inUtc = (time: string) => `${time.replace(" ", "T")}Z`;

const body = ({ code, offerId, affiliateId, startsAt, endsAt, ...more }: PromocodeInput, index: number) => {
  const argument = `input.promocodes.${index}`;
  if (endsAt < startsAt) {
    const named = `${argument}.endsAt`;
    throw badInput(named, `${named} is before startsAt.`);
  }
  const columns = {
    type: "manual" as const,
    code,
    offer_id: int(offerId, `${argument}.offerId`),
    affiliate_id: int(affiliateId, `${argument}.affiliateId`),
    date_from: inUtc(startsAt),
    date_to: inUtc(endsAt),
    description: more.description ?? undefined,
    usage_limit: more.usageLimit ?? undefined,
  };
  return withFieldNames(columns, {
    offer_id: `${argument}.offerId`,
    affiliate_id: `${argument}.affiliateId`,
    date_from: `${argument}.startsAt`,
    date_to: `${argument}.endsAt`,
    code: `${argument}.code`,
    description: `${argument}.description`,
    usage_limit: `${argument}.usageLimit`,
  });
};

/** What a promocode is known by in the answer. */
const markOf = (row: Record<string, unknown>) => `${row.offer_id} ${row.affiliate_id} ${row.code}`;

const bulk = "POST /3.1/offers/promocodes/bulk";

export const Mutation = {
  createPromocodes: async (_, { input }, { call }) => {
    const wanted = input.promocodes.map(body);
    const items = wanted.map((_, index) => ({ id: index, argument: `input.promocodes.${index}` }));
    const settlement: Settlement = new Map();
    const made = new Map<string, Record<string, unknown>[]>();
    await settleTogether(items, settlement, async () => {
      const { data } = await call(bulk, { body: withFieldNames({ promocodes: wanted }, { promocodes: "input.promocodes" }) });
      for (const row of list(data?.promocodes) ?? []) {
        const found = { ...record(row) };
        made.set(markOf(found), [...(made.get(markOf(found)) ?? []), found]);
      }
    });
    const rows = wanted.map((one) => made.get(markOf(one))?.shift());
    for (const item of items) {
      if (settlement.get(item)?.outcome !== "DONE" || rows[item.id]) continue;
      settlement.set(item, unknownFate(bulk, "does not show this promocode", item.argument));
    }
    const results = resultsOf(items, settlement, ({ id }) => ({ promocode: rows[id] }));
    return { results: results.map(({ id, ...result }) => ({ ...result, code: wanted[id]?.code })) };
  },
} satisfies MutationResolvers;
