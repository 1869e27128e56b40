import { ask } from "./ask.js";
import { mayRun } from "./house.js";

/** Something that has a number in Affise and a name for people. */
export interface Named {
  id: string;
  name: string;
}

/** What an id may stand for, and how it is found by name. */
export interface Noun {
  /** In words, one of them. */
  title: string;
  search: string;
  /** Finds names by ids; missing where the API has no such filter. */
  byIds?: string;
}

const searched = (list: string, label: string) =>
  `query PageSearch($text: String) { found: ${list}(first: 20, filter: { search: $text }) { nodes { id name: ${label} } } }`;

const byIds = (list: string, label: string) =>
  `query PageNames($ids: [ID!]) { found: ${list}(first: 500, filter: { ids: $ids }) { nodes { id name: ${label} } } }`;

const nouns = {
  offer: { title: "offer", search: searched("offers", "title"), byIds: byIds("offers", "title") },
  affiliate: { title: "affiliate", search: searched("affiliates", "companyName"), byIds: byIds("affiliates", "companyName") },
  advertiser: { title: "advertiser", search: searched("advertisers", "companyName"), byIds: byIds("advertisers", "companyName") },
  user: { title: "user", search: searched("users", "name") },
} satisfies Record<string, Noun>;

const endings: readonly [RegExp, keyof typeof nouns][] = [
  [/offers?$/i, "offer"],
  [/(affiliates?|referrer|referral)$/i, "affiliate"],
  [/advertisers?$/i, "advertiser"],
  [/(managers?|users?)$/i, "user"],
];

const byWord = (word: string): Noun | undefined => {
  const found = endings.find(([pattern]) => pattern.test(word));
  return found && nouns[found[1]];
};

/** What the ids of an argument or input field stand for, by its name; `id` and `ids` say it by what they are arguments of. */
export const nounOf = (name: string, parent: string): Noun | undefined => {
  if (!/^ids?$/i.test(name)) return /Ids?$/.test(name) ? byWord(name.replace(/Ids?$/, "")) : undefined;
  const owner = parent.replace(/(Filter|Change|Exclusion|Input|Live|Available)+$/, "").replace(/^(live|available)/i, "");
  return byWord(owner.replace(/^(create|update|delete|enable|disable)/, ""));
};

/** What a query finds; undefined where the key may not ask it, or it failed. */
const rowsOf = async (query: string, variables: Record<string, unknown>): Promise<Named[] | undefined> => {
  if (!mayRun(query)) return undefined;
  const { result } = await ask({ query, variables });
  const found = (result.data as { found?: { nodes?: { id: string; name: string | null }[] } } | null | undefined)?.found;
  return found?.nodes?.map(({ id, name }) => ({ id, name: name ?? "" }));
};

/** Those whose name has the text in it, or whose number it is; the key sees only its own. */
export const searchNames = async ({ search, byIds: query }: Noun, text: string): Promise<Named[]> => {
  const isNumber = /^\d+$/.test(text.trim());
  const [byNumber, byName] = await Promise.all([
    isNumber && query ? rowsOf(query, { ids: [text.trim()] }) : [],
    rowsOf(search, { text: text.trim() || null }),
  ]);
  const numbered = byNumber ?? [];
  return [...numbered, ...(byName ?? []).filter(({ id }) => numbered.every((one) => one.id !== id))];
};

const idsAtOnce = 500;

/** The names of ids; undefined for one that the key sees nothing under. Of an id that could not be looked for there is no word at all. */
export const namesOf = async ({ byIds: query }: Noun, ids: readonly string[]): Promise<Map<string, string | undefined>> => {
  const asked = ids.slice(0, idsAtOnce);
  const rows = query && asked.length ? await rowsOf(query, { ids: asked }).catch(() => undefined) : undefined;
  if (!rows) return new Map();
  return new Map([...asked.map((id) => [id, undefined] as const), ...rows.map(({ id, name }) => [id, name] as const)]);
};
