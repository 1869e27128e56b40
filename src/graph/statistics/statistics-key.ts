import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { code, number, record, text } from "../column/decode.js";
import { deviceTypeIn } from "../column/device.js";
import { foreignKey, hexIn, idIn } from "../column/foreign-key.js";
import { oneNumberedIn, subs } from "../column/numbered.js";

/** Traffic from a city that Affise does not know has the number 0 there. */
const known = (value: unknown): unknown => (value === 0 || value === "0" ? null : value);

/** A city's number, where its number stands there and not its name. */
const numberOf = (value: unknown): string | null => {
  const id = text(known(value));
  return id && /^\d+$/.test(id) ? id : null;
};

/** A landing stands in the slice by its id; the rest stands beside the figures, keyed by that id. */
const landingIn = (type: "landing" | "transit", slice: unknown, known: unknown) => {
  const id = text(idIn(slice));
  if (!id || id === "0") return null;
  const { title, url, preview_url } = record(record(known)?.[id]) ?? {};
  return { id, type, title, url, url_preview: preview_url };
};

const two = (value: number) => String(value).padStart(2, "0");

/** The sub-account values by their numbers, in order. */
const subsIn = (slice: Readonly<Record<string, unknown>>) =>
  Object.entries(slice)
    .flatMap(([column, value]) => {
      const number = Number(/^sub(\d+)$/.exec(column)?.[1]);
      return number ? [{ number, value }] : [];
    })
    .sort((one, other) => one.number - other.number);

export const StatisticsKey = {
  date: ({ year, month, day }) => {
    const [y, m, d] = [number(year), number(month), number(day)];
    return y && m && d ? `${y}-${two(m)}-${two(d)}` : null;
  },
  ...foreignKey("offer", "offer"),
  ...foreignKey("affiliate", "affiliate"),
  ...foreignKey("advertiser", "advertiser"),
  ...foreignKey("manager", "manager"),
  ...foreignKey("affiliateManager", "affiliate_manager_id"),
  ...foreignKey("advertiserManager", "advertiser_manager_id"),
  smartlinkId: ({ smart_id }) => hexIn(idIn(smart_id)),
  country: ({ country }) => code(country),
  city: ({ city }) => text(city !== null && typeof city === "object" ? record(city)?.name : known(city)),
  cityId: ({ city }) => numberOf(idIn(city)),
  subs: subsIn,
  sub: oneNumberedIn(subs(30)),
  device: ({ device }) => deviceTypeIn(device),
  deviceType: ({ device_type }) => deviceTypeIn(device_type),
  carrier: column("isp"),
  connectionType: column("conn_type"),
  landing: ({ landing, landings_info }) => landingIn("landing", landing, landings_info),
  prelanding: ({ prelanding, landings_info }) => landingIn("transit", prelanding, landings_info),
} satisfies Resolvers["StatisticsKey"];
