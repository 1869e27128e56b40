import { withFieldNames } from "../../affise/error/caller-words.js";
import type { Input } from "../../contract/operation.js";
import type { PromocodeInput, Resolvers } from "../../generated/schema.js";
import { list, record } from "../column/decode.js";
import { unknownFate } from "../mutation/outcome.js";
import { Many, placesOf } from "../mutation/settle.js";
import { type ColumnWriter, columns, idTo, int } from "../mutation/write.js";

type Body = Input<"POST /3.1/offers/promocodes/bulk">["body"]["promocodes"][number];

/** RFC 3339 wants a zone; the schema says these times are UTC. */
const inUtc = (time: string) => `${time.replace(" ", "T")}Z`;

const ways: Record<string, ColumnWriter> = {
  offerId: idTo("offer_id", int),
  affiliateId: idTo("affiliate_id", int),
  startsAt: (time: string) => ({ date_from: inUtc(time) }),
  endsAt: (time: string) => ({ date_to: inUtc(time) }),
};

const body = (promocode: PromocodeInput, index: number) =>
  ({ type: "manual", ...columns(promocode, ways, `input.promocodes.${index}`) }) as Body;

/** What a promocode is known by in the answer. */
const markOf = (row: Record<string, unknown>) => `${row.offer_id} ${row.affiliate_id} ${row.code}`;

const bulk = "POST /3.1/offers/promocodes/bulk";

export const Mutation = {
  createPromocodes: async (_, { input }, { call }) => {
    const wanted = input.promocodes.map(body);
    const promocodes = new Many(placesOf(wanted, "input.promocodes"));
    const made = new Map<string, Record<string, unknown>[]>();
    await promocodes.together(async () => {
      const { data } = await call(bulk, { body: withFieldNames({ promocodes: wanted }, { promocodes: "input.promocodes" }) });
      for (const row of list(data?.promocodes) ?? []) {
        const found = { ...record(row) };
        made.set(markOf(found), [...(made.get(markOf(found)) ?? []), found]);
      }
    });
    const rows = wanted.map((one) => made.get(markOf(one))?.shift());
    promocodes.amend(({ id, argument }) => (rows[id] ? undefined : unknownFate(bulk, "does not show this promocode", argument)));
    const results = promocodes.results(({ id }) => ({ promocode: rows[id] }));
    return { results: results.map(({ id, ...result }) => ({ ...result, code: wanted[id]?.code })) };
  },
} satisfies Resolvers["Mutation"];
