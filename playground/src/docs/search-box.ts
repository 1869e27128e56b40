import { type Hit, searchDocs } from "./search.js";

const shownAtMost = 30;

const lineOf = (docs: string, { title, url, kind, text }: Hit): HTMLAnchorElement => {
  const link = document.createElement("a");
  link.href = `${docs}${url}`;
  const name = document.createElement("strong");
  name.textContent = title;
  const of = document.createElement("span");
  of.className = "kind";
  of.textContent = kind;
  const about = document.createElement("span");
  about.className = "about";
  about.textContent = text;
  link.append(name, of, about);
  return link;
};

/** The search field of every page: what it finds stands under it as links, which the arrow keys walk. */
export const openSearchBox = (docs: string): void => {
  const input = document.querySelector<HTMLInputElement>("#search");
  const hits = document.querySelector<HTMLElement>(".hits");
  if (!input || !hits) return;

  const show = (...lines: (Node | string)[]) => {
    hits.replaceChildren(...lines);
    hits.hidden = !lines.length;
  };
  const note = (text: string) => {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    return line;
  };
  const search = async () => {
    const text = input.value;
    if (!text.trim()) return show();
    try {
      const found = await searchDocs(docs, text, shownAtMost);
      if (text !== input.value) return undefined;
      return found.length
        ? show(...found.map((hit) => lineOf(docs, hit)))
        : show(note("Nothing has these words. Try fewer, or the glossary."));
    } catch (error) {
      return show(note(error instanceof Error ? error.message : String(error)));
    }
  };
  const places = () => [input, ...hits.querySelectorAll("a")];
  const walk = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      show();
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = places();
      const now = all.indexOf(document.activeElement as HTMLInputElement);
      all[Math.min(all.length - 1, Math.max(0, now + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && document.activeElement === input) hits.querySelector("a")?.click();
  };

  input.addEventListener("input", () => void search());
  input.parentElement?.addEventListener("keydown", walk);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !input.parentElement?.contains(event.target)) show();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    input.focus();
    void search();
  }
};
