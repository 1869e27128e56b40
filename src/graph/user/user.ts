import { badInput } from "../../affise/error/error.js";
import type { Resolvers, UserRole } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { column, detailColumn } from "../column/column.js";
import { connection } from "../column/connection.js";
import { isHexId, list, record, text, word } from "../column/decode.js";
import { wordsOf } from "../column/enum.js";
import { ownHex } from "../column/foreign-key.js";
import { inOrder } from "../column/ordered.js";
import type { UserRow } from "../column/row.js";
import { hex } from "../mutation/write.js";
import { permissionList } from "./permission.js";

export const Query = {
  user: (_, { id }, { load }) => load.user.load(hex(id, "id")),

  users: (_, { filter, orderBy, ...page }, context, info) => {
    const query = { q: filter?.search, updated_at: filter?.updatedFrom };
    return connection(page, inOrder(context.load.pages.users({ query }), orderBy, context, info));
  },
} satisfies Resolvers["Query"];

/** A user as it stands in another row: whole, or by id. What is neither (a display name) tells nobody. */
export const userIn = (load: Load, ...columns: unknown[]): UserRow | Promise<UserRow | null> | null => {
  for (const value of columns) {
    if (typeof value !== "string") {
      const whole = record(value);
      if (whole) return whole;
    } else if (isHexId(value)) return load.user.load(value);
  }
  return null;
};

/** True when anything stands in it, however deep: Affise prints empty lists and maps where there are no exceptions. */
const holdsSomething = (value: unknown): boolean =>
  value !== null && typeof value === "object" ? Object.values(value).some(holdsSomething) : value !== null && value !== undefined;

/** A role that a user can be given. Throws BAD_USER_INPUT for those that Affise gives itself. */
export const givenRole = (role: UserRole, argument: string): Exclude<UserRole, "client" | "root"> => {
  if (role !== "client" && role !== "root") return role;
  throw badInput(argument, `${argument}: a user cannot be made OWNER or ROOT; Affise gives these roles itself.`);
};

/** The messengers stand in the list and beside the affiliates and advertisers a user looks after, not in the single row. */
const fromListed = detailColumn((row: UserRow, { load }: { load: Load }) => load.user.load(ownHex(row.id)));

const sections = Object.fromEntries(wordsOf("UserSection").map((section) => [section.toLowerCase(), section]));

export const User = {
  name: (row) => text(row.name) ?? ([text(row.first_name), text(row.last_name)].filter(Boolean).join(" ") || text(row.email)),
  role: column("type"),
  sections: ({ roles }) =>
    list(roles)
      ?.filter((role) => text(role)?.startsWith("ROLE_SECTION_"))
      .map((role) => word(role, sections))
      .filter((section): section is never => section !== null) ?? null,
  permissions: async (row, _, { load }) => {
    const whole: UserRow | null = "permissions" in row ? row : await load.userDetail.load(ownHex(row.id));
    return whole && permissionList(whole.permissions);
  },
  telegram: fromListed("telegram"),
  viber: fromListed("viber"),
  whatsapp: fromListed("whatsapp"),
  wechat: fromListed("wechat"),
  facebook: fromListed("facebook"),
} satisfies Resolvers["User"];

export const Permission = {
  hasExceptions: ({ exceptions }) => holdsSomething(exceptions),
} satisfies Resolvers["Permission"];
