import { isText, isTextByName, isTexts, localNotes, type Notes, onNoteElsewhere, tabNotes } from "../browser-storage.js";
import { house, type Network } from "../house.js";
import { createStore, useStore } from "../store.js";

const keysName = "affise-graphql:keys";
const networkName = "affise-graphql:network";
const readOnlyName = "affise-graphql:read-only";

/** A key, and whether it outlives this tab. */
interface HeldKey {
  key: string;
  remembered: boolean;
}

/** The network that is asked, by name, and the keys in hand: each belongs to the API URL it was entered for, and goes nowhere else. */
export interface Session {
  chosen: string | undefined;
  keys: Readonly<Record<string, HeldKey>>;
  /** The places where this page changes nothing. */
  readOnly: readonly string[];
  /** What this browser was to keep last, and did not. */
  unkept: string | undefined;
}

const held = (keys: Record<string, string> | undefined, remembered: boolean): Session["keys"] =>
  Object.fromEntries(Object.entries(keys ?? {}).map(([api, key]) => [api, { key, remembered }]));

// Before there were several networks the page kept one key, without a word on whose it was: it can go nowhere safely.
localNotes.write("affise-graphql:key", undefined);

export const session = createStore<Session>({
  chosen: tabNotes.read(networkName, isText) ?? localNotes.read(networkName, isText),
  keys: { ...held(localNotes.read(keysName, isTextByName), true), ...held(tabNotes.read(keysName, isTextByName), false) },
  readOnly: localNotes.read(readOnlyName, isTexts) ?? [],
  unkept: undefined,
});

// Whoever makes a network read-only means it, whichever tab the change would come from.
onNoteElsewhere(readOnlyName, () => session.set({ readOnly: localNotes.read(readOnlyName, isTexts) ?? [] }));

/** The built-in sandbox listens at another port each time; it is one place all the same. */
const placeOf = ({ api }: Network): string => (house.get().sandbox ? "sandbox" : api);

const networkOf = (networks: readonly Network[], chosen: string | undefined): Network | undefined =>
  networks.find(({ name }) => name === chosen) ?? networks[0];

/** The network that is asked now; undefined while the server has not said which it reaches. */
export const networkNow = (): Network | undefined => networkOf(house.get().networks, session.get().chosen);

export const useNetwork = (): Network | undefined => networkOf(useStore(house).networks, useStore(session).chosen);

/** The key that was entered for a network; undefined where none was. */
export const keyFor = (network: Network | undefined): string | undefined => network && session.get().keys[placeOf(network)]?.key;

export const isRemembered = (network: Network | undefined): boolean =>
  network !== undefined && session.get().keys[placeOf(network)]?.remembered === true;

const rememberedKeys = (): Record<string, string> => localNotes.read(keysName, isTextByName) ?? {};

/** Every key in hand or remembered, of whatever network: none of them may stand in a link. */
export const keysInHand = (): string[] => [
  ...Object.values(session.get().keys).map(({ key }) => key),
  ...Object.values(rememberedKeys()),
];

/** Notes the key of one place, or that there is none. Those of other places stay: another tab may have noted them. */
const noteKey = (notes: Notes, place: string, key: string): boolean => {
  const { [place]: _, ...others } = notes.read(keysName, isTextByName) ?? {};
  const keys = key ? { ...others, [place]: key } : others;
  return notes.write(keysName, Object.keys(keys).length ? keys : undefined);
};

/**
 * Takes a key for the network that is asked now; an empty one lets go of what was in hand for it. A key that is for this tab alone takes no
 * other's place: one that is remembered there stays, for other tabs and for later.
 */
export const takeKey = (key: string, remember: boolean): void => {
  const network = networkNow();
  if (!network) return;
  const place = placeOf(network);
  const { [place]: before, ...others } = session.get().keys;
  if (!remember && rememberedKeys()[place] === (key || before?.key)) noteKey(localNotes, place, "");
  const remembered = remember && noteKey(localNotes, place, key);
  noteKey(tabNotes, place, remembered ? "" : key);
  const left = rememberedKeys()[place];
  const now = key ? { key, remembered } : left && { key: left, remembered: true };
  session.set({ keys: now ? { ...others, [place]: now } : others, unkept: remember && !remembered ? "The key" : undefined });
};

export const chooseNetwork = (name: string): void => {
  tabNotes.write(networkName, name);
  localNotes.write(networkName, name);
  session.set({ chosen: name });
};

/** Whether this page refuses to change anything on a network. */
export const isReadOnly = (network: Network): boolean => session.get().readOnly.includes(placeOf(network));

export const setReadOnly = (network: Network, readOnly: boolean): void => {
  const others = session.get().readOnly.filter((one) => one !== placeOf(network));
  const places = readOnly ? [...others, placeOf(network)] : others;
  const isKept = localNotes.write(readOnlyName, places);
  session.set({ readOnly: places, unkept: isKept ? undefined : "The switch “Read-only”" });
};
