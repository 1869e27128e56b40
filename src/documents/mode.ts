const modes = ["off", "log", "enforce"] as const;

/** What becomes of documents that no manifest has: they run, they run and are logged, or they are refused. */
export type DocumentMode = (typeof modes)[number];

export interface DocumentModes {
  usual: DocumentMode;
  /** Stricter ones, of clients that name themselves. */
  ofClients: Readonly<Record<string, DocumentMode>>;
}

const isMode = (text: string): text is DocumentMode => (modes as readonly string[]).includes(text);

/**
 * Reads `log,web=enforce`: what holds for all, and what for clients that say their name. Nobody gets looser by a name, since any caller may take
 * it. Gives what is wrong in words, without the words given: what stands there by mistake may be a secret.
 */
export const readModes = (text: string): DocumentModes | string => {
  const [usual = "", ...clients] = text.split(",").map((part) => part.trim());
  if (!isMode(usual)) return "must begin with off, log or enforce";
  const ofClients: Record<string, DocumentMode> = {};
  for (const [index, part] of clients.entries()) {
    const [name = "", mode = ""] = part.split("=");
    const at = `has in its part ${index + 2}`;
    if (!name || !isMode(mode)) return `${at} what must read like web=enforce`;
    if (modes.indexOf(mode) < modes.indexOf(usual)) {
      return `${at} a mode that is looser than ${usual}; every caller may take a client's name`;
    }
    ofClients[name] = mode;
  }
  return { usual, ofClients };
};

/** Whether the modes ask for anything at all. */
export const isStrict = (text: string): boolean => text.trim() !== "off";
