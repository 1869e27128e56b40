import type { Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { keyedConnection, type PageArgs } from "../column/connection.js";
import { numbersIn, ownNumber } from "../column/foreign-key.js";

export const Offer = {
  access: async ({ id }, _, { load }) => {
    const access = await load.offerAccess.load(ownNumber(id));
    // The words of privacy differ between Affise's operations; the schema has one of them.
    return access && { ...access, privacy: access.privacy_level === "protected" ? "premoderated" : access.privacy_level };
  },
} satisfies Resolvers["Offer"];

/** The affiliates of a column of ids; only those on the page are read. */
const affiliates = (column: unknown, page: PageArgs, load: Load) =>
  keyedConnection(page, numbersIn(column) ?? [], (some) => load.affiliate.loadMany(some));

export const OfferAccess = {
  enabledAffiliates: ({ affiliates_enabled }, page, { load }) => affiliates(affiliates_enabled, page, load),
  disabledAffiliates: ({ affiliates_disabled }, page, { load }) => affiliates(affiliates_disabled, page, load),
} satisfies Resolvers["OfferAccess"];
