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
