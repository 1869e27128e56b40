import type { Answer, OperationInfo } from "../contract/operation.js";
import type { Need } from "../contract/schema.js";
import { forbidden } from "./answer/failure.js";
import { AffiseError, InputError } from "./error/error.js";

interface Permission {
  level?: unknown;
  exceptions?: unknown;
}

/** Whose key it is and what it may do, as far as Affise tells. */
export interface Rights {
  kind?: "admin" | "affiliate" | "advertiser";
  /** A network user's role, in Affise's word. */
  role?: unknown;
  permissions?: unknown;
  /** Affise knows the key not at all. */
  unknown?: AffiseError;
}

const ranks = ["deny", "read", "write"];

type ReadOwn = <O extends "GET /3.1/user/me" | "GET /3.1/partner/me" | "GET /3.1/advertiser/offers">(
  operation: O,
  input?: { query: { limit: number } },
) => Promise<Answer<O>>;

/** Gives undefined where this kind of key may not read that, and the error where it cannot be told. */
const own = <T>(read: Promise<T>): Promise<T | AffiseError | undefined> =>
  read.catch((error: unknown) => {
    if (!(error instanceof AffiseError)) throw error;
    return error.extensions.code === "FORBIDDEN" ? undefined : error;
  });

/** Asks for a key's rights: each kind of key has a profile that no other may read, but for an advertiser's, which has its offers alone. */
export const rightsOf = async (call: ReadOwn): Promise<Rights> => {
  const user = await own(call("GET /3.1/user/me"));
  if (user instanceof AffiseError) return user.extensions.code === "UNAUTHENTICATED" ? { unknown: user } : {};
  if (user) return { kind: "admin", role: user.user.type, permissions: user.user.permissions };
  const affiliate = await own(call("GET /3.1/partner/me"));
  if (affiliate instanceof AffiseError) return {};
  if (affiliate) return { kind: "affiliate" };
  const offers = await own(call("GET /3.1/advertiser/offers", { query: { limit: 1 } }));
  return offers && !(offers instanceof AffiseError) ? { kind: "advertiser" } : {};
};

/** Who has people or advertisers of its own may do more with these than its permission says. */
const isOpen = ({ of }: Need, role: unknown, { exceptions }: Permission): boolean =>
  of === "some" && (role !== "common_manager" || /\[.*\w.*\]/.test(JSON.stringify(exceptions ?? [])));

/** What of a permission a network user lacks, in words; undefined where it has it, or nobody can tell. */
const lackOf = (need: Need, { role, permissions }: Rights): string | undefined => {
  if (role === "client" || role === "root") return undefined;
  const [section = "", name = ""] = need.permission.split(".");
  const permission = (permissions as Record<string, Record<string, Permission>> | undefined)?.[section]?.[name];
  const level = String(permission?.level).toLowerCase();
  if (!permission || !ranks.includes(level) || ranks.indexOf(level) >= ranks.indexOf(need.level)) return undefined;
  return isOpen(need, role, permission) ? undefined : `${need.permission} is ${level.toUpperCase()} for it`;
};

/** Throws where a key may most likely not make a call, which was not made. */
export const assertAllowed = (info: OperationInfo, rights: Rights): void => {
  const { operation, audience, needs, needsKey } = info;
  const details = { operation, outcome: "NOT_SENT" } as const;
  if (!needsKey) return;
  if (rights.unknown) throw new InputError("UNAUTHENTICATED", rights.unknown.message, details);
  if (rights.kind === undefined) return;
  if (!audience.includes(rights.kind)) throw new InputError("FORBIDDEN", `${forbidden(info)} Nothing was sent.`, details);
  const lacks = rights.kind === "admin" ? needs.flatMap((need) => lackOf(need, rights) ?? []) : [];
  if (lacks.length) throw new InputError("FORBIDDEN", `${forbidden(info)} ${lacks.join(", ")}. Nothing was sent.`, details);
};
