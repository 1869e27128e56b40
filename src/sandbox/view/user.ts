import { iso, spaced } from "../model/clock.js";
import type { State } from "../model/state.js";
import type { User } from "../model/user.js";

const base = (user: User, time: (value: number) => string): Record<string, unknown> => ({
  id: user.id,
  first_name: user.first_name,
  last_name: user.last_name,
  email: user.email,
  api_key: user.api_key,
  avatar: user.avatar,
  created_at: time(user.created_at),
  updated_at: time(user.updated_at),
  last_login_at: user.last_login_at === null ? null : time(user.last_login_at),
  roles: user.roles,
  type: user.type,
  work_hours: user.work_hours,
  skype: user.skype,
});

/** A user in lists, after a POST, and as the manager inside affiliates and advertisers. */
export const userRow = (user: User): Record<string, unknown> => ({
  ...base(user, spaced),
  username: user.id,
  facebook: user.facebook,
  viber: user.viber,
  wechat: user.wechat,
  whatsapp: user.whatsapp,
  telegram: user.telegram,
});

/** One user with the permission tree. */
export const userDetail = (user: User): Record<string, unknown> => ({
  ...base(user, iso),
  info: user.info,
  permissions: user.permissions,
});

/** A manager inside another row, or null. */
export const managerOf = (state: State, id: string | null): Record<string, unknown> | null => {
  const user = id === null ? undefined : state.users.get(id);
  return user ? userRow(user) : null;
};
