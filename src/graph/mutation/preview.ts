import { setImmediate as turn } from "node:timers/promises";
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
import { hasDirective } from "../column/directive.js";
import { typesNamedBy } from "../column/id-argument.js";
import { nodeIdOf } from "../column/node-id.js";
import { bare, type Edit, edits, partial } from "./preview-edit.js";
import { type Find, finds, type Listing } from "./preview-list.js";

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

const isSecret = (field: Parameters<typeof hasDirective>[0]) => hasDirective(field, "secret");

const isNode = (schema: GraphQLSchema, type: string | undefined): boolean => {
  const [node, found] = [schema.getType("Node"), type && schema.getType(type)];
  return isInterfaceType(node) && isObjectType(found) && schema.isSubType(node, found);
};

const isId = ({ type }: GraphQLInputField) => getNamedType(type).name === "ID";

/** The things that a field of ids names, each with its path. */
const named = (schema: GraphQLSchema, owner: GraphQLInputObjectType, field: GraphQLInputField, values: Values, path: string) => {
  const [type, another] = typesNamedBy(schema, owner.name, field.name);
  if (another || !type) return [];
  const at = `${path}.${field.name}`;
  const given = values[field.name];
  return Array.isArray(given)
    ? given.map((id, index) => ({ type, id: String(id), argument: `${at}.${index}` }))
    : [{ type, id: String(given), argument: at }];
};

/** What an input is about: the thing of its `id`, those of the ids that it must have, or those of the changes that it lists. */
const targetsOf = (schema: GraphQLSchema, input: GraphQLInputObjectType, values: Values, path: string, edit?: Edit): Target[] => {
  const fields = Object.values(input.getFields());
  const needed = fields.filter((field) => isNonNullType(field.type) && isId(field));
  const about = fields.find(({ name }) => name === (edit?.about ?? "id")) ?? needed[0];
  const below = fields.find(({ type }) => isNonNullType(type) && isInputObjectType(getNamedType(type)));
  const inner = below && getNamedType(below.type);
  const given = below && values[below.name];
  if (isInputObjectType(inner) && Array.isArray(given) && !(edit && about)) {
    const items = (given as Values[]).flatMap((one, index) => targetsOf(schema, inner, one, `${path}.${below?.name}.${index}`));
    if (items.length) return items;
  }
  // Several ids name a part of a thing, which has no id of its own.
  if (!about || (about.name !== "id" && !edit && needed.length > 1)) return [];
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
      const inner = (value as Values)[field.name];
      return inner === undefined || isSecret(field) ? [] : [[field.name, asWritten(inner, field.type)]];
    }),
  );
};

/** Everything that a thing has of its own and that costs no call: what is lost with it. */
const everything = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .filter(
      (field) =>
        isLeafType(getNamedType(field.type)) && !field.args.length && !isSecret(field) && !hasDirective(field, "restCalls"),
    )
    .map(({ name }) => name)
    .filter((name) => !/^(id|nodeId)$/.test(name))
    .join(" ");

const isUnreadable = ({ path }: GraphQLError, index: number, field: string, at: number) =>
  path?.[at - 1] === index && (path[at] ?? field) === field;

/** Rows without the fields that could not be read; `at` is where a path of an error has the field. */
const readable = (rows: readonly (Values | null)[], errors: readonly GraphQLError[], at: number) =>
  rows.map((row, index) => {
    if (!row) return undefined;
    const fields = Object.entries(row).filter(([field]) => !errors.some((error) => isUnreadable(error, index, field, at)));
    return Object.fromEntries(fields) as Values;
  });

/** The present values of things, by the fields that would change. A field that cannot be read is not there. */
const readPresent = async (schema: GraphQLSchema, targets: readonly Target[], selected: string, context: Context) => {
  const [first] = targets;
  const document = parse(`query ($ids: [ID!]!) { nodes(nodeIds: $ids) { ... on ${first?.type} { ${selected} } } }`);
  const ids = targets.map(({ type, id }) => nodeIdOf(type, id));
  const { data, errors = [] } = await execute({ schema, document, contextValue: context, variableValues: { ids } });
  return readable((data?.nodes ?? []) as (Values | null)[], errors, 2);
};

/** The rows of a list, each with its id and what is asked of it. */
const readListed = async (schema: GraphQLSchema, { field, args }: Listing, selected: string, context: Context) => {
  const list = schema.getQueryType()?.getFields()[field];
  const type = list && getNamedType(list.type);
  if (!list || !isObjectType(type)) return [];
  const used = list.args.filter(({ name }) => args[name] !== undefined);
  const head = used.length ? `(${used.map((arg) => `$${arg.name}: ${arg.type}`).join(", ")})` : "";
  const given = used.length ? `(${used.map(({ name }) => `${name}: $${name}`).join(", ")})` : "";
  const row = `{ id ${selected} }`;
  const isPaged = "nodes" in type.getFields();
  const document = parse(`query ${head} { rows: ${field}${given} ${isPaged ? `{ nodes ${row} }` : row} }`);
  const { data, errors = [] } = await execute({ schema, document, contextValue: context, variableValues: args });
  const found = data?.rows as { nodes: Values[] } | Values[] | null | undefined;
  return readable((Array.isArray(found) ? found : found?.nodes) ?? [], errors, isPaged ? 3 : 2);
};

