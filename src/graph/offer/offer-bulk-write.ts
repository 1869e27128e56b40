import type { Value } from "../../affise/encoding/encode.js";
import { laidOver, withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { MutationResolvers, OffersChange, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { says } from "../mutation/input.js";
import { reread } from "../mutation/reread.js";
import { type Item, itemsOf, listed, Many, manyIn } from "../mutation/settle.js";
import { int, present, toZeroOne } from "../mutation/write.js";
import { type OfferBody, offerBody } from "./offer-body.js";

/** The offers of a list, each once. */
const offersIn = (ids: readonly string[]) => manyIn(int, ids, "input.offerIds");

/** What came of each offer, with the offer as it is now. */
const offerResults = (offers: Many<Item<number>>, { load }: Context) =>
  offers.results(({ id }) => ({ offer: reread(load.offer, id) }));

/** A list of an offer that is written whole: its column, the field that shows it, and how what stands there is read so that it can be sent again. */
export interface Part<T extends Value> {
  column: string;
  field: string;
  read(printed: unknown): T[];
}

/**
 * Changes a list of each offer by what it is now: all are read first, in bulk, then each is written. An offer with nothing to change is not sent.
 * Nothing at Affise holds the offer meanwhile, so two such changes of one offer at the same moment can undo each other.
 */
export const editPart = async <T extends Value>(
  { column, field, read }: Part<T>,
  offerIds: readonly string[],
  context: Context,
  change: (present: T[]) => T[] | undefined,
) => {
  const offers = offersIn(offerIds);
  const rows = await offers.lookUp(context.load.offer, "offer");
  await offers.each(async (item) => {
    const changed = change(present(rows.get(item) ?? {}, column, read));
    if (!changed) return;
    const body = withFieldNames({ [column]: changed }, { [column]: `${item.argument}: its ${field}` }) as OfferBody;
    await context.call("POST /3.0/admin/offer/{id}", { path: { id: item.id }, body });
  });
  return { results: offerResults(offers, context) };
};

interface Changed extends Item<number> {
  change: Omit<OffersChange, "offerIds">;
  /** Where the change stands. */
  at: string;
}

const changedOffers = (changes: readonly OffersChange[]): Changed[] => {
  const places = changes.flatMap(({ offerIds, ...change }, index) => {
    const at = `input.changes.${index}`;
    if (!says(change)) throw badInput(at, `${at} changes nothing: give more than offerIds.`);
    return listed(offerIds, `${at}.offerIds`).map((one) => ({ ...one, change, at }));
  });
  return itemsOf(int, places);
};

/** Status and privacy have a bulk operation of their own. */
const fitsBulk = ({ change: { status: _, privacy: __, ...more } }: Changed) => !Object.keys(more).length;

const massUpdate = "POST /3.0/admin/offer/mass-update";

const access = (operation: "POST /3.0/offer/enable-affiliate" | "POST /3.0/offer/disable-affiliate") =>
  (async (_, { input }, context) => {
    const pid = int(input.affiliateId, "input.affiliateId");
    const offers = offersIn(input.offerIds);
    await offers.lookUp(context.load.offer, "offer");
    await offers.together((offer_id) =>
      context.call(operation, {
        body: withFieldNames(
          { offer_id, pid, notice: toZeroOne(input.notify) },
          { offer_id: "input.offerIds", pid: "input.affiliateId", notice: "input.notify" },
        ),
      }),
    );
    return {
      results: offerResults(offers, context),
      affiliate: reread(context.load.affiliate, pid),
    };
  }) satisfies MutationResolvers["connectAffiliateToOffers"];

export const OfferResult = { offerId: column("id") } satisfies Resolvers["OfferResult"];

export const Mutation = {
  updateOffers: async (_, { input: { changes } }, context) => {
    const all = changedOffers(changes);
    const [bulk, single] = [all.filter(fitsBulk), all.filter((item) => !fitsBulk(item))];
    const offers = new Many(all);
    await offers.lookUp(context.load.offer, "offer", bulk);
    await offers.byChange(
      ({ change: { status, privacy }, at }) =>
        laidOver(withFieldNames({}, { offer_id: `${at}.offerIds` }), offerBody<typeof massUpdate>({ status, privacy }, at)),
      (change, offer_id) => context.call(massUpdate, { body: { ...change, offer_id } }),
      bulk,
    );
    await offers.each(
      ({ id, change, at }) =>
        context.call("POST /3.0/admin/offer/{id}", { path: { id }, body: offerBody<"POST /3.0/admin/offer/{id}">(change, at) }),
      single,
    );
    return { results: offerResults(offers, context) };
  },

  deleteOffers: async (_, { input }, context) => {
    const offers = offersIn(input.offerIds);
    await offers.lookUp(context.load.offer, "offer");
    await offers.together((offer_id) =>
      context.call("POST /3.0/admin/offer/delete", {
        body: withFieldNames({ offer_id }, { offer_id: "input.offerIds" }),
      }),
    );
    return { results: offers.results() };
  },

  connectAffiliateToOffers: access("POST /3.0/offer/enable-affiliate"),
  disconnectAffiliateFromOffers: access("POST /3.0/offer/disable-affiliate"),
} satisfies Resolvers["Mutation"];
