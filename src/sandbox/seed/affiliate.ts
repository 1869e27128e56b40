import type { Affiliate } from "../model/affiliate.js";
import { day } from "../model/clock.js";
import { countries } from "../model/geo.js";
import { apiKey, createRandom, objectId, type Random } from "../model/random.js";
import { paymentSystems } from "../model/reference.js";
import type { User } from "../model/user.js";
import { brand, person } from "./brand.js";

const statuses: readonly Affiliate["status"][] = [
  ...Array<"active">(6).fill("active"),
  ...(["not active", "banned", "on moderation"] as const),
];

/**
 * Affiliates, most of them active. The first belongs to the sample key. The ugly ones are numbers 9 to 11 of every
 * hundred: nulls and empty texts (9), empty lists for maps and `0000-00-00 00:00:00` (10), custom fields that are not
 * texts and payment fields keyed by name (11).
 */
export const seedAffiliates = (count: number, users: readonly User[], now: number, hasUgly: boolean): Affiliate[] => {
  const random = createRandom("affiliates");
  const managers = users.filter((user) => user.type === "affiliate_manager");
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const { first, last } = person(random);
    const login = `${brand(random)} ${random.pick(["Media", "Traffic", "Ads", "Partners", "Performance"])}`;
    const country = random.pick(countries);
    const created = now - random.int(70, 1400) * day;
    const ugly = hasUgly ? id % 100 : 0;
    const blank = ugly === 9;
    // Rows that are odd on demand draw by themselves, so that all others stay the same.
    const drawn = id % 100 === 9 && !hasUgly ? createRandom(`affiliates:${id}`) : random;
    return {
      id,
      objectId: objectId("affiliate", id),
      email: `${first}.${last}${id}@${login.split(" ")[0]}.example`.toLowerCase(),
      login: blank ? "" : login,
      contactPerson: blank ? null : `${first} ${last}`,
      ref_percent: blank ? null : drawn.pick(["", "2", "5"]),
      name: blank ? null : login,
      notes: blank ? "" : drawn.pick(["", "", "Prefers push", "Weekly payouts"]),
      manager: id % 13 === 0 || !managers.length ? null : (managers[index % managers.length]?.id ?? null),
      status: id === 1 ? "active" : (statuses[random.int(0, statuses.length - 1)] ?? "active"),
      payment_systems: blank ? [] : [paymentSystem(id, ugly, drawn)],
      customFields: blank ? [] : customFields(id, ugly === 11),
      api_key: id === 1 ? "sandbox-affiliate" : apiKey("affiliate", id),
      lang: blank ? null : drawn.pick(["en", "es", "ru"]),
      timezone: "UTC",
      address_1: blank ? null : `${drawn.int(1, 99)} ${drawn.pick(["Quay", "Hill", "Park"])} Road`,
      address_2: blank ? null : "",
      city: blank ? null : (country.cities[0]?.name ?? ""),
      country: blank ? null : country.code,
      zip_code: blank ? "" : String(drawn.int(10000, 99999)),
      phone: blank ? null : `+1555${drawn.int(1000000, 9999999)}`,
      ref: id > 20 && random.chance(0.12) ? random.int(1, 10) : null,
      level: blank ? null : drawn.int(0, 5),
      work_hours: blank ? null : "",
      tipalti_payee_id: random.chance(0.1) ? String(4000 + id) : null,
      tipalti_status: null,
      tags: blank ? null : drawn.some(["push", "social", "seo", "email", "vip", "inapp"], drawn.int(0, 3)),
      sub_accounts: { "1": { value: "", except: 0 }, "2": { value: blank ? null : "", except: 0 } },
      created_at: created,
      updated_at: created + random.int(1, 60) * day,
      password: "Sandbox-1",
      enabledSmartlinks: [],
      disabledSmartlinks: [],
      quirk: ugly === 10 ? "zero" : null,
    };
  });
};

const paymentSystem = (id: number, ugly: number, random: Random): Affiliate["payment_systems"][number] => {
  const system = random.pick(paymentSystems);
  return {
    id: system.id,
    active: ugly === 11 ? "1" : 1,
    system: system.lang_label,
    currency: random.pick(["USD", "EUR", "USD", "GBP"]),
    fields: accountFields(id, ugly, random.int(100, 999)),
  };
};

const accountFields = (id: number, ugly: number, number: number): Record<string, string> => {
  if (ugly === 10) return {};
  return ugly === 11 ? { account: "AC-1101" } : { "1": `AC-${id}${number}` };
};

const customFields = (id: number, ugly: boolean): Affiliate["customFields"] => [
  { id: 1, name: "Messenger", value: ugly ? 42 : `@aff${id}`, label: ugly ? { en: "Messenger" } : `@aff${id}` },
  {
    id: 2,
    name: "Main traffic source",
    value: ugly ? ["1", "3"] : String((id % 3) + 1),
    label: ["Social", "Search", "Push"][id % 3] ?? "",
  },
];
