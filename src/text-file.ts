import { readFileSync } from "node:fs";

/** A file of the caller's that is not to be had as text; the message is a sentence for them. */
export class UnreadableText extends Error {
  override readonly name = "UnreadableText";
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
};

/** Bytes as UTF-8, without a byte order mark. Throws UnreadableText for others: a letter that got lost would be written to the network. */
export const textOf = (bytes: Uint8Array, name: string): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableText(`${name} cannot be read: it is not in UTF-8; save it as that.`);
  }
};

/** The text of a file that the caller named. Throws UnreadableText. */
export const readText = (file: string): string => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UnreadableText(`${file} cannot be read: ${reasons[code] ?? message}.`);
  }
  return textOf(bytes, file);
};
