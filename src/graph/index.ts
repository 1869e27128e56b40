import { makeExecutableSchema } from "@graphql-tools/schema";
import { buildASTSchema, concatAST, type GraphQLSchema } from "graphql";
import { parsedSdl } from "../sdl.js";
import { routerSdl } from "../subgraph-sdl.js";
import { guardArguments } from "./column/argument.js";
import { bindColumns } from "./column/bind.js";
import { enumValues } from "./column/enum.js";
import { IdArguments } from "./column/id-argument.js";
import { bindNodeIds } from "./column/node-id.js";
import * as scalar from "./column/scalar.js";
import { guardMutations } from "./mutation/mutate.js";
import * as entity from "./network/entity.js";
import * as nouns from "./noun.js";

type Resolvers = Record<string, object>;

/** As objects: graphql-tools binds bare functions to their map, and `bindColumns` would not know a bound one again. */
const fieldsOf = (type: object): object =>
  Object.fromEntries(Object.entries(type).map(([name, resolve]) => [name, name.startsWith("__") ? resolve : { resolve }]));

const resolversOf = (noun: object): Resolvers =>
  Object.fromEntries(
    Object.entries(noun).flatMap(([name, type]) => (/^_?[A-Z]/.test(name) ? [[name, fieldsOf(type as object)] as const] : [])),
  );

const build = (federation: boolean): GraphQLSchema => {
  const sdl = parsedSdl();
  const typeDefs = federation ? concatAST([sdl, routerSdl(sdl)]) : sdl;
  const schema = bindNodeIds(
    bindColumns(
      makeExecutableSchema({
        // Codegen, and a test, read the same files with every rule.
        typeDefs: buildASTSchema(typeDefs, { assumeValidSDL: true, assumeValid: true }),
        updateResolversInPlace: true,
        resolvers: [
          enumValues(typeDefs),
          { Date: scalar.Date, LocalDateTime: scalar.LocalDateTime, Count: scalar.Count },
          ...Object.values(nouns).map(resolversOf),
          ...(federation ? [resolversOf(entity)] : []),
        ],
      }),
    ),
  );
  const ids = new IdArguments(schema);
  return guardMutations(guardArguments(schema, ids), ids);
};

const built = new Map<boolean, GraphQLSchema>();

/**
 * The executable schema: the SDL, its words, its resolvers, and every other field bound to its column. It is built once: what asks for the
 * same gets the same, and changes nothing of it. `federation` adds what a router of a federated graph asks.
 */
export const buildSchema = ({ federation = false }: { federation?: boolean } = {}): GraphQLSchema => {
  const schema = built.get(federation) ?? build(federation);
  built.set(federation, schema);
  return schema;
};
