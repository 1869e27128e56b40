import type { Operation } from "../../../contract/operation.js";
import { isoMillis } from "../../model/clock.js";
import type { Promocode } from "../../model/promocode.js";
import { objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import type { Row } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { rejected } from "../../rule/failure.js";
import { among, includesText, page } from "../../rule/paging.js";
import { reachesOffer } from "../../rule/reach.js";

const row = (one: Promocode): Row => ({
  ...{ id: one.id, type: "manual", code: one.code, code_template: "", description: one.description, offer_id: one.offer },
  ...{ affiliate_id: one.affiliate, usage_limit: one.usage_limit, usage_value: one.usage_value },
  date_from: isoMillis(one.from),
  date_to: isoMillis(one.to),
  created_at: isoMillis(one.created),
  updated_at: isoMillis(one.updated),
});

type Input = BodyInput<"POST /3.1/offers/promocodes/bulk">["promocodes"][number];

const checked = (call: Call<Operation>, { offer_id, affiliate_id, date_from, date_to, code }: Input, index: number): void => {
  const { state, caller } = call;
  const offer = state.offers.get(offer_id);
  const place = `promocodes[${index}]`;
  if (!offer || !reachesOffer(state, caller, offer, "write")) throw rejected(`${place}[offer_id] is not the id of an offer`);
  if (!state.affiliates.has(affiliate_id)) throw rejected(`${place}[affiliate_id] is not the id of an affiliate`);
  if (Date.parse(date_from) > Date.parse(date_to)) throw rejected(`${place}[date_from] must not be later than date_to`);
  if ([...state.promocodes.values()].some((one) => one.code === code)) throw rejected(`${place}[code] is already taken`);
};

const made = (state: State, input: Input): Promocode => {
  const now = state.now().getTime();
  const promocode: Promocode = {
    ...{ id: objectId("promocode", nextNumber(state, "promocode")), code: input.code, description: input.description ?? "" },
    ...{ offer: input.offer_id, affiliate: input.affiliate_id, usage_limit: input.usage_limit ?? 0, usage_value: 0 },
    ...{ from: Date.parse(input.date_from), to: Date.parse(input.date_to), created: now, updated: now },
  };
  state.promocodes.set(promocode.id, promocode);
  return promocode;
};

export const promocode: Routes = {
  "GET /3.1/offers/promocodes": ({ state, caller, query }) => {
    const found = [...state.promocodes.values()].filter((one) => {
      const offer = state.offers.get(one.offer);
      return (
        offer !== undefined &&
        (caller.kind === "affiliate" ? one.affiliate === caller.affiliate.id : reachesOffer(state, caller, offer)) &&
        among(query.offer_id, one.offer) &&
        (query.affiliate_id === undefined || one.affiliate === query.affiliate_id) &&
        includesText(one.code, query.search ?? "") &&
        (query.code === undefined || one.code === query.code)
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
