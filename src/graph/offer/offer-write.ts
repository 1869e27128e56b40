import type { Value } from "../../affise/encode.js";
import { AffiseError, badInput } from "../../affise/error.js";
import type { Input, Operation } from "../../affise/operation.js";
import type { Context } from "../../context.js";
import type {
  CapInput,
  CreateOfferInput,
  LandingInput,
  MutationResolvers,
  OfferScheduleInput,
  UpdateOfferInput,
} from "../../generated/schema.js";
import { subRule } from "../affiliate/sub-account.js";
import { byLanguage } from "../column/localized.js";
import { grouped, itemError, once, settle } from "../mutation/settle.js";
import { columns, each, hex, int, type Way } from "../mutation/write.js";
import { capColumns } from "./cap.js";
import { payoutColumns, tierColumns } from "./offer-payment.js";
import { targetingColumns } from "./targeting.js";

type BodyOf<O extends Operation> = Input<O> extends { body?: infer B } ? Exclude<B, undefined> : never;

const bitTo = (column: string) => (value: boolean) => ({ [column]: value ? 1 : 0 });

/** The wire says protected where its answers say premoderated. */
const privacyWord = (privacy: string | null | undefined) => (privacy === "premoderated" ? "protected" : (privacy ?? undefined));

/** Bodies have the intervals nested by weekday, answers flat. */
const scheduleColumns = ({ isEnabled, startDate, endDate, timezone, intervals }: OfferScheduleInput): Record<string, Value> => ({
  enabled: isEnabled === null || isEnabled === undefined ? undefined : Number(isEnabled),
  date_start: startDate,
  date_to: endDate,
  timezone,
  intervals: intervals
    ? Array.from({ length: 7 }, (_, day) =>
        intervals.filter(({ weekday }) => weekday === day).map(({ fromHour, toHour }) => ({ from: fromHour, to: toHour })),
      )
    : undefined,
});

const ways: Record<string, Way> = {
  advertiserId: (id: string, argument) => ({ advertiser: hex(id, argument) }),
  payouts: each("payments", payoutColumns),
  affiliatePayouts: each("partner_payments", payoutColumns),
  privacy: (privacy: string) => ({ privacy: privacyWord(privacy) }),
  caps: each("caps", (cap: CapInput, argument) => capColumns(cap, argument)),
  capsStatuses: "caps_status",
  hidesCaps: bitTo("hide_caps"),
  redirectsOvercap: bitTo("is_redirect_overcap"),
  limitsImpressionsOvercap: bitTo("is_impression_overcap"),
  overcapNoticePercent: "notice_percent_overcap",
  descriptions: (texts: { language: string; text: string }[]) => ({ description_lang: byLanguage(texts) }),
  kpis: (texts: { language: string; text: string }[]) => ({ kpi: byLanguage(texts) }),
  previewUrl: "url_preview",
  categoryIds: each("categories", hex),
  sourceIds: each("sources", hex),
  smartlinkCategoryIds: each("smartlink_categories", hex),
  isTop: bitTo("is_top"),
  isCpi: bitTo("is_cpi"),
  landings: each("landings", ({ id, ...landing }: LandingInput, argument) => ({
    ...columns(landing, { previewUrl: "url_preview" }),
    ...(id ? { id: int(id, `${argument}.id`) } : {}),
  })),
  targeting: each("targeting", targetingColumns),
  personalTargetingOnly: (only: boolean) => ({ consider_personal_targeting_only: String(only) }),
  strictCountries: bitTo("strictly_country"),
  strictConnection: "strictly_connection_type",
  strictBrands: "strictly_brands",
  commissionTiers: each("commission_tiers", tierColumns),
  commissionTiersEnabled: bitTo("enabled_commission_tiers"),
  hidesPayouts: bitTo("hide_payments"),
  holdUnit: "hold_type",
  schedule: (schedule: OfferScheduleInput) => ({ schedule: scheduleColumns(schedule) }),
  startsAt: "start_at",
  stopsOn: "stopDate",
  allowsDeeplinks: bitTo("allow_deeplink"),
  allowsImpressions: bitTo("allow_impressions"),
  additionalImpressionUrls: "additional_impression_destination_urls",
  uniqueClicksOnly: bitTo("hosts_only"),
  uniqueBy: "host_uniqueness_type",
  uniqueIpOnly: bitTo("uniqIpOnly"),
  rejectsRepeatedIp: bitTo("rejectNotUniqIp"),
  clickSigning: "sign_clicks_integration",
  postbackSecret: "hash_password",
  sub1Rule: subRule(1),
  sub2Rule: subRule(2),
  requiredSub: "search_empty_sub",
  externalId: "external_offer_id",
  affiliateNote: "note_aff",
  salesNote: "note_sales",
  connectsAffiliates: bitTo("auto_offer_connect"),
  managerIds: each("managers", hex),
  sendEmails: bitTo("send_emails"),
};

const bodyOf = <O extends Operation>(input: Omit<CreateOfferInput | UpdateOfferInput, "id">): BodyOf<O> =>
  columns(input, ways) as BodyOf<O>;

