import type { GraphQLRequestListenerDidResolveField } from "@apollo/server";
import type { GraphQLFieldResolver } from "graphql";
import type { WillResolveField } from "./plugin.js";

type Resolver = GraphQLFieldResolver<unknown, object>;

/** Calls `end` once a value is there; for a list of promises, once all of them are. */
const whenThere = (value: unknown, end: GraphQLRequestListenerDidResolveField): void => {
  if (value instanceof Promise) value.then((found) => whenThere(found, end), end);
  else if (Array.isArray(value) && value.some((item) => item instanceof Promise)) whenThere(Promise.all(value), end);
  else end(null, value);
};

/** The resolver with a plugin's hook around it; what asks for the schema itself is followed by none. */
export const hooked =
  (willResolveField: WillResolveField, resolve: Resolver): Resolver =>
  (source, args, contextValue, info) => {
    const isMeta = info.fieldName.startsWith("__") || info.parentType.name.startsWith("__");
    const end = isMeta ? undefined : willResolveField({ source, args, contextValue, info });
    if (!end) return resolve(source, args, contextValue, info);
    try {
      const value = resolve(source, args, contextValue, info);
      whenThere(value, end);
      return value;
    } catch (error) {
      end(error as Error);
      throw error;
    }
  };
