import { AffiseError } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { AffiliateSubValuesArgs, Resolvers } from "../../generated/schema.js";
import { connection } from "../column/connection.js";
import { numberedColumns, numberedFields, subs } from "../column/numbered.js";
import type { AffiliateRow } from "../column/row.js";

/** Throws FORBIDDEN unless the row is the caller's own: what stands there is open to an affiliate's own key alone. */
export const ownKeyOnly = (row: AffiliateRow, field: string): void => {
  if (row.viewer) return;
  throw new AffiseError("FORBIDDEN", `${field} is for the affiliate's own key; ask it under viewer.`);
};

export const Affiliate = {
  subValues: (row: AffiliateRow, { filter, ...page }: AffiliateSubValuesArgs, { load }: Context) => {
    ownKeyOnly(row, "subValues");
    const query = numberedColumns(subs(8), filter?.subs, "filter.subs", ({ value }) => value);
    return connection(page, load.pages.subValues({ query }));
  },
};

export const SubValue = numberedFields("sub", subs(8)) satisfies Resolvers["SubValue"];
