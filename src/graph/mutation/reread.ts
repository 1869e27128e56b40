import { standIn } from "../column/stand-in.js";

/**
 * Reads an object again after a write. The write is done whatever comes of that: where it cannot be read, what is known of it stands in, and
 * the fields that nothing is known of fail one by one.
 */
export const rereadBy = (load: () => Promise<object | null>, known: object) => async (): Promise<object | null> => {
  try {
    return await load();
  } catch (error) {
    return standIn(known, error);
  }
};

/** As `rereadBy`, of a row that a loader reads by its id, which is all that is known of it. */
export const reread = <Id>(loader: { load(id: Id): Promise<object | null> }, id: Id) => rereadBy(() => loader.load(id), { id });