const missing = (id: number) => new AffiseError("NOT_FOUND", `There is no offer ${id}, or this key may not see it.`);

interface Given {
  id: string;
  number: number;
}

const givenOffers = (ids: readonly string[], argument: string): Given[] =>
  once(
    ids.map((id) => int(id, argument)),
    argument,
  ).map((number, index) => ({ number, id: ids[index] ?? String(number) }));

/**
 * One bulk change of many offers. Affise gives one answer for all, so unknown offers are told apart first: they fail alone, the others
 * travel together. `act` sends them; each item then gets the offer as it is.
 */
const inBulk = async (
  offers: readonly Given[],
  act: (numbers: number[]) => Promise<unknown>,
  { load }: Context,
  gone = false,
) => {
  const before = await load.offer.loadMany(offers.map(({ number }) => number));
  const known = offers.filter((_, index) => before[index] !== null);
  const failure = known.length ? await act(known.map(({ number }) => number)).then(() => undefined, itemError) : undefined;
  const after = failure || gone ? [] : await load.offer.loadMany(offers.map(({ number }) => number));
  return offers.map(({ id, number }, index) => {
    if (before[index] === null) return { id, error: itemError(missing(number)) };
    return failure ? { id, error: failure } : { id, offer: after[index] };
  });
};

const access = (operation: "POST /3.0/offer/enable-affiliate" | "POST /3.0/offer/disable-affiliate") =>
  (async (_, { input }, context) => {
    const pid = int(input.affiliateId, "input.affiliateId");
    const offers = givenOffers(input.offerIds, "input.offerIds");
    const send = (offer_id: number[]) => context.call(operation, { body: { offer_id, pid, notice: input.notify ? 1 : 0 } });
    const results = await inBulk(offers, send, context);
    return { results, affiliate: () => context.load.affiliate.load(pid) };
  }) satisfies MutationResolvers["enableAffiliate"];

export const Mutation = {
  createOffer: async (_, { input }, { call, load }) => {
    const { offer } = await call("POST /3.0/admin/offer", { body: bodyOf<"POST /3.0/admin/offer">(input) });
    return { offer: await load.offer.load(Number(offer.id)).then((read) => read ?? offer) };
  },

  updateOffer: async (_, { input: { id, ...changes } }, { call, load }) => {
    const number = int(id, "input.id");
    const { offer } = await call("POST /3.0/admin/offer/{id}", {
      path: { id: number },
      body: bodyOf<"POST /3.0/admin/offer/{id}">(changes),
    });
    return { offer: await load.offer.load(number).then((read) => read ?? offer) };
  },

  updateOfferCaps: async (_, { input }, { call }) => {
    const offers = givenOffers(
      input.offers.map(({ offerId }) => offerId),
      "input.offers.offerId",
    ).map((offer, index) => ({
      ...offer,
      caps: (input.offers[index]?.caps ?? []).map((cap, place) => capColumns(cap, `input.offers.${index}.caps.${place}`)),
    }));
    const results = await settle(offers, async ({ id, number, caps }) => {
      const body = { caps } as BodyOf<"POST /3.0/admin/offer/{id}">;
      const { offer } = await call("POST /3.0/admin/offer/{id}", { path: { id: number }, body });
      return { id, offer };
    });
    return { results: results.map((result, index) => ({ id: offers[index]?.id, ...result })) };
  },

  updateOffers: async (_, { input: { changes } }, context) => {
    const all = givenOffers(
      changes.flatMap(({ offerIds }) => offerIds),
      "input.changes.offerIds",
    );
    const groups = grouped(
      changes.map(({ offerIds, status, privacy }, index) => {
        if (status || privacy) return { ids: offerIds, change: { status: status ?? undefined, privacy: privacyWord(privacy) } };
        const argument = `input.changes.${index}`;
        throw badInput(argument, `${argument} changes nothing: give status or privacy.`);
      }),
    );
    const outcomes = await Promise.all(
      groups.map(({ ids, change }) => {
        const send = (offer_id: number[]) =>
          context.call("POST /3.0/admin/offer/mass-update", {
            body: { offer_id, ...change } as BodyOf<"POST /3.0/admin/offer/mass-update">,
          });
        const wanted = new Set(ids);
        return inBulk(
          all.filter(({ id }) => wanted.has(id)),
          send,
          context,
        );
      }),
    );
    const byId = new Map(outcomes.flat().map((result) => [result.id, result]));
    return { results: all.map(({ id }) => byId.get(id) ?? { id }) };
  },

  deleteOffers: async (_, { input }, context) => {
    const offers = givenOffers(input.offerIds, "input.offerIds");
    const results = await inBulk(
      offers,
      (offer_id) => context.call("POST /3.0/admin/offer/delete", { body: { offer_id } }),
      context,
      true,
    );
    return { results };
  },

  enableAffiliate: access("POST /3.0/offer/enable-affiliate"),
  disableAffiliate: access("POST /3.0/offer/disable-affiliate"),
} satisfies MutationResolvers;
