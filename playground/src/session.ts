import { recall, remember } from "./browser-storage.js";
import { createStore } from "./store.js";

const keyName = "affise-graphql:key";
const tenantName = "affise-graphql:tenant";

/** The key and network that the page asks with. The key lives in this tab's memory, and in the browser's storage only if asked. */
export interface Session {
  key: string;
  remembered: boolean;
  tenant: string | undefined;
}

const kept = recall(keyName);

export const session = createStore<Session>({ key: kept ?? "", remembered: kept !== undefined, tenant: recall(tenantName) });

export const takeKey = (key: string, remembered: boolean): void => {
  remember(keyName, remembered && key ? key : undefined);
  session.set({ key, remembered });
};

export const chooseTenant = (tenant: string): void => {
  remember(tenantName, tenant);
  session.set({ tenant });
};
