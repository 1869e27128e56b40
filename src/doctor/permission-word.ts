/** One permission as Affise's tree has it. */
interface Level {
  level?: string | null;
  exceptions?: unknown;
}

const sections: Record<string, string> = {
  users: "People and offers",
  stats: "Statistics and conversions",
  general: "Network",
  notificator: "Notifications",
  automation: "Automation",
};

const words: Record<string, string> = {
  "users.entity-advertiser": "advertisers and their offers",
  "users.entity-affiliate": "affiliates",
  "users.entity-account-manager": "account managers",
  "users.entity-affiliate-manager": "affiliate managers",
  "users.entity-common-manager": "general managers",
  "users.entity-preset": "permission presets",
  "users.view-users": "the list of users",
  "general.settings": "settings, categories and sources",
  "general.billing": "payments and invoices",
  "general.marketplace": "the marketplace",
  "stats.view-custom": "reports",
  "stats.view-kpi": "KPI rules",
  "stats.view-retention-rate": "retention",
  "stats.comparison-report": "the comparison report",
  "stats.conversions-list": "conversions",
  "stats.conversions-import": "import of conversions",
  "stats.conversions-export": "export of conversions",
  "stats.stats-export": "export of statistics",
  "stats.clicks-list": "single clicks",
  "stats.referral": "referrals",
  "stats.affiliate-postback": "postbacks to affiliates",
  "stats.server-postback": "postbacks from advertisers",
  "stats.entity-account-manager": "account managers' figures",
  "stats.entity-affiliate-manager": "affiliate managers' figures",
  "notificator.client-subscription": "subscriptions of affiliates",
  "notificator.transport-configuration": "how mail is sent",
  "notificator.user-subscription": "subscriptions of users",
  "automation.affise-checker": "the link checker",
};

const sliceWords: Record<string, string> = {
  offer: "offer",
  smart: "SmartLink",
  os: "system",
  trafficback_reason: "reason of trafficback",
  account_manager: "account manager",
  affiliate_manager: "affiliate manager",
};

/** Whoever is denied the advertisers still sees those assigned to it. */
const deniedWords: Record<string, string> = { "users.entity-advertiser": "advertisers and offers not assigned to it" };

const wordFor = (section: string, name: string, level: string | null | undefined): string =>
  (level === "deny" && deniedWords[`${section}.${name}`]) ||
  (words[`${section}.${name}`] ?? name.replace(/^entity-/, "").replaceAll(/[-_]/g, " "));

const sliceFor = (name: string): string => {
  const slice = name.replace(/^slice-/, "").replace(/_id$/, "");
  return sliceWords[slice] ?? slice.replaceAll(/[-_]/g, " ");
};

const hasExceptions = ({ exceptions }: Level): boolean =>
  Object.values((exceptions ?? {}) as Record<string, unknown>).some(
    (lists) => Object.values((lists ?? {}) as Record<string, unknown>).flat().length > 0,
  );

const listed = (section: string, permissions: readonly (readonly [string, Level])[]): string => {
  const slices = permissions.filter(([name]) => name.startsWith("slice-")).map(([name]) => sliceFor(name));
  const others = permissions
    .filter(([name]) => !name.startsWith("slice-"))
    .map(([name, level]) => wordFor(section, name, level.level) + (hasExceptions(level) ? " (with exceptions)" : ""));
  return [...others, ...(slices.length ? [`figures by ${slices.join(", ")}`] : [])].join(", ");
};

/** The permissions of a user in words, a line for what may be done with a section: `Network: may change payments and invoices`. */
export const permissionLines = (tree: unknown): string[] => {
  const groups = (tree ?? {}) as Record<string, Record<string, Level> | undefined>;
  const order = [...new Set([...Object.keys(sections), ...Object.keys(groups)])].filter((name) => groups[name]);
  return order.flatMap((section) => {
    const all = Object.entries(groups[section] ?? {});
    // A slice can only be looked at, whatever its level says.
    const may = (verb: string, wanted: (level: string, isSlice: boolean) => boolean) => {
      const some = all.filter(([name, { level }]) => wanted(level ?? "deny", name.startsWith("slice-")));
      return some.length ? [`${sections[section] ?? section}: ${verb} ${listed(section, some)}`] : [];
    };
    return [
      ...may("may change", (level, isSlice) => level === "write" && !isSlice),
      ...may("may see", (level, isSlice) => level === "read" || (level === "write" && isSlice)),
      ...may("may not see", (level) => level === "deny"),
    ];
  });
};
