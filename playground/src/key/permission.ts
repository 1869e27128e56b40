/** One permission, as the API tells it. */
export interface PermissionRow {
  section: string;
  name: string;
  level: string | null;
  hasExceptions: boolean;
}

/** What a key may do in one section of the panel, in words. */
export interface SectionWords {
  title: string;
  change: string[];
  look: string[];
  not: string[];
}

const sectionTitles: Record<string, string> = {
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
  "users.view-users": "the network's users",
  "general.settings": "settings, categories, sources",
  "general.billing": "payments and invoices",
  "general.marketplace": "the marketplace",
  "stats.view-custom": "reports",
  "stats.view-kpi": "KPI rules",
  "stats.view-retention-rate": "retention rate",
  "stats.comparison-report": "comparison report",
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
  "automation.affise-checker": "link checker",
};

const sliceWords: Record<string, string> = {
  offer: "offer",
  smart: "SmartLink",
  trafficback_reason: "trafficback reason",
  os: "OS",
};

const sliceName = (name: string): string => {
  const slice = name.replace(/^slice-/, "").replace(/_id$/, "");
  return sliceWords[slice] ?? slice.replaceAll(/[-_]/g, " ");
};

const say = ({ section, name, hasExceptions }: PermissionRow): string => {
  const word = words[`${section}.${name}`] ?? name.replace(/^entity-/, "").replaceAll(/[-_]/g, " ");
  return hasExceptions ? `${word} (with exceptions)` : word;
};

const listed = (rows: PermissionRow[]): string[] => {
  const slices = rows.filter(({ name }) => name.startsWith("slice-")).map(({ name }) => sliceName(name));
  const others = rows.filter(({ name }) => !name.startsWith("slice-")).map(say);
  return slices.length ? [...others, `figures by ${slices.join(", ")}`] : others;
};

/** The permissions as three lists for each section: what the key may change, may look at, and may not see. */
export const inWords = (permissions: readonly PermissionRow[]): SectionWords[] => {
  const order = [...new Set([...Object.keys(sectionTitles), ...permissions.map(({ section }) => section)])];
  return order.flatMap((section) => {
    const rows = permissions.filter((row) => row.section === section);
    if (!rows.length) return [];
    const at = (level: string) => listed(rows.filter((row) => (row.level ?? "DENY") === level));
    // A slice cannot be changed: to see it is all there is.
    const isSlice = ({ name }: PermissionRow) => name.startsWith("slice-");
    const writes = rows.filter((row) => row.level === "WRITE");
    return [
      {
        title: sectionTitles[section] ?? section,
        change: listed(writes.filter((row) => !isSlice(row))),
        look: listed([...rows.filter((row) => row.level === "READ"), ...writes.filter(isSlice)]),
        not: at("DENY"),
      },
    ];
  });
};

/** What the keys of affiliates and advertisers may do; Affise gives them no permissions to read. */
export const fixedWords: Record<"Affiliate" | "Advertiser", SectionWords[]> = {
  Affiliate: [
    {
      title: "An affiliate's key",
      change: [],
      look: ["its own account and balances", "the offers open to it", "its own statistics, clicks and conversions"],
      not: ["other affiliates", "advertisers", "what advertisers pay", "anything that changes the network"],
    },
  ],
  Advertiser: [
    {
      title: "An advertiser's key",
      change: [],
      look: ["its own account", "its own active offers", "their statistics and conversions"],
      not: ["affiliates", "other advertisers", "anything that changes the network"],
    },
  ],
};

const roleWords: Record<string, string> = {
  GENERAL_MANAGER: "General manager",
  AFFILIATE_MANAGER: "Affiliate manager",
  ACCOUNT_MANAGER: "Account manager",
  AFFILIATE: "Affiliate",
  ADVERTISER: "Advertiser",
};

/** A role in words, whichever way it is spelled. */
export const roleInWords = (role: string): string => {
  const plain = role.replaceAll(/[-_\s]+/g, "_").toUpperCase();
  return roleWords[plain] ?? role;
};
