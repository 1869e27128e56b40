import { AffiseError } from "../affise/error/error.js";
import { totalAt } from "../affise/list/list.js";
import type { Call } from "../affise/session.js";
import { type Finding, fine, problem } from "./doctor-finding.js";
import { fixedWords, permissionsInWords, type SectionWords } from "./permission-word.js";

const roles: Record<string, string> = {
  common_manager: "General manager: all sections, all statistics, the other users",
  affiliate_manager: "Affiliate manager: affiliates, their tickets, billing and statistics",
  account_manager: "Account manager: the advertisers assigned to it, and their offers",
  client: "Owner of the network: may do everything",
  root: "Affise's own administrator of the network: may do everything",
};

interface Permission {
  level?: string | null;
  exceptions?: unknown;
}

const hasExceptions = ({ exceptions }: Permission): boolean =>
  Object.values((exceptions ?? {}) as Record<string, unknown>).some(
    (lists) => Object.values((lists ?? {}) as Record<string, unknown>).flat().length > 0,
  );

/** Affise's tree of permissions, one by one. */
const permissionsOf = (tree: unknown) =>
  Object.entries((tree ?? {}) as Record<string, Record<string, Permission>>).flatMap(([section, permissions]) =>
    Object.entries(permissions).map(([name, permission]) => ({
      section,
      name,
      level: permission.level ?? null,
      hasExceptions: hasExceptions(permission),
    })),
  );

/** A line for what may be done with a section: `Network: may change payments and invoices`. */
const linesOf = (sections: readonly SectionWords[]): string =>
  sections
    .flatMap(({ title, change, look, not }) =>
      Object.entries({ "may change": change, "may see": look, "may not see": not }).flatMap(([verb, words]) =>
        words.length ? [`${title}: ${verb} ${words.join(", ")}`] : [],
      ),
    )
    .join("\n");

const refusedBy = (error: unknown): string | undefined => (error instanceof AffiseError ? error.extensions.code : undefined);
const isOthers = (error: unknown): boolean => ["FORBIDDEN", "NOT_FOUND"].includes(refusedBy(error) ?? "");

const whereKey =
  "Network users' keys are in the panel under Users > (the user), which only a General manager can open; affiliates' under Settings > Security. " +
  "If the key is right, the API URL may be another network's.";

/** Who the key belongs to: the three kinds are asked for in turn, each with a read that only its kind may make. */
const asked = async (call: Call): Promise<Finding[]> => {
  try {
    const { user } = await call("GET /3.1/user/me", {});
    const name = [user.first_name, user.last_name].filter(Boolean).join(" ") || user.email;
    const role = roles[user.type ?? ""] ?? `Affise calls its role ${user.type ?? "nothing"}`;
    return [
      fine("key", `This is ${name} <${user.email}>, a user of the network.\n${role}.`),
      fine("permissions", linesOf(permissionsInWords(permissionsOf(user.permissions))) || "The network tells no permissions."),
    ];
  } catch (error) {
    if (refusedBy(error) === "UNAUTHENTICATED") return [problem("key", "401: this key is unknown on this host.", whereKey)];
    if (!isOthers(error)) throw error;
  }
  try {
    const { user } = await call("GET /3.1/partner/me", {});
    return [
      fine("key", `This is affiliate ${user.partner_id ?? "(Affise tells no number)"} <${user.email}>.`),
      fine("permissions", linesOf(fixedWords.Affiliate)),
    ];
  } catch (error) {
    if (!isOthers(error)) throw error;
  }
  const own = "GET /3.1/advertiser/offers";
  const offers = totalAt(own, "offers", await call(own, { query: { limit: 1 } }));
  return [fine("key", `This is an advertiser with ${offers} offers.`), fine("permissions", linesOf(fixedWords.Advertiser))];
};

/** Says whose key it is and what it may do, or what is wrong with it. */
export const checkKey = async (call: Call): Promise<Finding[]> => {
  try {
    return await asked(call);
  } catch (error) {
    if (!(error instanceof AffiseError)) throw error;
    const { operation } = error.extensions;
    return [
      problem(
        "key",
        `Whose key it is cannot be told: ${error.message}${operation ? ` (${operation})` : ""}`,
        "Try again; if it stays so, ask the network's General manager or Affise's support.",
      ),
    ];
  }
};
