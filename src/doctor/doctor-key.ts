import { AffiseError } from "../affise/error/error.js";
import type { Call } from "../affise/session.js";
import { type Finding, fine, problem } from "./doctor-finding.js";
import { permissionLines } from "./permission-word.js";

const roles: Record<string, string> = {
  common_manager: "General manager: all sections, all statistics, the other users",
  affiliate_manager: "Affiliate manager: affiliates, their tickets, billing and statistics",
  account_manager: "Account manager: the advertisers assigned to it, and their offers",
  client: "Owner of the network: may do everything",
  root: "Affise's own administrator of the network: may do everything",
};

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
      fine("permissions", permissionLines(user.permissions).join("\n") || "The network tells no permissions."),
    ];
  } catch (error) {
    if (refusedBy(error) === "UNAUTHENTICATED") return [problem("key", "401: this key is unknown on this host.", whereKey)];
    if (!isOthers(error)) throw error;
  }
  try {
    const { user } = await call("GET /3.1/partner/me", {});
    return [
      fine("key", `This is affiliate ${user.partner_id ?? "(Affise tells no number)"} <${user.email}>.`),
      fine(
        "permissions",
        "May see its own profile, balance, offers, conversions, postbacks and statistics.\nMay not see advertisers' prices, or other affiliates.",
      ),
    ];
  } catch (error) {
    if (!isOthers(error)) throw error;
  }
  const { pagination } = await call("GET /3.1/advertiser/offers", { query: { limit: 1 } });
  return [
    fine("key", "This is an advertiser."),
    fine(
      "permissions",
      `May see its own ${pagination.total_count} offers, their conversions and statistics.\nMay not see affiliates, or what they are paid.`,
    ),
  ];
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
