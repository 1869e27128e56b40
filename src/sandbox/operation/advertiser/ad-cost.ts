import type { AdCost } from "../../model/ad-cost.js";
import type { Routes } from "../../model/route.js";
import { notFound, rejected } from "../../rule/failure.js";
import { listed, pageWithLimit, sorted } from "../../rule/paging.js";
import { knownOffer } from "../../rule/reach.js";

const keyOf = ({ offer_id, affiliate_id, date, sub8 }: Omit<AdCost, "costs">): string =>
  [offer_id, affiliate_id, date, sub8].join("|");

export const adCost: Routes = {
  "GET /3.1/adcosts": (call) => {
    const { state, query } = call;
    knownOffer(call, query.offer_id, "read");
    const found = sorted(
      [...state.adCosts.values()].filter((one) => one.offer_id === query.offer_id),
      ({ date }) => date,
      "desc",
    );
    return listed("costs", pageWithLimit(found, query));
  },
  "POST /3.1/adcosts": (call) => {
    const { offer_id, affiliate_id, date, sub8, costs } = call.body;
    knownOffer(call, offer_id, "write");
    if (!call.state.affiliates.has(affiliate_id)) throw rejected("affiliate_id is not the id of an affiliate");
    if (costs < 0) throw rejected("costs must not be less than 0");
    call.state.adCosts.set(keyOf(call.body), { offer_id, affiliate_id, date, sub8, costs });
    return { status: 1, message: "Costs saved" };
  },
  "DELETE /3.1/adcosts": (call) => {
    knownOffer(call, call.body.offer_id, "write");
    if (!call.state.adCosts.delete(keyOf(call.body))) throw notFound();
    return { status: 1, message: "Costs deleted" };
  },
};
