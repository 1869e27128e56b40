import { iso, spaced } from "../model/clock.js";
import { pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import type { User } from "../model/user.js";

const base = (user: User, time: (value: number) => string): Row => ({
  ...pick(user, "id", "first_name", "last_name", "email", "api_key", "avatar"),
  created_at: time(user.created_at),
  updated_at: time(user.updated_at),
  last_login_at: user.last_login_at === null ? null : time(user.last_login_at),
  ...pick(user, "roles", "type", "work_hours", "skype"),
});

/** A user in lists, after a POST, and as the manager inside affiliates and advertisers. */
export const userRow = (user: User): Row => ({
  ...base(user, spaced),
  username: user.id,
  ...pick(user, "facebook", "viber", "wechat", "whatsapp", "telegram"),
});

/** One user with the permission tree. */
export const userDetail = (user: User): Row => ({ ...base(user, iso), ...pick(user, "info", "permissions") });

/** A manager inside another row, or null. */
export const managerOf = (state: State, id: string | null): Row | null => {
  const user = id === null ? undefined : state.users.get(id);
  return user ? userRow(user) : null;
};
