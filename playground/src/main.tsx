import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { keepFocus } from "./focus.js";
import { houseRead } from "./house.js";
import { askViewer } from "./key/viewer.js";
import { wearTheme } from "./theme.js";
import "./style/token.css";
import "./style/page.css";
import "./style/start.css";
import "./style/example.css";
import "./style/small-screen.css";

wearTheme();
void houseRead.then(askViewer);

const root = document.getElementById("root");
if (root) {
  keepFocus(document.body);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
