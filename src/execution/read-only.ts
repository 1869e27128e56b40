import { GraphQLError } from "graphql";
import type { Listener, Plugin } from "./plugin.js";

const message =
  "This server is read-only: it carries out no mutation, and nothing was sent. Its operator can change that with READ_ONLY=false.";

const listener: Listener = {
  didResolveOperation({ operation }) {
    if (operation?.operation !== "mutation") return;
    throw new GraphQLError(message, { extensions: { code: "FORBIDDEN", outcome: "NOT_SENT", http: { status: 403 } } });
  },
};

/** Refuses every mutation before anything else looks at it. */
export const readOnlyPlugin: Plugin = { requestDidStart: () => listener };
