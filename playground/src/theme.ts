import { recall, remember } from "./browser-storage.js";
import { createStore } from "./store.js";

export type Theme = "system" | "light" | "dark";

const themes: readonly Theme[] = ["system", "light", "dark"];
const name = "affise-graphql:theme";
const kept = recall(name);

export const theme = createStore<{ now: Theme }>({ now: themes.find((one) => one === kept) ?? "system" });

// GraphiQL marks the body the same way, so page and editor cannot fall apart.
export const wearTheme = (): void => {
  const { now } = theme.get();
  document.body.classList.remove("graphiql-light", "graphiql-dark");
  if (now !== "system") document.body.classList.add(`graphiql-${now}`);
};

export const nextTheme = (): void => {
  const now = themes[(themes.indexOf(theme.get().now) + 1) % themes.length] ?? "system";
  remember(name, now);
  theme.set({ now });
  wearTheme();
};
