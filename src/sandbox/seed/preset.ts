import { day } from "../model/clock.js";
import { defaultPermissions, type UserType } from "../model/permission.js";
import type { Preset } from "../model/preset.js";
import { objectId } from "../model/random.js";

const presets: readonly (readonly [name: string, type: UserType])[] = [
  ["Full access", "common_manager"],
  ["Affiliate team", "affiliate_manager"],
  ["Sales team", "account_manager"],
  ["Read only", "account_manager"],
];

/** A preset for each type of manager and one more. */
export const seedPresets = (now: number): Preset[] =>
  presets.map(([name, type], index) => ({
    id: objectId("preset", index + 1),
    name,
    permissions: defaultPermissions(type),
    created_at: now - 300 * day,
    updated_at: now - (index + 1) * 20 * day,
  }));
