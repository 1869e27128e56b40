import "../style/token.css";
import "./docs.css";
import { copyText } from "../clipboard.js";
import { nextTheme, theme, wearTheme } from "../theme.js";
import { openSearchBox } from "./search-box.js";

/** The buttons that need a script stand on the page only where there is one. */
const addThemeButton = (header: Element): void => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme";
  const tell = () => {
    const { now } = theme.get();
    button.textContent = { system: "Auto", light: "Light", dark: "Dark" }[now];
    button.setAttribute("aria-label", `Colours: ${now === "system" ? "as the system has them" : now}. Press to change.`);
  };
  button.addEventListener("click", () => {
    nextTheme();
    tell();
  });
  tell();
  header.append(button);
};

const addCopyButton = (block: Element): void => {
  const text = block.querySelector("pre")?.textContent ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(text)) ? "Copied" : "Not allowed";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2_000);
  });
  block.prepend(button);
};

wearTheme();
const header = document.querySelector(".header");
if (header) addThemeButton(header);
for (const block of document.querySelectorAll(".code")) addCopyButton(block);
openSearchBox(document.body.dataset.docs ?? "./");
