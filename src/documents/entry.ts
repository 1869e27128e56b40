import { createHash } from "node:crypto";

/** One document of a manifest: an operation with its fragments, mostly. */
export interface ManifestEntry {
  /** What clients call it. */
  id: string;
  text: string;
  file: string;
  /** Its name in an Apollo manifest. */
  name?: string;
  /** The one client that may use it, as it names itself. */
  client?: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
