import type { Caller } from "../model/caller.js";
import type { WallTime } from "../model/clock.js";
import type { Row } from "../model/row.js";
import type { State } from "../model/state.js";
import type { Click, Conversion, Visit } from "../model/traffic.js";
import { denied } from "./failure.js";
import { requirePermission } from "./reach.js";

/** One way to cut a report: what tells its rows apart, how a row names it, and the permission it takes. */
export interface Slice {
  /** What rows are told apart and sorted by. */
  key(visit: Visit, wall: WallTime, state: State): string | number;
  show(visit: Visit, wall: WallTime, state: State): Row;
  permission: string;
  isAdminOnly?: boolean;
  isTimed?: boolean;
  /** Whether ad costs, which are kept by offer, affiliate and day, can be cut so. */
  hasCosts?: boolean;
}

const plain = (name: string, permission: string, read: (visit: Visit) => string | number): Slice => ({
  ...{ key: read, show: (visit) => ({ [name]: read(visit) }), permission },
});

/** The year and number of the week by ISO 8601: the first week of a year is the one with its first Thursday. */
const weekOf = ({ year, month, day }: WallTime): { year: number; week: number } => {
  const thursday = new Date(Date.UTC(year, month - 1, day));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - first) / (7 * 86_400_000)) + 1 };
};

const week: Slice = {
  key: (_, wall) =>
    Object.values(weekOf(wall))
      .map((part) => String(part).padStart(4, "0"))
      .join("-"),
  show: (_, wall) => weekOf(wall),
  permission: "stats.slice-day",
  isTimed: true,
  hasCosts: true,
};

const timed = (permission: string, parts: readonly (keyof WallTime | "quarter")[]): Slice => {
  const value = (wall: WallTime, part: keyof WallTime | "quarter"): string | number =>
    part === "quarter" ? Math.ceil(wall.month / 3) : wall[part];
  return {
    key: (_, wall) => parts.map((part) => String(value(wall, part)).padStart(4, "0")).join("-"),
    show: (_, wall) => Object.fromEntries(parts.map((part) => [part, value(wall, part)])),
    permission,
    isTimed: true,
    // Ad costs are known by the day.
    hasCosts: !parts.includes("hour"),
  };
};

/** A manager in a slice; traffic without one shows the id given for nobody and the names Undefined. */
const managerShown = (state: State, id: string | null | undefined, nobody: string | number): Row => {
  const user = id ? state.users.get(id) : undefined;
  return user
    ? { id: user.id, first_name: user.first_name, last_name: user.last_name }
    : { id: nobody, first_name: "Undefined", last_name: "Undefined" };
};

const managerSlice = (
  name: string,
  permission: string,
  nobody: string | number,
  find: (visit: Visit, state: State) => string | null | undefined,
): Slice => ({
  key: (visit, _, state) => find(visit, state) ?? "",
  show: (visit, _, state) => ({ [name]: managerShown(state, find(visit, state), nobody) }),
  permission,
  isAdminOnly: true,
  hasCosts: true,
});

const affiliateManager = ({ affiliate }: Visit, state: State): string | null | undefined =>
  state.affiliates.get(affiliate)?.manager;

const accountManager = ({ advertiser }: Visit, state: State): string | null | undefined =>
  state.advertisers.get(advertiser)?.manager;

const offer: Slice = {
  key: (visit) => visit.offer,
  show: (visit, _, state) => {
    const found = state.offers.get(visit.offer) ?? state.deletedOffers.get(visit.offer);
    return { offer: { id: visit.offer, offer_id: found?.offer_id ?? "", title: found?.title ?? "Deleted" } };
  },
  permission: "stats.slice-offer_id",
  hasCosts: true,
};

const affiliate: Slice = {
  key: (visit) => visit.affiliate,
  show: (visit, _, state) => {
    const found = state.affiliates.get(visit.affiliate);
    return {
      affiliate: { id: visit.affiliate, email: found?.email ?? null, login: found?.login ?? null, name: found?.name ?? null },
    };
  },
  permission: "stats.slice-affiliate_id",
  isAdminOnly: true,
  hasCosts: true,
};

