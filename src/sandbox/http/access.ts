import type { OperationInfo } from "../../contract/operation.js";
import type { Need } from "../../contract/schema.js";
import type { Caller } from "../model/caller.js";
import { allows, allowsSome } from "../model/permission.js";
import type { State } from "../model/state.js";
import type { User } from "../model/user.js";
import { denied } from "../rule/failure.js";

const hasAssigned = (state: State, user: User, permission: string): boolean =>
  permission === "users.entity-advertiser" &&
  [...state.advertisers.values()].some((advertiser) => advertiser.manager === user.id);

const meets = (state: State, user: User, { permission, level, of }: Need): boolean =>
  of === "some"
    ? allowsSome(user.permissions, permission, level) || hasAssigned(state, user, permission)
    : allows(user.permissions, permission, level);

/** Refuses a network user whose permission tree lacks what the operation needs. */
export const requireNeeds = (state: State, caller: Caller, { needs }: OperationInfo): void => {
  if (caller.kind !== "admin") return;
  for (const need of needs) if (!meets(state, caller.user, need)) throw denied();
};
