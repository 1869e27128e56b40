import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const [ivBytes, tagBytes] = [12, 16];

/**
 * Seals what is stored outside this process (AES-256-GCM), under a key derived from the caller's own API key and the server's secret. The
 * store has neither, so that nobody who reads it learns what it holds.
 */
export class Seal {
  private readonly key: Buffer;

  constructor(apiKey: string, serverSecret: string) {
    this.key = Buffer.from(hkdfSync("sha256", apiKey, serverSecret, "affise-graphql stored answers", 32));
  }

  close(text: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", this.key, iv);
    return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
  }

  /** The text again; undefined for what was sealed under another key, or is broken. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, "base64");
    if (bytes.length < ivBytes + tagBytes) return undefined;
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }
}

/** The seal of one caller; undefined where there is neither a key nor a secret, and all would be sealed alike. */
export const sealFor = (apiKey: string | undefined, serverSecret: string | undefined): Seal | undefined =>
  apiKey || serverSecret ? new Seal(apiKey ?? "", serverSecret ?? "") : undefined;
