import { AffiseError } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { OfferClicksArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { code, number, record } from "../column/decode.js";
import { deviceTypeIn } from "../column/device.js";
import { onFailure } from "../column/failure.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import { numberedFields, subs } from "../column/numbered.js";
import type { ClickRow } from "../column/row.js";
import { hex, hourOfDay, ids, int, period } from "../mutation/write.js";

/** Many networks keep the list of clicks closed, in two ways: refused, or as if there were no such list. */
const closed = onFailure(["FORBIDDEN", "NOT_FOUND"], ({ extensions: { operation, upstreamStatus } }): never => {
  throw new AffiseError(
    "FORBIDDEN",
    "This key may not see single clicks: the network keeps them closed, or the user lacks the permission clicks-list, which a General " +
      "manager can give in the panel. Affiliates and advertisers never see them. Statistics count clicks for every key.",
    { operation, upstreamStatus },
  );
});

const clickConnection = (
  { load }: Context,
  { from, to, filter, timezone, ...page }: OfferClicksArgs,
  only: { offer?: number[]; partner?: number[] } = {},
): Connection<ClickRow> => {
  const query = {
    ...period({ from, to }),
    timezone,
    offer: ids(int, filter?.offerIds, "filter.offerIds"),
    partner: ids(int, filter?.affiliateIds, "filter.affiliateIds"),
    advertisers: ids(hex, filter?.advertiserIds, "filter.advertiserIds"),
    country: filter?.countries,
    hour: hourOfDay(filter?.hour, "filter.hour"),
    ...only,
  };
  const pages = load.pages.clicks({ query });
  return connection(page, { ...pages, read: (page, limit) => pages.read(page, limit).catch(closed) });
};

export const Query = {
  clicks: (_, args, context) => clickConnection(context, args),
} satisfies Resolvers["Query"];

/** A landing as it stands in a click, where number 0 is none. */
const landing = (value: unknown) => {
  const row = record(value);
  return row && number(row.id) ? { ...row, url: row.url === "undefined" ? null : row.url } : null;
};

export const Click = {
  id: column("id", "click_id"),
  ...foreignKey("offer", "offer_id", "offer"),
  ...foreignKey("affiliate", "partner_id", "partner"),
  ...foreignKey("advertiserManager", "supplier_manager_id"),
  deviceType: ({ device_type }) => deviceTypeIn(device_type),
  isUnique: column("uniq"),
  ...numberedFields("sub", subs(8)),
  conversion: foreignKey("conversion", "conversion_id").conversion,
  actionId: column("cbid"),
  country: ({ country }) => code(country),
  region: column("region_name"),
  isp: column("isp_code"),
  userAgent: column("ua"),
  iosIdfa: column("idfa", "ios_idfa"),
  uniqueId: column("unid"),
  smartlinkId: column("smart_id"),
  landing: ({ landing: shown }) => landing(shown),
  prelanding: ({ prelanding }) => landing(prelanding),
} satisfies Resolvers["Click"];

export const Offer = {
  clicks: ({ id }, args, context) => clickConnection(context, args, { offer: [ownNumber(id)] }),
} satisfies Resolvers["Offer"];

export const Affiliate = {
  clicks: ({ id }, args, context) => clickConnection(context, args, { partner: [ownNumber(id)] }),
} satisfies Resolvers["Affiliate"];
