import { createStore } from "./store.js";

/** One of the sandbox's keys, as the server tells it. */
export interface SampleKey {
  key: string;
  role: string;
  about: string;
}

/** What the server says of itself in `playground.json`. */
export interface House {
  tenants: string[];
  sandbox: boolean;
  sampleKeys: SampleKey[];
  version?: string;
}

export const house = createStore<House>({ tenants: [], sandbox: false, sampleKeys: [] });

/** Reads `playground.json`; a server without it is taken for one with a single network. */
export const readHouse = async (): Promise<House> => {
  try {
    const response = await fetch("./playground.json");
    if (response.ok) house.set((await response.json()) as House);
  } catch {
    house.set({ tenants: [] });
  }
  return house.get();
};
