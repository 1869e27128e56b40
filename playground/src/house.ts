import { createStore } from "./store.js";

/** One of the sandbox's keys, as the server tells it. */
interface SampleKey {
  key: string;
  role: string;
  about: string;
}

/** One network that the server reaches: how requests name it, and the API URL that it stands at. */
export interface Network {
  name: string;
  api: string;
}

/** An operation that the server knows beforehand. */
export interface SavedDocument {
  name: string;
  query: string;
}

/** What the server says of itself in `playground.json`. */
export interface House {
  networks: readonly Network[];
  sandbox: boolean;
  sampleKeys: readonly SampleKey[];
  version?: string;
  /** True where the server refuses every change. */
  readOnly?: boolean;
  /** True where the server can tell what a mutation would send without sending it. */
  dryRun?: boolean;
  /** True where the server can tell what an operation may cost without running it. */
  costPlan?: boolean;
  /** All that the server runs, where it runs saved documents only. */
  documents?: readonly SavedDocument[];
  /** True where the docs are served beside the page. */
  docs?: boolean;
}

export const house = createStore<House>({ networks: [], sandbox: false, sampleKeys: [] });

/** The host of a network's API, as people know it; the built-in sandbox has a name only. */
export const hostOf = ({ api }: Network): string => (house.get().sandbox ? "Sandbox" : new URL(api).host);

/** A network as it is named to people: its host, and its short name where there are several to tell apart. */
export const networkInWords = (network: Network): string =>
  house.get().networks.length > 1 ? `${network.name} · ${hostOf(network)}` : hostOf(network);

/** Whether the server would run a text at all. The page puts nothing of its own beside what may only be run to the letter. */
export const mayRun = (query: string): boolean => house.get().documents?.some((one) => one.query === query) ?? true;

const read = async (): Promise<void> => {
  try {
    const response = await fetch("./playground.json");
    if (response.ok) house.set((await response.json()) as House);
  } catch {
    // The server is away; asking it anything says so.
  }
};

/** `playground.json`, read once. Nothing is asked of the server before: which network it would go to is not known until then. */
export const houseRead: Promise<void> = read();
