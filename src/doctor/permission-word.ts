/** One permission of a network's user: its section and name as Affise has them, its level in small or capital letters. */
export interface PermissionRow {
  section: string;
  name: string;
  /** Null where Affise tells none, which is a denial. */
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

const isSlice = ({ name }: PermissionRow): boolean => name.startsWith("slice-");

const isDenied = ({ level }: PermissionRow): boolean => !level || level.toLowerCase() === "deny";

const plain = (name: string): string => name.replaceAll(/[-_]/g, " ");

const sliceFor = ({ name }: PermissionRow): string => {
  const slice = name.replace(/^slice-/, "").replace(/_id$/, "");
  return sliceWords[slice] ?? plain(slice);
};

const wordFor = (row: PermissionRow): string => {
  const key = `${row.section}.${row.name}`;
  const word = (isDenied(row) && deniedWords[key]) || (words[key] ?? plain(row.name.replace(/^entity-/, "")));
  return row.hasExceptions ? `${word} (with exceptions)` : word;
};

const listed = (rows: readonly PermissionRow[]): string[] => {
  const slices = rows.filter(isSlice).map(sliceFor);
  const others = rows.filter((row) => !isSlice(row)).map(wordFor);
  return slices.length ? [...others, `figures by ${slices.join(", ")}`] : others;
};

/** The permissions of a network's user as three lists for each section: what may be changed, looked at, and not seen. */
export const permissionsInWords = (permissions: readonly PermissionRow[]): SectionWords[] => {
  const order = new Set([...Object.keys(sections), ...permissions.map(({ section }) => section)]);
  return [...order].flatMap((section) => {
    const rows = permissions.filter((row) => row.section === section);
    // A slice can only be looked at, whatever its level says.
    const canChange = (row: PermissionRow) => row.level?.toLowerCase() === "write" && !isSlice(row);
    const words = {
      title: sections[section] ?? section,
      change: listed(rows.filter(canChange)),
      look: listed(rows.filter((row) => !isDenied(row) && !canChange(row))),
      not: listed(rows.filter(isDenied)),
    };
    return rows.length ? [words] : [];
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
