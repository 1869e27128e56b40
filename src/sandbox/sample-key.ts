/** The five sample keys, whose they are and what they may do. */
export const sampleKeys: readonly { key: string; role: string; about: string }[] = [
  { key: "sandbox-general-manager", role: "General manager", about: "sees and edits everything" },
  {
    key: "sandbox-affiliate-manager",
    role: "Affiliate manager",
    about: "edits affiliates and their payments; reads offers, advertisers and statistics",
  },
  {
    key: "sandbox-account-manager",
    role: "Account manager",
    about: "sees and edits the advertisers assigned to it and their offers; no affiliates",
  },
  {
    key: "sandbox-affiliate",
    role: "Affiliate",
    about: "affiliate 1: its own offers, balance, conversions, postbacks and statistics",
  },
  { key: "sandbox-advertiser", role: "Advertiser", about: "the first advertiser: its own offers, conversions and statistics" },
];
