import type { Value } from "../../affise/encoding/encode.js";
import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import { permissionNames } from "../../contract/permission.js";
import type { PermissionExceptionInput, PermissionInput, Resolvers } from "../../generated/schema.js";
import { entries, record, text, texts } from "../column/decode.js";
import { found } from "../column/foreign-key.js";
import { hex, int } from "../mutation/write.js";

type Tree = Record<string, Record<string, Record<string, Value>>>;

const isNumber = (id: string) => /^\d{1,15}$/.test(id);

/** Ids by level in the one half of the exceptions; a list without levels is read too. */
const idsByLevel = (half: unknown): [string | null, string[]][] => {
  if (Array.isArray(half)) return half.length ? [[null, texts(half) ?? []]] : [];
  return entries(half).map(([level, some]) => [level, texts(some) ?? []]);
};

export const Permission = {
  exceptions: (permission) => {
    const { strings, ints } = record(permission.exceptions) ?? {};
    const byLevel = new Map<string | null, string[]>();
    for (const [level, ids] of [...idsByLevel(strings), ...idsByLevel(ints)]) {
      if (ids.length) byLevel.set(level, [...(byLevel.get(level) ?? []), ...ids]);
    }
    return [...byLevel].map(([level, ids]) => ({ level, ids, about: text(permission.name) ?? "" }));
  },
} satisfies Resolvers["Permission"];

const idsOf = ({ ids }: Record<string, unknown>) => ids as string[];

export const PermissionException = {
  affiliates: async (exception, _, { load }) => {
    if (exception.about !== "entity-affiliate") return null;
    return found(await load.affiliate.loadMany(idsOf(exception).filter(isNumber).map(Number)));
  },
  advertisers: async (exception, _, { load }) =>
    exception.about === "entity-advertiser" ? found(await load.advertiser.loadMany(idsOf(exception))) : null,
  users: async (exception, _, { load }) =>
    String(exception.about).endsWith("-manager") ? found(await load.user.loadMany(idsOf(exception))) : null,
} satisfies Resolvers["PermissionException"];

/** Affise prints an empty map as a list, and takes maps only. */
const asMap = (half: unknown): Value => (Array.isArray(half) && half.length === 0 ? {} : (half as Value)) ?? {};

/** A map with each of its values made into another. */
const mapped = <T>(map: unknown, change: (value: unknown) => T): Record<string, T> =>
  Object.fromEntries(entries(map).map(([name, value]) => [name, change(value)]));

const permissionAsBody = (permission: unknown): Record<string, Value> => {
  const columns = (record(permission) ?? {}) as Record<string, Value>;
  const exceptions = record(columns.exceptions);
  return { ...columns, ...(exceptions && { exceptions: mapped(exceptions, asMap) }) };
};

const presentTree = (tree: unknown): Tree => mapped(tree, (permissions) => mapped(permissions, permissionAsBody));

const exceptionColumns = (exceptions: readonly PermissionExceptionInput[], argument: string): Value => {
  const strings: Record<string, string[]> = {};
  const ints: Record<string, number[]> = {};
  exceptions.forEach(({ level, ids }, index) => {
    const at = `${argument}.${index}.ids`;
    for (const id of ids) {
      if (isNumber(id)) ints[level] = [...(ints[level] ?? []), int(id, at)];
      else strings[level] = [...(strings[level] ?? []), hex(id, at)];
    }
  });
  return { strings, ints };
};

const checkShape = ({ name, level, exceptions }: PermissionInput, at: string): void => {
  if (!level && !exceptions) throw badInput(at, `${at} changes nothing: give level or exceptions.`);
  if (exceptions?.length && !name.startsWith("entity-")) {
    throw badInput(`${at}.exceptions`, `${at}.exceptions: only permissions whose name begins with entity- have them.`);
  }
};

/** A caller's word may be the name of something that every object has. */
const ownOf = <T>(map: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;

const checkName = ({ section, name, level }: PermissionInput, tree: Tree, at: string): void => {
  const group = ownOf(tree, section);
  const present = group && ownOf(group, name);
  const names = ownOf(permissionNames, section);
  if (!names && !group) {
    throw badInput(`${at}.section`, `${at}.section: ${quoted(section)} is none of ${Object.keys(permissionNames).join(", ")}.`);
  }
  if (!names?.includes(name) && !present) {
    throw badInput(`${at}.name`, `${at}.name: ${quoted(name)} is no permission of ${section}.`);
  }
  if (!level && !present) throw badInput(`${at}.level`, `${at}.level is missing: this permission has none yet.`);
};

/**
 * Lays changes over a permission tree, and gives it as bodies want it: whole, because Affise does not say what becomes of the parts left
 * out. Throws BAD_USER_INPUT naming what is wrong: at once where no tree is needed to know it, else when the present tree is given.
 */
export const permissionChanges = (changes: readonly PermissionInput[], argument: string): ((present: unknown) => Tree) => {
  const names = changes.map(({ section, name }) => `${section} ${name}`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) throw badInput(argument, `${argument}: ${twice} is given twice.`);
  const columns = changes.map((change, index) => {
    const at = `${argument}.${index}`;
    checkShape(change, at);
    const { level, exceptions } = change;
    return {
      ...(level ? { level } : {}),
      ...(exceptions && change.name.startsWith("entity-")
        ? { exceptions: exceptionColumns(exceptions, `${at}.exceptions`) }
        : {}),
    };
  });
  return (present) => {
    const tree = presentTree(present);
    changes.forEach((change, index) => {
      checkName(change, tree, `${argument}.${index}`);
      const { section, name } = change;
      const group = ownOf(tree, section) ?? {};
      tree[section] = group;
      group[name] = { ...ownOf(group, name), ...columns[index] };
    });
    return tree;
  };
};

/** A tree as the schema's list of permissions. */
export const permissionList = (tree: unknown) =>
  entries(tree).flatMap(([section, permissions]) =>
    entries(permissions).map(([name, permission]) => ({ ...record(permission), section, name })),
  );
