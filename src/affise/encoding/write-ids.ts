/** Names under which Affise's operations take what a write is about. */
const idName = /^(?:\w+_)?ids?$|^(?:pids?|number|offers?|affiliates?|partners?|advertisers?|conversions?|offer_list)$/i;

/** No write is about more things than a request may name. */
const mostIds = 1_000;

const plain = (value: unknown): string[] => {
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value) ? [value] : [];
};

const idsIn = (values: object, ids: Set<string>, depth: number): void => {
  for (const [name, value] of Object.entries(values)) {
    const all: unknown[] = Array.isArray(value) ? value : [value];
    if (idName.test(name)) for (const id of all.flatMap(plain)) ids.add(id);
    if (depth === 0) continue;
    for (const one of all) if (one !== null && typeof one === "object" && !(one instanceof Blob)) idsIn(one, ids, depth - 1);
  }
};

/** The ids that a write names in path, query and body, each once; nothing else of what it sends. */
export const writeIds = (...parts: readonly (object | undefined)[]): string[] => {
  const ids = new Set<string>();
  for (const part of parts) if (part) idsIn(part, ids, 2);
  return [...ids].slice(0, mostIds);
};
