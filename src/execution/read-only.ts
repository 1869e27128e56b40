import { pluginOf } from "./plugin.js";
import { refusal } from "./refusal.js";

const message =
  "This server is read-only: it carries out no mutation, and nothing was sent. Its operator can change that with READ_ONLY=false.";

/** Refuses every mutation before anything else looks at it. */
export const readOnlyPlugin = pluginOf({
  didResolveOperation({ operation }) {
    if (operation?.operation === "mutation") throw refusal("FORBIDDEN", message, { outcome: "NOT_SENT" });
  },
});
