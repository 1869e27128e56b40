import { pagedFields, possibleTypes, typesWithOptionalId, valueTypes } from "./generated/schema.js";

interface TypePolicy<Policy> {
  keyFields?: false;
  merge?: true;
  fields?: Record<string, Policy>;
}

/** A field of a type that has pages, such as `Query.offers`. */
export type PagedField = keyof typeof pagedFields;

/**
 * The settings of Apollo Client's `InMemoryCache`: objects with an id are kept once, values stay in their parents. Every list is kept by all its
 * arguments, so that each view shows what was sent for it, but those named here: of them `fetchMore` adds the next page to the list of the
 * same filter and order, by Apollo's own `relayStylePagination`.
 */
export const apolloCacheOptions = <Policy>(
  growing: Partial<Record<PagedField, (keyArgs: string[]) => Policy>> = {},
): { possibleTypes: Record<string, string[]>; typePolicies: Record<string, TypePolicy<Policy>> } => {
  const typePolicies: Record<string, TypePolicy<Policy>> = {};
  for (const name of valueTypes) typePolicies[name] = { keyFields: false, merge: true };
  for (const [path, pagination] of Object.entries(growing)) {
    const [type = "", field = ""] = path.split(".");
    const policy = pagination([...pagedFields[path as PagedField]]);
    typePolicies[type] = { ...typePolicies[type], fields: { ...typePolicies[type]?.fields, [field]: policy } };
  }
  return { possibleTypes, typePolicies };
};

/** The `keys` of urql's graphcache: values have none. */
export const graphcacheKeys: Record<string, (data: { id?: unknown }) => string | null> = Object.fromEntries([
  ...valueTypes.map((name) => [name, () => null] as const),
  ...typesWithOptionalId.map((name) => [name, ({ id }: { id?: unknown }) => (typeof id === "string" ? id : null)] as const),
]);

/** The `getDataID` of a Relay environment: objects go by their global id, and what has none lives in its parent. */
export const relayDataId = (value: { nodeId?: unknown }): string | undefined =>
  typeof value.nodeId === "string" ? value.nodeId : undefined;
