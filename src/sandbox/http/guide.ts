import { sampleKeys } from "../sample-key.js";
import { faults } from "./fault.js";
import { forms } from "./form.js";

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
  faults,
  forms,
  operations,
});
