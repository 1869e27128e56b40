import { isJsonObject } from "./json-object.js";

/** Notes in one of the browser's storages, which may be closed to us or full: then nothing is kept, and nothing breaks. */
export interface Notes {
  /** What was noted; undefined where that is nothing, or not what is looked for: an older page may have noted it, or somebody's hand. */
  read<T>(name: string, is: (value: unknown) => value is T): T | undefined;
  /** False where the browser did not keep it. */
  write(name: string, value: unknown): boolean;
}

export const isText = (value: unknown): value is string => typeof value === "string";

export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

export const isTextByName = (value: unknown): value is Record<string, string> =>
  isJsonObject(value) && Object.values(value).every(isText);

const notesIn = (open: () => Storage): Notes => ({
  read(name, is) {
    try {
      const value: unknown = JSON.parse(open().getItem(name) ?? "null");
      return is(value) ? value : undefined;
    } catch {
      return undefined;
    }
  },
  write(name, value) {
    try {
      if (value === undefined) open().removeItem(name);
      else open().setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
});

/** What every tab of this browser shares, until it is deleted. */
export const localNotes: Notes = notesIn(() => localStorage);

/** Tells when another tab of this browser has noted something under a name. */
export const onNoteElsewhere = (name: string, listener: () => void): void =>
  globalThis.addEventListener?.("storage", ({ key, storageArea }) => {
    if (key === name && storageArea === localStorage) listener();
  });

/** What this tab alone has, reloads included, until it is closed. */
export const tabNotes: Notes = notesIn(() => sessionStorage);
