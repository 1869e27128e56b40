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

const rowsOf = async (query: string, variables: Record<string, unknown>): Promise<Named[]> => {
  if (!mayRun(query)) return [];
  const { result } = await ask({ query, variables });
  const found = (result.data as { found?: { nodes?: { id: string; name: string | null }[] } } | null | undefined)?.found;
  return (found?.nodes ?? []).map(({ id, name }) => ({ id, name: name ?? "" }));
};

/** Those whose name has the text in it, or whose number it is; the key sees only its own. */
export const searchNames = async ({ search, byIds: query }: Noun, text: string): Promise<Named[]> => {
  const isNumber = /^\d+$/.test(text.trim());
  const [byNumber, byName] = await Promise.all([
    isNumber && query ? rowsOf(query, { ids: [text.trim()] }) : [],
    rowsOf(search, { text: text.trim() || null }),
  ]);
  return [...byNumber, ...byName.filter(({ id }) => byNumber.every((one) => one.id !== id))];
};

/** The names of ids, as far as the key may see them. */
export const namesOf = async ({ byIds: query }: Noun, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = query && ids.length ? await rowsOf(query, { ids }).catch(() => []) : [];
  return new Map(rows.map(({ id, name }) => [id, name]));
};
