import { laidOver, withFieldNames } from "../../affise/error/caller-words.js";
import { badInput } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { Input } from "../../contract/operation.js";
import type { CreateUserInput, Resolvers, UpdateUserInput, UserRole } from "../../generated/schema.js";
import { text, texts } from "../column/decode.js";
import { reread } from "../mutation/reread.js";
import { type ColumnWriter, columns, hex, present } from "../mutation/write.js";
import { permissionChanges } from "./permission.js";
import { givenRole } from "./user.js";

type Body = Input<"POST /3.0/admin/user">["body"];
type Changes = NonNullable<Input<"POST /3.0/admin/user/{id}">["body"]>;
type Tree = Input<"POST /3.1/user/{id}/permissions">["body"]["permissions"];

const mainRoles: Record<string, string> = {
  common_manager: "ROLE_ADMIN",
  affiliate_manager: "ROLE_MANAGER_AFFILIATE",
  account_manager: "ROLE_MANAGER_SALES",
};

const mainRole = (role: UserRole): string => mainRoles[givenRole(role, "input.role")] ?? role;

const ways: Record<string, ColumnWriter> = { internalTelegram: "internal_telegram_username" };

const bodyOf = (input: Omit<CreateUserInput | UpdateUserInput, "id" | "role" | "sections">) => columns(input, ways);

const isSection = (role: string) => role.startsWith("ROLE_SECTION_");

const existing = async ({ load }: Context, id: string) => (await load.userDetail.load(id)) ?? {};

/** Throws BAD_USER_INPUT where a user has several roles: which of them a new one replaces is not ours to guess. */
const checkSingle = (mains: readonly string[]): void => {
  if (mains.length < 2) return;
  const message = `input.role: Affise has several roles for this user (${mains.join(", ")}), all of which the new one would replace. Change it in the panel. Nothing was sent.`;
  throw badInput("input.role", message);
};

/** Roles and sections are one list on the wire, which is read first: what is not to be changed of it stays. */
const rolesOf = async (context: Context, id: string, { role, sections }: Pick<UpdateUserInput, "role" | "sections">) => {
  if (!role && !sections) return {};
  const given = role ? [mainRole(role)] : [];
  const roles = present(await existing(context, id), "roles", texts) ?? [];
  const mains = roles.filter((one) => Object.values(mainRoles).includes(one));
  if (role) checkSingle(mains);
  const kept = roles.filter((one) => !isSection(one) && !(role && mains.includes(one)));
  const open = sections ?? roles.filter(isSection);
  const paths = { roles: "input.id: its roles", type: "input.role" };
  return withFieldNames({ roles: [...given, ...kept, ...open], ...(role ? { type: role } : {}) }, paths);
};

const userNow = ({ load }: Context, id: string) => reread(load.userDetail, id);

export const Mutation = {
  createUser: async (_, { input: { role, sections, ...rest } }, { call }) => {
    const roles = [mainRole(role), ...(sections ?? [])];
    const body = Object.assign(bodyOf(rest) as Body, { type: role, roles });
    const { user } = await call("POST /3.0/admin/user", { body });
    return { user };
  },

  updateUser: async (_, { input: { id, role, sections, ...rest } }, context) => {
    const path = { id: hex(id, "input.id") };
    const body = laidOver(bodyOf(rest), await rolesOf(context, path.id, { role, sections })) as Changes;
    const { user } = await context.call("POST /3.0/admin/user/{id}", { path, body });
    return { user };
  },

  rotateUserApiKey: async (_, { input }, context) => {
    const path = { id: hex(input.userId, "input.userId") };
    const { user } = await context.call("POST /3.0/admin/user/api_key/{id}", { path });
    return { apiKey: () => text(user?.api_key), user: userNow(context, path.id) };
  },

  setUserPassword: async (_, { input: { userId, password } }, context) => {
    const path = { id: hex(userId, "input.userId") };
    await context.call("POST /3.0/admin/user/{id}/password", { path, body: { password } });
    return { user: userNow(context, path.id) };
  },

  setUserPermissions: async (_, { input: { userId, changes } }, context) => {
    const path = { id: hex(userId, "input.userId") };
    const changed = permissionChanges(changes, "input.changes");
    const tree = present(await existing(context, path.id), "permissions", changed) as Tree;
    await context.call("POST /3.1/user/{id}/permissions", { path, body: { permissions: tree } });
    return { user: userNow(context, path.id) };
  },
} satisfies Resolvers["Mutation"];
