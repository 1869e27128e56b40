import { forms } from "./form.js";

/** The five sample keys, whose they are and what they may do. */
export const sampleKeys: readonly { key: string; role: string; about: string }[] = [
  { key: "sandbox-general-manager", role: "General manager", about: "sees and edits everything" },
  {
    key: "sandbox-affiliate-manager",
    role: "Affiliate manager",
    about: "edits affiliates and their payments; reads offers, advertisers and statistics",
  },
  {
    key: "sandbox-account-manager",
    role: "Account manager",
    about: "sees and edits the advertisers assigned to it and their offers; no affiliates",
  },
  {
    key: "sandbox-affiliate",
    role: "Affiliate",
    about: "affiliate 1: its own offers, balance, conversions, postbacks and statistics",
  },
  { key: "sandbox-advertiser", role: "Advertiser", about: "the first advertiser: its own offers, conversions and statistics" },
];

/** What GET /sandbox answers. */
export const guide = (operations: readonly string[]): Record<string, unknown> => ({
  about:
    "A sandbox of the Affise REST API: invented data, kept in memory, the same at every start. Send a key in the header API-Key.",
  keys: sampleKeys,
  controls: {
    "GET /sandbox/calls": "calls by operation since the last reset",
    "POST /sandbox/reset": "restores the data, forgets the calls, the faults and the forms",
    "POST /sandbox/faults":
      "sets the faults: a JSON object or list of { operation, kind, status?, ms?, share?, count?, retryAfter? }; operation * stands for all, an empty list clears",
    "DELETE /sandbox/faults": "clears the faults",
    "POST /sandbox/forms":
      "sets uglier forms of answers: a JSON object or list of { noun, form }; noun * stands for all, an empty list clears",
    "DELETE /sandbox/forms": "clears the forms",
    "GET /sandbox/unlike": "in what the sandbox knowingly differs from Affise, and what is not known",
    "OPTIONS /healthz": "200 when the sandbox is up",
  },
  faults: {
    status: "answers the HTTP status (500)",
    delay: "answers after ms milliseconds (1000)",
    hang: "never answers",
    reset: "closes the connection without an answer; nothing is carried out",
    truncate: "carries the operation out and closes the connection in the middle of the answer",
    garbage: "answers broken JSON",
    html: "answers an HTML page of status 502",
    envelope: "answers status 2 inside an HTTP 200",
    "rate-limit": "answers 429 with Retry-After: retryAfter seconds (1)",
  },
  forms,
  operations,
});
