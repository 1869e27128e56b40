/** Notes in one of the browser's storages, which may be closed to us or full: then nothing is kept, and nothing breaks. */
export interface Notes {
  read<T>(name: string): T | undefined;
  /** False where the browser did not keep it. */
  write(name: string, value: unknown): boolean;
}

const notesIn = (open: () => Storage): Notes => ({
  read(name) {
    try {
      const text = open().getItem(name);
      return text === null ? undefined : JSON.parse(text);
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
