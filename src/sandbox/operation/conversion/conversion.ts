import type { Routes } from "../../model/route.js";
import { findConversions } from "../../rule/conversion-filter.js";
import { denied, orNotFound } from "../../rule/failure.js";
import { pageWithNext } from "../../rule/paging.js";
import { requireDays } from "../../rule/period.js";
import { reachesVisit } from "../../rule/reach.js";
import { conversionDetail, conversionRow } from "../../view/conversion.js";

export const conversion: Routes = {
  "GET /3.0/stats/conversions": ({ state, caller, query }) => {
    requireDays(state, query.date_from, query.date_to, query.raw_export === 1 ? 63 : 365);
    const found = findConversions(state, caller, query);
    const { rows, pagination } = pageWithNext(found, query);
    return {
      status: 1,
      statusCode: 200,
      conversions: rows.map((one) => conversionRow(state, caller, one, query.raw_export === 1)),
      pagination,
    };
  },
  "GET /3.0/stats/conversionsbyid": ({ state, caller, query }) => {
    const one = orNotFound(state.traffic.conversions.get(query.id));
    if (!reachesVisit(state, caller, one)) throw denied();
    return { status: 1, statusCode: 200, conversion: conversionDetail(state, caller, one) };
  },
};
