import { isoMillis } from "../../model/clock.js";
import type { Promocode } from "../../model/promocode.js";
import { objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { pick, type Row, withTimes } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { rejected } from "../../rule/failure.js";
import { among, includesText, page } from "../../rule/paging.js";
import { reachesOffer } from "../../rule/reach.js";

const row = (one: Promocode): Row => ({
  ...withTimes(one, isoMillis),
  date_from: isoMillis(one.date_from),
  date_to: isoMillis(one.date_to),
});

type Input = BodyInput<"POST /3.1/offers/promocodes/bulk">["promocodes"][number];

const checked = (call: Call, { offer_id, affiliate_id, date_from, date_to, code }: Input, index: number): void => {
  const { state, caller } = call;
  const offer = state.offers.get(offer_id);
  const place = `promocodes[${index}]`;
  if (!offer || !reachesOffer(state, caller, offer, "write")) throw rejected(`${place}[offer_id] is not the id of an offer`);
  if (!state.affiliates.has(affiliate_id)) throw rejected(`${place}[affiliate_id] is not the id of an affiliate`);
  if (Date.parse(date_from) > Date.parse(date_to)) throw rejected(`${place}[date_from] must not be later than date_to`);
  if ([...state.promocodes.values()].some((one) => one.code === code)) throw rejected(`${place}[code] is already taken`);
};

const made = (state: State, input: Input): Promocode => {
  const now = state.now();
  const promocode: Promocode = {
    id: objectId("promocode", nextNumber(state, "promocode")),
    type: "manual",
    code: input.code,
    code_template: "",
    description: input.description ?? "",
    ...pick(input, "offer_id", "affiliate_id"),
    usage_limit: input.usage_limit ?? 0,
    usage_value: 0,
    date_from: Date.parse(input.date_from),
    date_to: Date.parse(input.date_to),
    created_at: now,
    updated_at: now,
  };
  state.promocodes.set(promocode.id, promocode);
  return promocode;
};

export const promocode: Routes = {
  "GET /3.1/offers/promocodes": ({ state, caller, query }) => {
    const found = [...state.promocodes.values()].filter((one) => {
      const offer = state.offers.get(one.offer_id);
      return (
        offer !== undefined &&
        (caller.kind === "affiliate" ? one.affiliate_id === caller.affiliate.id : reachesOffer(state, caller, offer)) &&
        among(query.offer_id, one.offer_id) &&
        among(query.affiliate_id, one.affiliate_id) &&
        includesText(one.code, query.search ?? "") &&
        among(query.code, one.code)
      );
    });
    const { rows, pagination } = page(found, query);
    return { status: 1, data: { promocodes: rows.map(row), ...pagination } };
  },
  "POST /3.1/offers/promocodes/bulk": (call) => {
    call.body.promocodes.forEach((input, index) => {
      checked(call, input, index);
    });
    return { status: 1, data: { promocodes: call.body.promocodes.map((input) => row(made(call.state, input))) } };
  },
};