const ownAffiliate = async (schema: GraphQLSchema, context: Context): Promise<string | undefined> => {
  const document = parse("{ viewer { ... on Affiliate { id } } }");
  const { data } = await execute({ schema, document, contextValue: context });
  return (data?.viewer as { id?: string } | undefined)?.id;
};

const differing = (before: Values, after: Values): Pick<PlannedChange, "before" | "after"> => {
  const changed = Object.keys(after).filter(
    (field) => after[field] !== undefined && !isDeepStrictEqual(bare(before[field]), bare(after[field])),
  );
  const only = (values: Values) => Object.fromEntries(changed.map((field) => [field, bare(values[field])]));
  return { before: only(before), after: only(after) };
};

/** How one mutation changes what it is about. */
class Preview {
  private readonly edit: Edit | undefined;
  private readonly isDeletion: boolean;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly mutation: string,
    private readonly context: Context,
  ) {
    this.edit = edits[mutation];
    this.isDeletion = !this.edit && mutation.startsWith("delete");
  }

  isKnown(): boolean {
    return this.edit !== undefined || this.isDeletion || /^(update|setAffiliateLocale)/.test(this.mutation);
  }

  /** What is asked of a thing; empty where nothing of it can be known. */
  selected(targets: readonly Target[], type: GraphQLObjectType): string {
    if (this.isDeletion) return everything(type);
    if (this.edit?.selected) return this.edit.selected;
    const like = this.edit ? this.schema.getType("UpdateOfferInput") : targets[0]?.input;
    const names = new Set(this.edit ? [this.edit.field] : targets.flatMap(({ values }) => Object.keys(values)));
    return isInputObjectType(like) ? selection(like, type, names) : "";
  }

  change({ type, id, argument, input, values }: Target, before: Values | undefined): PlannedChange[] {
    if (!before) return [];
    const about = { type, id, argument };
    if (this.isDeletion) return [{ ...about, before: bare(before) as Values, after: null }];
    const written = asWritten(values, input) as Values;
    const { edit } = this;
    const after = edit ? { [edit.field]: edit.after(before[edit.field], written) } : written;
    if (edit && after[edit.field] === undefined) return [];
    const laid = Object.entries(after).flatMap(([field, given]) => {
      const over = partial[`${type}.${field}`] ?? partial[field];
      return field in before ? [[field, over?.(before[field], given) ?? { before: before[field], after: given }] as const] : [];
    });
    const side = (name: "before" | "after") => Object.fromEntries(laid.map(([field, sides]) => [field, sides[name]]));
    return [{ ...about, ...differing(side("before"), side("after")) }];
  }

  async byId(targets: readonly Target[]): Promise<PlannedChange[]> {
    const type = this.schema.getType(targets[0]?.type ?? "");
    if (!isObjectType(type) || !isNode(this.schema, type.name)) return [];
    if (this.isDeletion && !new RegExp(`^delete${type.name}s?$`).test(this.mutation)) return [];
    const selected = this.selected(targets, type);
    if (!selected) return [];
    const present = await readPresent(this.schema, targets, selected, this.context);
    const changes: PlannedChange[] = [];
    for (const [index, target] of targets.entries()) {
      // Long lists take long to compare: others have their turn between them.
      if (index) await turn();
      changes.push(...this.change(target, present[index]));
    }
    return changes;
  }

  async byList(find: Find, targets: readonly Target[], input: GraphQLInputObjectType, values: Values): Promise<PlannedChange[]> {
    const { schema, context } = this;
    const written = asWritten(values, input) as Values;
    const listing = find.listing(written, find.isOwn?.(written) ? await ownAffiliate(schema, context) : undefined);
    const list = listing && schema.getQueryType()?.getFields()[listing.field];
    const [first] = targets;
    const type = list && rowType(getNamedType(list.type));
    if (!listing || !first || !type) return [];
    const rows = await readListed(schema, listing, this.selected(targets, type), context);
    const known = rows.flatMap((row) => (row ? [row] : []));
    if (find.all) return known.flatMap(({ id, ...row }) => this.change({ ...first, type: type.name, id: String(id) }, row));
    const byId = new Map(known.map(({ id, ...row }) => [String(id), row]));
    return targets.flatMap((target) => this.change(target, byId.get(target.id)));
  }
}

/** The type of a list's rows. */
const rowType = (type: unknown): GraphQLObjectType | undefined => {
  if (!isObjectType(type)) return undefined;
  const nodes = type.getFields().nodes;
  return nodes ? rowType(getNamedType(nodes.type)) : type;
};

/**
 * What a mutation would change, told by the names of its input: the present values of each thing and those it would have, or all that is
 * lost with a thing that is removed. Only what can be read under the names by which it is written is told, and no secret.
 */
export const previewOf = async (
  schema: GraphQLSchema,
  mutation: string,
  input: GraphQLInputObjectType,
  values: Values,
  context: Context,
): Promise<PlannedChange[]> => {
  const preview = new Preview(schema, mutation, context);
  if (!preview.isKnown()) return [];
  const find = finds[mutation];
  const all = find?.all && input.getFields()[find.all];
  const change = all && getNamedType(all.type);
  const targets = isInputObjectType(change)
    ? [{ type: "", id: "", argument: "input.filter", input: change, values: values[find?.all ?? ""] as Values }]
    : targetsOf(schema, input, values, "input", edits[mutation]).slice(0, mostShown);
  return find ? preview.byList(find, targets, input, values) : preview.byId(targets);
};
