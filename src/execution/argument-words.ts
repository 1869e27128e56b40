import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { camel, readBehind, withFieldNames } from "../affise/error/caller-words.js";
import { AffiseError } from "../affise/error/error.js";
import { readNodeId } from "../graph/column/node-id.js";
import { type Fragments, fieldOn, fragmentsOf, opened } from "./fragments.js";
import { coercedVariables, type Variables } from "./variables.js";

/** What an operation asked. */
interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  request: { variables?: Variables };
}

/** One value that a caller gave, and its path: `filter.offerIds`. */
interface Given {
  path: string;
  said: string;
}

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return [...new Set(value.map(plain))].join();
  if (typeof value === "boolean") return value ? "1" : "0";
  const text = String(value);
  return (readNodeId(text)?.id ?? text).toLowerCase();
};

const isPlainObject = (value: unknown): value is Variables =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const givenIn = (values: Variables, prefix = ""): Given[] =>
  Object.entries(values).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    const path = prefix + name;
    if (Array.isArray(value) && value.some(isPlainObject)) return givenIn({ ...value }, `${path}.`);
    return isPlainObject(value) ? givenIn(value, `${path}.`) : [{ path, said: plain(value) }];
  });

/** A field where it is selected, and the type that has it. */
interface Selected {
  node: FieldNode;
  parent: string;
}

/** The fields of a selection that answer under a name, fragments opened. */
const fieldsNamed = (set: SelectionSetNode, parent: string, name: string, fragments: Fragments): Selected[] =>
  set.selections.flatMap((node): Selected[] => {
    if (node.kind === Kind.FIELD) return (node.alias ?? node.name).value === name ? [{ node, parent }] : [];
    const inner = opened(node, fragments);
    return inner ? fieldsNamed(inner.selectionSet, inner.typeCondition?.name.value ?? parent, name, fragments) : [];
  });

/** What the fields on the way to an error were given, those nearest to it first. */
const givenTo = (steps: readonly (string | number)[], { schema, operation, document, request }: Asked): Given[] => {
  const fragments = fragmentsOf(document);
  const { coerced = {} } = coercedVariables(schema, operation, request.variables);
  const found: Given[] = [];
  let sets = [{ set: operation.selectionSet, parent: schema.getQueryType()?.name ?? "" }];
  for (const step of steps) {
    if (typeof step === "number") continue;
    const selected = sets.flatMap(({ set, parent }) => fieldsNamed(set, parent, step, fragments));
    sets = selected.flatMap(({ node, parent }) => {
      const field = fieldOn(schema.getType(parent), node.name.value);
      if (!field) return [];
      found.unshift(...givenIn(getArgumentValues(field, node, coerced)));
      return node.selectionSet ? [{ set: node.selectionSet, parent: getNamedType(field.type).name }] : [];
    });
  }
  return found;
};

/** A query with the caller's path to each column whose value the caller gave. */
const named = (query: object, given: readonly Given[]): object => {
  const paths: Record<string, string> = {};
  const copy: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(query)) {
    copy[column] = isPlainObject(value) ? named(value, given) : value;
    if (value === null || value === undefined || isPlainObject(value)) continue;
    const said = plain(value);
    const same = given.filter((one) => one.said === said);
    const alike = same.find(({ path }) => path.toLowerCase().includes(camel(column).toLowerCase()));
    const path = (alike ?? same[0])?.path;
    if (path) paths[column] = path;
  }
  return withFieldNames(copy, paths);
};

/**
 * Tells errors about REST reads with the wire's names said as the arguments that the caller gave: whatever made the REST query of them, the value is
 * the same. Any other error stays as it is.
 */
export const argumentWords = (asked: Partial<Asked>): ((error: GraphQLError) => GraphQLError) => {
  const known = new Map<string, readonly Given[]>();
  return (error) => {
    const { originalError: cause, nodes, path } = error;
    const about = cause instanceof AffiseError ? readBehind(cause) : undefined;
    if (!about || !path || asked.operation?.operation !== "query") return error;
    // The rows of a list were given the same.
    const place = path.filter((step) => typeof step === "string").join(".");
    const given = known.get(place) ?? givenTo(path, asked as Asked);
    known.set(place, given);
    if (!given.length) return error;
    const told = about.retell(named(about.query, given));
    return new GraphQLError(told.message, { nodes, path, originalError: told, extensions: { ...told.extensions } });
  };
};
