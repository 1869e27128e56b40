import { allows, defaultPermissions, mergePermissions, type UserType } from "../../model/permission.js";
import { apiKey, longHex, objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { omit, take } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import type { User } from "../../model/user.js";
import { refuseTakenEmail, rotateKey, signIn } from "../../rule/account.js";
import { denied, orNotFound } from "../../rule/failure.js";
import { includesText, listed, page } from "../../rule/paging.js";
import { userDetail, userRow } from "../../view/user.js";

const existing = (state: State, id: string): User => orNotFound(state.users.get(id));

const entity: Record<UserType, string> = {
  common_manager: "users.entity-common-manager",
  affiliate_manager: "users.entity-affiliate-manager",
  account_manager: "users.entity-account-manager",
};

const editable = (call: Call, id: string): User => {
  const user = existing(call.state, id);
  if (call.caller.kind === "admin" && !allows(call.caller.user.permissions, entity[user.type], "write")) throw denied();
  return user;
};

const plain = [
  ...(["first_name", "last_name", "skype", "telegram", "viber", "whatsapp", "wechat", "facebook"] as const),
  ...(["work_hours", "avatar", "password", "roles"] as const),
] as const;

const write = (user: User, body: BodyInput<"POST /3.0/admin/user/{id}">, now: number): void => {
  take(user, body, plain);
  if (body.email !== undefined) user.email = body.email.toLowerCase();
  if (body.type !== undefined && body.type !== user.type) {
    user.type = body.type;
    user.permissions = defaultPermissions(body.type);
  }
  user.updated_at = now;
};

const typeOfRoles = (roles: readonly string[]): UserType => {
  if (roles.includes("ROLE_ADMIN")) return "common_manager";
  return roles.includes("ROLE_MANAGER_AFFILIATE") ? "affiliate_manager" : "account_manager";
};

const create = (state: State, body: BodyInput<"POST /3.0/admin/user">): User => {
  const number = nextNumber(state, "user");
  const type = body.type ?? typeOfRoles(body.roles);
  const now = state.now();
  const user: User = {
    id: objectId("user", number),
    email: body.email.toLowerCase(),
    first_name: body.first_name,
    last_name: body.last_name,
    type,
    api_key: apiKey("user", number),
    roles: [],
    ...{ skype: null, telegram: null, viber: null, whatsapp: null, wechat: null, facebook: null },
    ...{ work_hours: null, avatar: null, info: null },
    created_at: now,
    updated_at: now,
    last_login_at: null,
    password: body.password,
    permissions: defaultPermissions(type),
  };
  write(user, body, now);
  state.users.set(user.id, user);
  state.keys.set(user.api_key, { kind: "admin", user });
  return user;
};

export const user: Routes = {
  "GET /3.0/admin/users": ({ state, query }) => {
    const since = query.updated_at === undefined ? 0 : Date.parse(query.updated_at);
    const found = [...state.users.values()].filter(
      (one) =>
        one.updated_at >= since &&
        (!query.q || [one.email, one.first_name, one.last_name, one.id].some((text) => includesText(text, query.q ?? ""))),
    );
    return listed("users", page(found, query), userRow);
  },
  "GET /3.1/user/me": ({ caller }) => {
    if (caller.kind !== "admin") throw denied();
    return { status: 1, user: userDetail(caller.user) };
  },
  "GET /3.0/admin/user/{id}": ({ state, path }) => ({ status: 1, user: userDetail(existing(state, path.id)) }),
  "POST /3.0/admin/user": ({ state, body }) => {
    refuseTakenEmail("User", state.users.values(), body.email);
    return { status: 1, user: userRow(create(state, body)) };
  },
  "POST /3.0/admin/user/{id}": (call) => {
    const found = editable(call, call.path.id);
    refuseTakenEmail("User", call.state.users.values(), call.body.email, found);
    write(found, call.body, call.state.now());
    return { status: 1, user: userRow(found) };
  },
  "POST /3.0/admin/user/api_key/{id}": (call) => {
    return rotateKey(call.state, editable(call, call.path.id), "user");
  },
  "POST /3.0/admin/user/{id}/password": (call) => {
    const found = editable(call, call.path.id);
    found.password = call.body.password;
    return { status: 1, user: { id: found.id, password: longHex(`password:${call.body.password}`, 1) } };
  },
  "POST /3.1/user/{id}/permissions": (call) => {
    const found = editable(call, call.path.id);
    found.permissions = mergePermissions(found.permissions, call.body.permissions as Record<string, unknown>);
    found.updated_at = call.state.now();
    const row = omit(userDetail(found), "roles", "avatar", "last_login_at", "info", "skype");
    return { status: 1, permissions: { ...row, work_hours: found.work_hours ?? "" } };
  },
  "POST /3.1/pub-auth": ({ state, body }) => {
    return { status: 1, api_key: signIn(state.users.values(), body).api_key };
  },
};
