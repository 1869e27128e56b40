import { defaultFieldResolver, type GraphQLSchema, isInterfaceType } from "graphql";

const encode = (text: string): string => Buffer.from(text).toString("base64url");

/** The global id of a thing: opaque to callers, the same for every key. */
export const nodeIdOf = (type: string, id: unknown): string => encode(`${type}:${id}`);

/** A type's name begins with a capital, so that a global id begins with Q to W, and Affise's own ids never do. */
const looksGlobal = /^[Q-W][\w-]{3,399}$/;

/** What a global id says; undefined where the text is none. */
export const readNodeId = (text: string): { type: string; id: string } | undefined => {
  if (!looksGlobal.test(text)) return undefined;
  const said = Buffer.from(text, "base64url").toString();
  const [, type, id] = /^([A-Z]\w*):([\w.-]+)$/.exec(said) ?? [];
  return type && id && encode(said) === text ? { type, id } : undefined;
};

/** Lets every type that is a Node answer `nodeId` out of its own `id`. */
export const bindNodeIds = (schema: GraphQLSchema): GraphQLSchema => {
  const node = schema.getType("Node");
  if (!isInterfaceType(node)) throw new Error("The schema has no interface Node.");
  for (const type of schema.getImplementations(node).objects) {
    const { id, nodeId } = type.getFields();
    if (!id || !nodeId) throw new Error(`${type.name} is a Node without an id.`);
    const own = id.resolve ?? defaultFieldResolver;
    const global = (found: unknown) => (found === null || found === undefined ? null : nodeIdOf(type.name, found));
    nodeId.resolve = (row, args, context, info) => {
      const found: unknown = own(row, args, context, info);
      return found instanceof Promise ? found.then(global) : global(found);
    };
  }
  return schema;
};
