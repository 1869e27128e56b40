import { permissionNames } from "../../contract/permission.js";

export type Level = "deny" | "read" | "write";

/** The entities treated otherwise than the level says, by the level they get; an empty list when there are none. */
type Exceptions = Partial<Record<Level, (string | number)[]>> | [];

export interface Permission {
  level: Level;
  default_level?: Level | null;
  exceptions?: { strings: Exceptions; ints: Exceptions } | null;
}

export type PermissionTree = Record<string, Record<string, Permission>>;

export type UserType = "common_manager" | "affiliate_manager" | "account_manager";

interface Defaults {
  /** The level of all that is not named below. */
  level: Level;
  /** By level and section, what has another. */
  other: Partial<Record<Level, Record<string, readonly string[]>>>;
}

const managers = ["entity-account-manager", "entity-affiliate-manager", "entity-common-manager"];

const defaults: Record<UserType, Defaults> = {
  common_manager: {
    level: "write",
    other: {
      deny: { automation: ["affise-checker"], stats: ["clicks-list", "conversions-export", "slice-browser", "stats-export"] },
    },
  },
  affiliate_manager: {
    level: "read",
    other: {
      write: { general: ["billing"], users: ["entity-affiliate"] },
      deny: {
        automation: ["affise-checker"],
        general: ["settings"],
        notificator: ["transport-configuration"],
        stats: [
          ...["conversions-import", "slice-account_manager_id", "slice-affiliate_manager_id", "slice-browser"],
          ...["slice-connection-type", "slice-trafficback_reason"],
        ],
        users: [...managers, "entity-preset", "view-users"],
      },
    },
  },
  account_manager: {
    level: "read",
    other: {
      write: { stats: ["conversions-import", "conversions-list"] },
      deny: {
        automation: ["affise-checker"],
        general: ["settings", "billing"],
        notificator: ["transport-configuration"],
        stats: [
          ...["affiliate-postback", "clicks-list", "referral"],
          ...["slice-account_manager_id", "slice-affiliate_id", "slice-affiliate_manager_id"],
        ],
        users: [...managers, "entity-affiliate", "entity-advertiser", "entity-preset", "view-users"],
      },
    },
  },
};

const levels: readonly Level[] = ["write", "read", "deny"];

const permissionOf = (type: UserType, group: string, name: string): Permission => {
  const { level, other } = defaults[type];
  const permission: Permission = { level: levels.find((one) => other[one]?.[group]?.includes(name)) ?? level };
  if (!name.startsWith("entity-")) return permission;
  if (group === "stats" && name === "entity-account-manager") permission.default_level = null;
  return { ...permission, exceptions: { strings: [], ints: [] } };
};

const treeOf = (permission: (section: string, name: string) => Permission): PermissionTree =>
  Object.fromEntries(
    Object.entries(permissionNames).map(([section, names]) => [
      section,
      Object.fromEntries(names.map((name) => [name, permission(section, name)])),
    ]),
  );

/** The tree a user of a type starts with. */
export const defaultPermissions = (type: UserType): PermissionTree =>
  treeOf((section, name) => permissionOf(type, section, name));

/** The tree in an affiliate's own profile: network settings, users and what concerns advertisers are shut. */
export const affiliatePermissions = (): PermissionTree => {
  const shut =
    /^(automation|users)\.|settings|billing|advertiser|manager|view-(kpi|retention)|landing|carrier|connection|browser|smart/;
  return treeOf((section, name) => ({ level: shut.test(`${section}.${name}`) ? "deny" : "read" }));
};

const rank: Record<Level, number> = { deny: 0, read: 1, write: 2 };

const find = (tree: PermissionTree, path: string): Permission | undefined => {
  const dot = path.indexOf(".");
  return tree[path.slice(0, dot)]?.[path.slice(dot + 1)];
};

/** True when the tree gives at least the level, such as `stats.slice-affiliate_id` and `read`. */
export const allows = (tree: PermissionTree, path: string, level: Level): boolean =>
  rank[find(tree, path)?.level ?? "deny"] >= rank[level];

type Ids = readonly (string | number)[];

/** The ids that are treated otherwise than the level says, by the level they get. */
const exceptionsOf = (permission: Permission | undefined): [level: Level, ids: Ids][] => {
  const { strings = [], ints = [] } = permission?.exceptions ?? {};
  const halves = [strings, ints].flatMap((half) => (Array.isArray(half) ? [] : (Object.entries(half) as [Level, unknown][])));
  return halves.filter((one): one is [Level, Ids] => Array.isArray(one[1]));
};

/** The level for one entity: the exceptions first, then the level of the permission. */
export const entityAllows = (tree: PermissionTree, path: string, id: string | number, level: Level): boolean => {
  const permission = find(tree, path);
  const named = exceptionsOf(permission).filter(([, ids]) => ids.some((one) => String(one) === String(id)));
  const exception = levels.find((one) => named.some(([given]) => given === one));
  return rank[exception ?? permission?.level ?? "deny"] >= rank[level];
};

/** True when the level holds for at least some entity. */
export const allowsSome = (tree: PermissionTree, path: string, level: Level): boolean =>
  allows(tree, path, level) || exceptionsOf(find(tree, path)).some(([one, ids]) => rank[one] >= rank[level] && ids.length > 0);

/** Lays the sent part of a tree over the present one; what is left out stays. */
export const mergePermissions = (present: PermissionTree, sent: Record<string, unknown>): PermissionTree => {
  const merged = structuredClone(present);
  for (const [group, keys] of Object.entries(sent)) {
    if (typeof keys !== "object" || keys === null) continue;
    const target = merged[group] ?? {};
    merged[group] = target;
    for (const [name, permission] of Object.entries(keys as Record<string, Permission>)) {
      target[name] = { ...(target[name] ?? { level: "deny" }), ...permission };
    }
  }
  return merged;
};
