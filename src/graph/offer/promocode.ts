import { AffiseError, badInput } from "../../affise/error.js";
import type {
  MutationResolvers,
  OfferResolvers,
  PromocodeInput,
  PromocodeResolvers,
  QueryResolvers,
} from "../../generated/schema.js";
import { column } from "../column/column.js";
import { connection, pagesOf } from "../column/connection.js";
import { list, record } from "../column/decode.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { itemError } from "../mutation/settle.js";
import { ids, int } from "../mutation/write.js";

export const Query = {
  promocodes: (_, { filter, ...page }, { load }) => {
    const query = {
      offer_id: ids(int, filter?.offerIds, "filter.offerIds"),
      search: filter?.search ?? undefined,
      code: filter?.code ?? undefined,
    };
    return connection(page, load.pages.promocodes({ query }));
  },
} satisfies QueryResolvers;

export const Offer = {
  promocodes: ({ id }, page, { load }) =>
    connection(
      page,
      pagesOf(async () => (await load.offerPromocodes.load(ownNumber(id))) ?? []),
    ),
} satisfies OfferResolvers;

const offer = foreignKey("offer", "offer_id");
const affiliate = foreignKey("affiliate", "affiliate_id");

export const Promocode = {
  usageCount: column("usage_value"),
  startsAt: column("date_from"),
  endsAt: column("date_to"),
  offerId: offer.id,
  offer: offer.row,
  affiliateId: affiliate.id,
  affiliate: affiliate.row,
} satisfies PromocodeResolvers;

/** RFC 3339 wants a zone; the schema says these times are UTC. */
const inUtc = (time: string) => `${time.replace(" ", "T")}Z`;

const body = ({ code, offerId, affiliateId, startsAt, endsAt, ...more }: PromocodeInput, index: number) => {
  const argument = `input.promocodes.${index}`;
  if (endsAt < startsAt) {
    const named = `${argument}.endsAt`;
    throw badInput(named, `${named} is before startsAt.`);
  }
  return {
    type: "manual" as const,
    code,
    offer_id: int(offerId, `${argument}.offerId`),
    affiliate_id: int(affiliateId, `${argument}.affiliateId`),
    date_from: inUtc(startsAt),
    date_to: inUtc(endsAt),
    description: more.description ?? undefined,
    usage_limit: more.usageLimit ?? undefined,
  };
};

type Wanted = ReturnType<typeof body>;

const fits = (wanted: Wanted, made: unknown): boolean => {
  const row = record(made) ?? {};
  return row.code === wanted.code && Number(row.offer_id) === wanted.offer_id && Number(row.affiliate_id) === wanted.affiliate_id;
};

const missing = () =>
  new AffiseError("UPSTREAM_FAILED", "Affise's answer does not show this promocode; look before you repeat it.");

export const Mutation = {
  createPromocodes: async (_, { input }, { call }) => {
    const wanted = input.promocodes.map(body);
    if (!wanted.length) return { results: [] };
    const answer = await call("POST /3.1/offers/promocodes/bulk", { body: { promocodes: wanted } }).catch(itemError);
    const made = "code" in answer ? [] : (list(answer.data.promocodes) ?? []).map((row) => record(row) ?? {});
    const results = wanted.map((one) => {
      if ("code" in answer) return { code: one.code, error: answer };
      const place = made.findIndex((row) => fits(one, row));
      const [promocode] = place < 0 ? [] : made.splice(place, 1);
      return promocode ? { code: one.code, promocode } : { code: one.code, error: itemError(missing()) };
    });
    return { results };
  },
} satisfies MutationResolvers;
