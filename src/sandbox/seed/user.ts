import { day } from "../model/clock.js";
import { defaultPermissions, type UserType } from "../model/permission.js";
import { apiKey, createRandom, objectId } from "../model/random.js";
import type { User } from "../model/user.js";
import { person } from "./brand.js";

const types: readonly UserType[] = ["common_manager", "affiliate_manager", "account_manager"];

const sampleUsers = ["sandbox-general-manager", "sandbox-affiliate-manager", "sandbox-account-manager"];

const sections = (...names: string[]): string[] => names.map((name) => `ROLE_SECTION_${name}`);

const roles: Record<UserType, string[]> = {
  common_manager: ["ROLE_ADMIN"],
  affiliate_manager: ["ROLE_MANAGER_AFFILIATE", ...sections("DASHBOARD", "PARTNER", "TICKET", "NEWS")],
  account_manager: ["ROLE_MANAGER_SALES", ...sections("DASHBOARD", "OFFER", "SUPPLIER", "TICKET")],
};

/** The network's managers, the three types in turn; the sample keys belong to the first of each. */
export const seedUsers = (count: number, now: number): User[] => {
  const random = createRandom("users");
  return Array.from({ length: count }, (_, index) => {
    const type = types[index % types.length] ?? "common_manager";
    const { first, last } = person(random);
    const created = now - random.int(200, 900) * day;
    return {
      id: objectId("user", index + 1),
      email: `${first}.${last}${index + 1}@network.example`.toLowerCase(),
      first_name: first,
      last_name: last,
      type,
      api_key: sampleUsers[index] ?? apiKey("user", index + 1),
      roles: roles[type],
      skype: random.chance(0.5) ? `live:${first}.${last}`.toLowerCase() : "",
      telegram: random.chance(0.6) ? `@${first}_${last}`.toLowerCase() : null,
      ...{ viber: null, whatsapp: null, wechat: null, facebook: "" },
      work_hours: random.chance(0.6) ? "09:00-18:00" : "",
      avatar: random.chance(0.3) ? `/images/avatar-${index + 1}.jpg` : null,
      info: null,
      created_at: created,
      updated_at: created + random.int(1, 190) * day,
      last_login_at: index % 5 === 4 ? null : now - random.int(0, 20) * day - random.int(0, 86_000) * 1000,
      password: "Sandbox-1",
      permissions: defaultPermissions(type),
    };
  });
};
