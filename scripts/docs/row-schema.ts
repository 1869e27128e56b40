import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from "graphql";
import type { Operation } from "../../src/contract/operation.js";
import { operationInfo } from "../../src/contract/operation.js";
import { flatten, propertiesOf, resolve, type Schema } from "../../src/contract/schema.js";
import { fieldCosts } from "../../src/execution/field-cost.js";
import { objectTypes } from "../../src/graph/column/bind.js";

type Field = GraphQLField<unknown, unknown>;
type Columns = Map<string, Schema[]>;

/** All that a schema may be: itself, what it is made of, the items of its list, the values of its map. */
const formsOf = (schema: Schema | undefined, seen = new Set<Schema>()): Schema[] => {
  if (!schema) return [];
  const whole = resolve(schema);
  if (seen.has(whole)) return [];
  seen.add(whole);
  const { items, additional } = flatten(whole);
  const parts = [...(whole.allOf ?? []), ...(whole.anyOf ?? []), ...(whole.oneOf ?? [])];
  return [whole, ...[...parts, items, additional].flatMap((part) => formsOf(part, seen))];
};

const columnsIn = (schema: Schema | undefined): [string, Schema][] =>
  formsOf(schema).flatMap((form) => Object.entries(form.properties ?? {}));

/** What an answer holds beside its envelope: the row, or the list of rows. */
const payloads = (operation: Operation): Schema[] => {
  const { answer } = operationInfo(operation);
  const envelope = new Set(["status", "pagination", "statusCode", "all_items", "total_count"]);
  const parts = Object.entries(propertiesOf(answer)).filter(([name]) => !envelope.has(name));
  const inner = parts.flatMap(([, part]) => Object.values(resolve(part).properties ?? {}));
  const objects = [...parts.map(([, part]) => part), ...inner.filter((part) => flatten(part).items)].filter((part) =>
    formsOf(part).some((form) => form.properties),
  );
  return [...objects, ...(parts.length > 2 || !objects.length ? (answer ? [answer] : []) : [])];
};

/** A row without any column, which notes the columns that a resolver looks for. */
const listening = (asked: Set<string>): object => {
  const note = (_: object, name: string | symbol) => {
    if (typeof name === "string") asked.add(name);
    return undefined;
  };
  return new Proxy({}, { get: note, has: (target, name) => note(target, name) ?? false });
};

const nobody = async () => null;
const loader = { load: nobody, loadMany: async () => [] };
/** A context in which nothing is found. */
const empty = { load: new Proxy({}, { get: () => loader }), call: nobody, tenant: { name: "none" }, callerHash: "none" };

/** The columns that a field looks for in its row. */
export const columnsAsked = async (field: Field): Promise<ReadonlySet<string>> => {
  const asked = new Set<string>();
  const args = Object.fromEntries(
    field.args.map(({ name, type, defaultValue }) => [name, String(type) === "Int!" ? (defaultValue ?? 1) : defaultValue]),
  );
  const info: Partial<GraphQLResolveInfo> = { fieldNodes: [], fragments: {}, variableValues: {} };
  try {
    await field.resolve?.(listening(asked), args, empty, info as GraphQLResolveInfo);
  } catch {
    // A row without columns is no row; what was looked for is noted.
  }
  return asked;
};

/** Operations that print rows of a type and that no directive names: the key's own profile, and what writes answer. */
const alsoPrintedBy: Record<string, readonly Operation[]> = {
  Affiliate: ["GET /3.1/partner/me"],
  User: ["GET /3.1/user/me"],
  Postback: ["POST /3.0/partner/postback"],
};

const nodeOf = (field: Field): GraphQLObjectType | undefined => {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return undefined;
  const node = /Connection$/.test(type.name) ? getNamedType(type.getFields().nodes?.type ?? type) : type;
  return isObjectType(node) ? node : undefined;
};

/** The columns of the contract that rows of each type may have: from the operations that its fields name, and from the columns its parents read. */
export const columnsByType = async (schema: GraphQLSchema): Promise<Map<string, Columns>> => {
  const costOf = fieldCosts(schema);
  const found = new Map<string, Columns>();
  const add = (type: string, schemas: readonly Schema[]): boolean => {
    const columns = found.get(type) ?? new Map<string, Schema[]>();
    found.set(type, columns);
    let isNew = false;
    for (const [name, column] of schemas.flatMap(columnsIn)) {
      const known = columns.get(name) ?? [];
      if (known.includes(column)) continue;
      columns.set(name, [...known, column]);
      isNew = true;
    }
    return isNew;
  };

  const fields = objectTypes(schema).flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field, node: nodeOf(field) })),
  );
  for (const { type, field, node } of fields) {
    for (const { operation } of costOf(field, type).calls) {
      if (!operation) continue;
      if (node) add(node.name, payloads(operation));
      // What a call of its own tells of the row stands in the row's own words.
      if (operation.includes("{id}") && type.name !== "Query") add(type.name, payloads(operation));
    }
  }
  for (const [type, operations] of Object.entries(alsoPrintedBy)) for (const one of operations) add(type, payloads(one));
  const inner = await Promise.all(
    fields.flatMap(({ type, field, node }) => (node ? [columnsAsked(field).then((asked) => ({ type, node, asked }))] : [])),
  );
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const { type, node, asked } of inner) {
      const columns = found.get(type.name);
      for (const name of asked) isNew = add(node.name, columns?.get(name) ?? []) || isNew;
    }
  }
  return found;
};
