import type { Advertiser } from "../model/advertiser.js";
import { day } from "../model/clock.js";
import { countries } from "../model/geo.js";
import { apiKey, createRandom, objectId } from "../model/random.js";
import type { User } from "../model/user.js";
import { brand, person } from "./brand.js";

/**
 * Advertisers. Every third goes to the first account manager (the sample key), the others to the remaining account
 * managers, every eleventh to nobody. The ugly ones are numbers 4 to 6 of every twenty: a display name in `manager`
 * (4), empty texts and nulls wherever allowed (5), times of `0000-00-00 00:00:00` and a text as offer count (6).
 */
export const seedAdvertisers = (
  count: number,
  users: readonly User[],
  affiliates: number,
  now: number,
  hasUgly: boolean,
): Advertiser[] => {
  const random = createRandom("advertisers");
  const managers = users.filter((user) => user.type === "account_manager");
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const title = `${brand(random)} ${random.pick(["Ltd", "Media", "Apps", "Group", "Digital", "Games", "Labs"])}`;
    const { first, last } = person(random);
    const country = random.pick(countries);
    const created = now - random.int(120, 1500) * day;
    const ugly = hasUgly ? number % 20 : 0;
    // Rows that are odd on demand draw by themselves, so that all others stay the same.
    const drawn = number % 20 === 5 && !hasUgly ? createRandom(`advertisers:${number}`) : random;
    const manager = index % 3 === 0 ? managers[0] : managers[1 + (index % Math.max(1, managers.length - 1))];
    const slug = title.split(" ")[0]?.toLowerCase() ?? "";
    return {
      id: objectId("advertiser", number),
      number,
      title,
      contact: ugly === 5 ? "" : `${first} ${last}`,
      email: ugly === 5 ? "" : `${first}@${slug}${number}.example`.toLowerCase(),
      skype: ugly === 5 ? null : `live:${slug}`,
      manager: number % 11 === 0 ? null : (manager?.id ?? null),
      url: ugly === 5 ? "" : `https://${slug}.example`,
      address_1: ugly === 5 ? null : `${drawn.int(1, 240)} ${drawn.pick(["Harbour", "Mill", "Station", "Garden"])} Street`,
      address_2: ugly === 5 ? "" : null,
      city: ugly === 5 ? "" : (country.cities[0]?.name ?? ""),
      country: ugly === 5 ? null : country.code,
      zip_code: ugly === 5 ? "" : String(drawn.int(10000, 99999)),
      vat_code: random.chance(0.4) ? `${country.code}${random.int(100000000, 999999999)}` : "",
      allowed_ip: random.chance(0.3) ? [`203.0.113.${random.int(1, 200)}`] : ugly === 5 ? null : [],
      disallowed_ip: [],
      consider_personal_targeting_only: random.chance(0.1),
      tags: ugly === 5 ? null : drawn.some(["direct", "premium", "net30", "mobile", "test"], drawn.int(0, 3)),
      hash_password: random.chance(0.5) ? apiKey("postback", number) : "",
      skad_network_id: random.chance(0.1) ? [`sk${number}.skadnetwork`] : [],
      hide_conversion_status: random.chance(0.1),
      hosts_only: false,
      sign_clicks_integration: random.pick(["no_sign", "no_sign", "appsflyer", "kochava"]),
      sub_accounts: { "1": { value: "", except: false }, "2": { value: ugly === 5 ? null : "", except: false } },
      note: ugly === 5 ? null : drawn.pick(["", "Pays on time", "Ask before raising caps"]),
      created_at: created,
      updated_at: created + random.int(1, 110) * day,
      disabled_choice_postback_status: random.chance(0.1),
      affiliates_enabled: [],
      affiliates_disabled: affiliates > 10 && random.chance(0.15) ? [random.int(2, affiliates)] : [],
      has_user: random.chance(0.5) || number === 1,
      api_key: number === 1 ? "sandbox-advertiser" : apiKey("advertiser", number),
      password: "Sandbox-1",
      status: "active",
      quirk: ugly === 4 ? "name" : ugly === 6 ? "zero" : null,
    };
  });
};
