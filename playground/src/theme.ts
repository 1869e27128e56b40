import { isText, localNotes } from "./browser-storage.js";
import { createStore } from "./store.js";

type Theme = "system" | "light" | "dark";

const themes: readonly Theme[] = ["system", "light", "dark"];
const name = "affise-graphql:theme";
const kept = localNotes.read(name, isText);
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

const shadeOf = (now: Theme): "light" | "dark" => (now === "system" ? (systemIsDark.matches ? "dark" : "light") : now);

const first = themes.find((one) => one === kept) ?? "system";

/** The theme that was chosen, and the shade that it comes to now. */
export const theme = createStore({ now: first, shade: shadeOf(first) });

const wear = (now: Theme): void => {
  const shade = shadeOf(now);
  theme.set({ now, shade });
  // GraphiQL marks the body the same way, so page and editor cannot fall apart.
  document.body.classList.remove("graphiql-light", "graphiql-dark");
  document.body.classList.add(`graphiql-${shade}`);
};

/** Puts the theme on, and follows the system where nothing else was chosen. */
export const wearTheme = (): void => {
  wear(theme.get().now);
  systemIsDark.addEventListener("change", () => wear(theme.get().now));
};

export const nextTheme = (): void => {
  const now = themes[(themes.indexOf(theme.get().now) + 1) % themes.length] ?? "system";
  localNotes.write(name, now);
  wear(now);
};
