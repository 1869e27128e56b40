import type { Operation } from "../../../contract/operation.js";
import type { AdCost } from "../../model/ad-cost.js";
import type { Call, Routes } from "../../model/route.js";
import { denied, notFound, orNotFound, rejected } from "../../rule/failure.js";
import { pageWithLimit, sorted } from "../../rule/paging.js";
import { reachesOffer } from "../../rule/reach.js";

const keyOf = ({ offer_id, affiliate_id, date, sub8 }: Omit<AdCost, "costs">): string =>
  [offer_id, affiliate_id, date, sub8].join("|");

const requireOffer = (call: Call<Operation>, id: number, level: "read" | "write"): void => {
  const offer = orNotFound(call.state.offers.get(id));
  if (!reachesOffer(call.state, call.caller, offer, level)) throw denied();
};

export const adCost: Routes = {
  "GET /3.1/adcosts": (call) => {
    const { state, query } = call;
    requireOffer(call, query.offer_id, "read");
    const found = sorted(
      [...state.adCosts.values()].filter((one) => one.offer_id === query.offer_id),
      ({ date }) => date,
      "desc",
    );
    const { rows, pagination } = pageWithLimit(found, query);
    return { status: 1, costs: rows, pagination };
  },
  "POST /3.1/adcosts": (call) => {
    const { offer_id, affiliate_id, date, sub8, costs } = call.body;
    requireOffer(call, offer_id, "write");
    if (!call.state.affiliates.has(affiliate_id)) throw rejected("affiliate_id is not the id of an affiliate");
    if (costs < 0) throw rejected("costs must not be less than 0");
    call.state.adCosts.set(keyOf(call.body), { offer_id, affiliate_id, date, sub8, costs });
    return { status: 1, message: "Costs saved" };
  },
  "DELETE /3.1/adcosts": (call) => {
    requireOffer(call, call.body.offer_id, "write");
    if (!call.state.adCosts.delete(keyOf(call.body))) throw notFound();
    return { status: 1, message: "Costs deleted" };
  },
};
