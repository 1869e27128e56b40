import { isDeepStrictEqual } from "node:util";
import {
  execute,
  type GraphQLError,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from "graphql";
import type { Context, PlannedChange } from "../../context.js";
import { typesNamedBy } from "../column/id-argument.js";
import { nodeIdOf } from "../column/node-id.js";
import { bare, edits } from "./preview-edit.js";

type Values = Readonly<Record<string, unknown>>;

/** More things than these are not looked at one by one: nobody reads on, and some cost a REST call each. */
const mostShown = 100;

/** One thing that a mutation would change, and the input that says how. */
interface Target {
  type: string;
  id: string;
  argument: string;
  input: GraphQLInputObjectType;
  values: Values;
}

type Declared = { astNode?: { directives?: readonly { name: { value: string } }[] } | null };

const isSecret = ({ astNode }: Declared) => astNode?.directives?.some(({ name }) => name.value === "secret") ?? false;

const isNode = (schema: GraphQLSchema, type: string | undefined): type is string => {
  const [node, found] = [schema.getType("Node"), type && schema.getType(type)];
  return isInterfaceType(node) && isObjectType(found) && schema.isSubType(node, found);
};

const isId = ({ type }: GraphQLInputField) => getNamedType(type).name === "ID";

/** The things that a field of ids names, each with its path. */
const named = (schema: GraphQLSchema, owner: GraphQLInputObjectType, field: GraphQLInputField, values: Values, path: string) => {
  const [type, another] = typesNamedBy(schema, owner.name, field.name);
  if (another || !isNode(schema, type)) return [];
  const at = `${path}.${field.name}`;
  const given = values[field.name];
  return Array.isArray(given)
    ? given.map((id, index) => ({ type, id: String(id), argument: `${at}.${index}` }))
    : [{ type, id: String(given), argument: at }];
};

/** What an input is about: the thing of its `id`, those of the ids that it must have, or those of the changes that it lists. */
const targetsOf = (
  schema: GraphQLSchema,
  input: GraphQLInputObjectType,
  values: Values,
  path: string,
  isEdit = false,
): Target[] => {
  const fields = Object.values(input.getFields());
  const about = fields.find(({ name }) => name === "id") ?? fields.find((field) => isNonNullType(field.type) && isId(field));
  const below = fields.find(({ type }) => isNonNullType(type) && isInputObjectType(getNamedType(type)));
  const inner = below && getNamedType(below.type);
  const given = below && values[below.name];
  if (isInputObjectType(inner) && Array.isArray(given) && !isEdit) {
    const items = (given as Values[]).flatMap((one, index) => targetsOf(schema, inner, one, `${path}.${below?.name}.${index}`));
    if (items.length) return items;
  }
  // Several ids name a part of a thing, which has no id of its own.
  if (!about || (about.name !== "id" && !isEdit && fields.filter((field) => isNonNullType(field.type) && isId(field)).length > 1))
    return [];
  const things = named(schema, input, about, values, path);
  if (isInputObjectType(inner) && given && !Array.isArray(given)) {
    return things.map((one) => ({ ...one, input: inner, values: given as Values }));
  }
  const { [about.name]: _, ...others } = values;
  return things.map((one) => ({ ...one, input, values: others }));
};

/** The fields of an object by which an input changes it: they have the input's names. */
const selection = (input: GraphQLInputObjectType, output: GraphQLObjectType, wanted?: ReadonlySet<string>): string => {
  const shared = Object.values(input.getFields()).flatMap((field) => {
    const there = output.getFields()[field.name];
    if (!there || isSecret(field) || isSecret(there) || (wanted && !wanted.has(field.name))) return [];
    const [given, read] = [getNamedType(field.type), getNamedType(there.type)];
    if (isInputObjectType(given) && isObjectType(read)) {
      const inner = selection(given, read);
      return inner ? [`${field.name} { ${inner} }`] : [];
    }
    return isLeafType(given) && isLeafType(read) ? [field.name] : [];
  });
  return shared.join(" ");
};

/** A value of an input as its caller wrote it. */
const asWritten = (value: unknown, type: GraphQLInputType): unknown => {
  if (value === null || value === undefined) return null;
  if (isNonNullType(type)) return asWritten(value, type.ofType);
  if (isListType(type)) return Array.isArray(value) ? value.map((one) => asWritten(one, type.ofType)) : value;
  if (!isInputObjectType(type)) return type.serialize(value);
  return Object.fromEntries(
    Object.values(type.getFields()).flatMap((field) => {
      // What is null is not sent: it stays as it is.
      const inner = (value as Values)[field.name] ?? undefined;
      return inner === undefined || isSecret(field) ? [] : [[field.name, asWritten(inner, field.type)]];
    }),
  );
};

const isUnreadable = ({ path }: GraphQLError, index: number, field: string) =>
  path?.[1] === index && (path[2] ?? field) === field;

/** The present values of things, by the fields that would change. A field that cannot be read is not there. */
const readPresent = async (schema: GraphQLSchema, targets: readonly Target[], selected: string, context: Context) => {
  const [first] = targets;
  const document = parse(`query ($ids: [ID!]!) { nodes(nodeIds: $ids) { ... on ${first?.type} { ${selected} } } }`);
  const ids = targets.map(({ type, id }) => nodeIdOf(type, id));
  const { data, errors = [] } = await execute({ schema, document, contextValue: context, variableValues: { ids } });
  return targets.map((_, index) => {
    const found = (data?.nodes as (Values | null)[] | undefined)?.[index];
    if (!found) return undefined;
    const readable = Object.entries(found).filter(([field]) => !errors.some((error) => isUnreadable(error, index, field)));
    return Object.fromEntries(readable);
  });
};

const differing = (before: Values, after: Values): Pick<PlannedChange, "before" | "after"> => {
  const changed = Object.keys(after).filter(
    (field) => field in before && !isDeepStrictEqual(bare(before[field]), bare(after[field])),
  );
  const only = (values: Values) => Object.fromEntries(changed.map((field) => [field, bare(values[field])]));
  return { before: only(before), after: only(after) };
};

/**
 * What a mutation would change, told by the names of its input: the present values of each thing and those it would have. Only what can be
 * read by id under the names by which it is written is told, and no secret.
 */
export const previewOf = async (
  schema: GraphQLSchema,
  mutation: string,
  input: GraphQLInputObjectType,
  values: Values,
  context: Context,
): Promise<PlannedChange[]> => {
  const edit = edits[mutation];
  if (!edit && !mutation.startsWith("update")) return [];
  const targets = targetsOf(schema, input, values, "input", edit !== undefined).slice(0, mostShown);
  const [first] = targets;
  const type = first && schema.getType(first.type);
  if (!first || !isObjectType(type)) return [];
  const like = edit ? schema.getType("UpdateOfferInput") : first.input;
  const names = new Set(targets.flatMap((target) => Object.keys(target.values)));
  const selected = isInputObjectType(like) && selection(like, type, edit ? new Set([edit.field]) : names);
  if (!selected) return [];
  const present = await readPresent(schema, targets, selected, context);
  return targets.flatMap((target, index) => {
    const before = present[index];
    if (!before) return [];
    const written = asWritten(target.values, target.input) as Values;
    const after = edit ? { [edit.field]: edit.after(before[edit.field], written) } : written;
    return [{ type: target.type, id: target.id, argument: target.argument, ...differing(before, after) }];
  });
};