const advertiser: Slice = {
  key: (visit) => visit.advertiser,
  show: (visit, _, state) => ({
    advertiser: { id: visit.advertiser, title: state.advertisers.get(visit.advertiser)?.title ?? "" },
  }),
  permission: "stats.slice-advertiser_id",
  isAdminOnly: true,
  hasCosts: true,
};

const subs = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => {
    const permission = index === 0 ? "stats.slice-sub1" : "stats.slice-sub2";
    return [`sub${index + 1}`, plain(`sub${index + 1}`, permission, (visit) => visit.subs[index] ?? "")] as const;
  }),
);

/** Every slice by its name on the wire; those behind country are for the fixed reports. */
const slices: Readonly<Record<string, Slice>> = {
  year: timed("stats.slice-day", ["year"]),
  quarter: timed("stats.slice-day", ["year", "quarter"]),
  month: timed("stats.slice-day", ["year", "month"]),
  day: timed("stats.slice-day", ["year", "month", "day"]),
  hour: timed("stats.slice-day", ["hour"]),
  week,
  offer,
  affiliate,
  affiliate_id: {
    ...plain("affiliate_id", "stats.slice-affiliate_id", (visit) => visit.affiliate),
    ...{ isAdminOnly: true, hasCosts: true },
  },
  advertiser,
  manager: managerSlice("manager", "stats.slice-affiliate_manager_id", 0, affiliateManager),
  affiliate_manager_id: managerSlice("affiliate_manager_id", "stats.slice-affiliate_manager_id", "0", affiliateManager),
  advertiser_manager_id: managerSlice("advertiser_manager_id", "stats.slice-account_manager_id", 0, accountManager),
  smart_id: { ...plain("smart_id", "stats.slice-smart_id", (visit) => visit.smartlink ?? ""), isAdminOnly: true },
  country: plain("country", "stats.slice-country", (visit) => visit.country.code),
  // The fixed report prints three letters although its filter takes two.
  country3: plain("country", "stats.slice-country", (visit) => visit.country.alpha3),
  city: plain("city", "stats.slice-city", (visit) => String(visit.city.id)),
  os: plain("os", "stats.slice-os", (visit) => visit.profile.os),
  os_version: plain("os_version", "stats.slice-os", (visit) => visit.profile.os_version),
  device_type: plain("device_type", "stats.slice-device", (visit) => visit.profile.device_type),
  device: plain("device", "stats.slice-device", (visit) => visit.profile.device),
  device_model: plain("device_model", "stats.slice-device", (visit) => visit.profile.device_model),
  browser: plain("browser", "stats.slice-browser", (visit) => visit.profile.browser),
  browser_version: plain("browser_version", "stats.slice-browser", (visit) => visit.profile.browser_version),
  isp: plain("isp", "stats.slice-mobile-carrier", (visit) => visit.isp),
  conn_type: plain("conn_type", "stats.slice-connection-type", (visit) => visit.profile.connection),
  goal: plain("goal", "stats.slice-goal", (visit) => (visit as Conversion).goalValue ?? ""),
  landing: plain("landing", "stats.slice-landing", (visit) => String(visit.landing ?? 0)),
  prelanding: plain("prelanding", "stats.slice-prelanding", (visit) => visit.prelanding ?? 0),
  trafficback_reason: plain("trafficback_reason", "stats.slice-trafficback_reason", (visit) => (visit as Click).reason ?? ""),
  ...subs,
};

/** The slices by name, refused to callers who lack a right to one of them. */
export const permittedSlices = (caller: Caller, names: readonly string[]): Slice[] =>
  names.flatMap((name) => {
    const slice = slices[name];
    if (!slice) return [];
    if (slice.isAdminOnly && caller.kind !== "admin") throw denied();
    requirePermission(caller, slice.permission);
    return [slice];
  });
