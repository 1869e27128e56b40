import text from "../../docs/glossary.md?raw";
import { type GlossaryEntry, meaningsOf, readGlossary } from "./docs/glossary-table.js";

<<<<<<< HEAD
/** Affise's own words and other people's, and what they are called here. It feeds the search; a word not in it is looked for as it is. */
const glossary: readonly Entry[] = [
  { said: ["revenue", "turnover", "sales"], ours: ["income", "earnings", "payout", "statistics"] },
  { said: ["profit", "margin", "earning", "commission"], ours: ["earnings"] },
  { said: ["charge", "price", "advertiser pays"], ours: ["income", "payout", "invoice"] },
  { said: ["payout", "affiliate revenue", "publisher pay", "cost"], ours: ["payout", "balance", "payment"] },
  { said: ["geo", "country", "countries", "region", "location"], ours: ["country", "countries", "region"] },
  {
    said: ["report", "reports", "stats", "statistic", "dashboard", "analytics", "slice"],
    ours: ["statistics", "report", "by day"],
  },
  { said: ["stop", "disable", "deactivate", "suspend", "turn off", "pause"], ours: ["suspend", "pause", "stopped", "disable"] },
  { said: ["start", "enable", "activate", "resume", "launch"], ours: ["start", "active", "enable", "approve"] },
  { said: ["block", "ban", "blacklist", "shut out", "exclude"], ours: ["disable", "block", "shut out", "who may run"] },
  { said: ["fraud", "bot", "suspicious", "quality", "invalid traffic"], ours: ["decline", "rejected", "trafficback", "kpi"] },
  { said: ["trafficback", "traffic back", "fallback", "redirect"], ours: ["trafficback", "clicks"] },
  { said: ["hold", "pending", "on hold", "waiting"], ours: ["pending", "hold", "request", "waiting"] },
  { said: ["hits", "click", "visits", "traffic", "hosts", "uniques"], ours: ["clicks"] },
  { said: ["cr", "conversion rate", "epc", "ratio"], ours: ["conversionrate", "conversions"] },
  { said: ["lead", "leads", "sale", "action", "actions", "install", "installs"], ours: ["conversion"] },
  { said: ["pid", "partner", "partners", "publisher", "publishers", "webmaster", "web"], ours: ["affiliate"] },
  { said: ["advertiser", "merchant", "supplier", "client", "brand"], ours: ["advertiser"] },
  { said: ["campaign", "campaigns", "program", "offer"], ours: ["offer"] },
  { said: ["sub1", "sub2", "sub", "subid", "sub id", "source"], ours: ["sub", "source"] },
  { said: ["limit", "capping", "cap", "budget", "quota"], ours: ["cap"] },
  { said: ["coupon", "voucher", "discount", "promo code"], ours: ["promocode"] },
  { said: ["pixel", "callback", "s2s", "server to server", "webhook"], ours: ["postback", "pixel"] },
  { said: ["bill", "billing", "invoice", "accounting", "finance"], ours: ["invoice", "payment", "balance"] },
  { said: ["withdraw", "withdrawal", "transfer", "wire", "owed", "debt"], ours: ["payment", "owe", "balance"] },
  {
    said: ["ticket", "application", "apply", "moderation", "approve", "approval"],
    ours: ["ticket", "request", "approve", "ask"],
  },
  { said: ["manager", "employee", "staff", "user", "team", "permission", "role", "rights"], ours: ["manager", "user", "may"] },
  { said: ["landing", "link", "url", "tracking link", "creative", "banner"], ours: ["landing", "link", "creative"] },
  { said: ["key", "token", "api key", "whoami", "me", "account"], ours: ["who am i", "viewer"] },
  { said: ["smartlink", "smart link", "rotator"], ours: ["smartlink"] },
  { said: ["click id", "clickid", "transaction"], ours: ["clickid", "conversion"] },
];

const startsWith = (word: string, text: string): boolean => word === text || (text.length >= 3 && word.startsWith(text));
=======
/** Affise's own words and other people's, as the glossary of the docs has them. It feeds the search; a word not in it is looked for as it is. */
export const glossary: readonly GlossaryEntry[] = readGlossary(text);
>>>>>>> 3534899 (Docs are served beside the page and shipped: guides, a glossary, recipes, and a reference of every type, field and value made of schema, contract and resolvers; one search over all of it, in the page too; every address relative, so that a proxy may serve them under a path)

/** What a search looks for in place of one word: the word itself, and everything it may be called here. */
export const wordsFor = (word: string): readonly string[] => meaningsOf(glossary, word);
