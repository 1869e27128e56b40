import type { Routes } from "../../model/route.js";
import { reachesOffer } from "../../rule/reach.js";
import { capProgress } from "../../view/cap.js";

export const cap: Routes = {
  "GET /3.0/stats/caps": ({ state, caller, query }) => {
    const offers = [...new Set(query.offer_id)].flatMap((id) => state.offers.get(id) ?? []);
    const seen = offers.filter((offer) => reachesOffer(state, caller, offer));
    const stats = seen.map((offer) => ({
      offer_id: offer.id,
      stats: offer.caps.map((one, index) => capProgress(state, offer, one, index)),
    }));
    return { status: 1, stats };
  },
};
