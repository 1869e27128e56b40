import { pagedFields, possibleTypes, valueTypes } from "./generated/schema.js";

interface FieldPolicies<Policy> {
  keyFields?: false;
  merge?: true;
  fields?: Record<string, Policy>;
}

/** What pages are made of is merged by the pagination alone. */
const isOfPages = (name: string) => name === "PageInfo" || /(Connection|Edge)$/.test(name);

/**
 * The settings of Apollo Client's `InMemoryCache`, made with its own `relayStylePagination`: objects with an id are kept once, values stay in their
 * parents, and `fetchMore` adds the next page to the list of the same filter and order.
 */
export const apolloCacheOptions = <Policy>(relayStylePagination: (keyArgs: string[]) => Policy) => {
  const typePolicies: Record<string, FieldPolicies<Policy>> = {};
  for (const name of valueTypes) typePolicies[name] = isOfPages(name) ? { keyFields: false } : { keyFields: false, merge: true };
  for (const [name, fields] of Object.entries(pagedFields)) {
    const policies = Object.entries(fields).map(([field, keyArgs]) => [field, relayStylePagination(keyArgs)]);
    typePolicies[name] = { ...typePolicies[name], fields: Object.fromEntries(policies) };
  }
  return { possibleTypes, typePolicies };
};

/** The `keys` of urql's graphcache: values have none. */
export const graphcacheKeys: Record<string, () => null> = Object.fromEntries(valueTypes.map((name) => [name, () => null]));

/** The `resolvers` of urql's graphcache, made with its own `relayPagination`. */
export const graphcacheResolvers = <Resolver>(relayPagination: () => Resolver): Record<string, Record<string, Resolver>> =>
  Object.fromEntries(
    Object.entries(pagedFields).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.keys(fields).map((field) => [field, relayPagination()])),
    ]),
  );
