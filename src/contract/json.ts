/** Whether a JSON value is an object or a list, and not null. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Whether a JSON value is an object: no list, and not null. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);

/** Has JSON.stringify put the names of objects in order, so that equal ones become equal texts. */
export const inOrderOfNames = (_: string, value: unknown): unknown =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
