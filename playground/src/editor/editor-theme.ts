const accent = { light: "#2f55d4", dark: "#9db2ff" };
const ground = { light: "#ffffff", dark: "#1b2130" };

const colors = (shade: "light" | "dark") => ({
  "editor.background": "#ffffff00",
  "scrollbar.shadow": "#ffffff00",
  "editorLineNumber.foreground": shade === "light" ? "#5f6980" : "#93a0b6",
  "editorLineNumber.activeForeground": shade === "light" ? "#18202f" : "#e9edf5",
  "textLink.foreground": accent[shade],
  "textLink.activeForeground": accent[shade],
  "editorLink.activeForeground": accent[shade],
  focusBorder: accent[shade],
  "editorHoverWidget.background": ground[shade],
  "editorSuggestWidget.background": ground[shade],
  "editorSuggestWidget.selectedBackground": `${accent[shade]}22`,
  "editorSuggestWidget.selectedForeground": accent[shade],
  "list.hoverBackground": `${accent[shade]}18`,
  "list.highlightForeground": accent[shade],
  "list.focusHighlightForeground": accent[shade],
  "editorWidget.background": ground[shade],
  "quickInput.background": ground[shade],
  "quickInputList.focusBackground": `${accent[shade]}22`,
  "quickInputList.focusForeground": accent[shade],
  "menu.background": ground[shade],
});

/** GraphiQL's two editor themes in the page's colours, under the names that it knows them by. */
export const monacoThemes = {
  "graphiql-LIGHT": {
    base: "vs" as const,
    inherit: true,
    colors: colors("light"),
    rules: [
      { token: "argument.identifier.gql", foreground: "5b4bb5" },
      { token: "comment.gql", foreground: "5f6b80" },
      { token: "number.json", foreground: "08623f" },
      { token: "number.gql", foreground: "08623f" },
    ],
  },
  "graphiql-DARK": {
    base: "vs-dark" as const,
    inherit: true,
    colors: colors("dark"),
    rules: [
      { token: "argument.identifier.gql", foreground: "b8a9ff" },
      { token: "comment.gql", foreground: "97a3b8" },
    ],
  },
};
