import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { badInput } from "../../affise/error/error.js";
import { isHexId } from "./decode.js";
import { readNodeId } from "./node-id.js";

type Values = Readonly<Record<string, unknown>>;

/** Puts the plain id where a global one stands, and its one form where it has several. The same value comes back where it has it. */
type Change = (value: unknown, path: string) => unknown;

/** What the names of arguments call a type otherwise. */
const otherNames: Record<string, string> = {
  Manager: "User",
  Referrer: "Affiliate",
  Referral: "Affiliate",
  Source: "TrafficSource",
  Smartlink: "SmartlinkCategory",
  System: "PaymentSystem",
  Correction: "PaymentCorrection",
};

/** Arguments whose own names do not tell, or that take several types, told apart by what their ids look like. */
const untold: Record<string, readonly string[]> = {
  "PermissionExceptionInput.ids": ["Affiliate", "Advertiser", "User", "Preset"],
  "CustomFieldInput.number": ["CustomField"],
};

/** Which types the id argument `name` of `owner` names, by the schema's conventions; empty where it names no type that has ids. */
export const typesNamedBy = (schema: GraphQLSchema, owner: string, name: string, answer?: string): readonly string[] => {
  const told = untold[`${owner}.${name}`];
  if (told) return told;
  const stem = name.replace(/Ids?$/, "");
  const isOwn = /^ids?$/.test(name);
  const word = isOwn ? (answer ?? owner).replace(/(Connection|Input|Filter)$/, "") : stem;
  if (!isOwn && stem === name) return [];
  const words = (word.charAt(0).toUpperCase() + word.slice(1)).split(/(?=[A-Z])/);
  for (; words.length; words.shift()) {
    const said = words.join("");
    const type = otherNames[said] ?? said;
    const found = schema.getType(type);
    if (isObjectType(found) && found.getFields().id) return [type];
  }
  return [];
};

const changedEntries = (entries: readonly (readonly [string, Change])[], values: Values, prefix: string): Values => {
  let changed: Record<string, unknown> | undefined;
  for (const [name, change] of entries) {
    const value = values[name];
    if (value === undefined) continue;
    const plain = change(value, prefix + name);
    if (plain === value) continue;
    changed ??= { ...values };
    changed[name] = plain;
  }
  return changed ?? values;
};

/** An id of Affise's as everything here has it: 007 is 7, and 24 hex digits are small. */
const inOneForm = (id: string): string => {
  if (/^0\d{0,14}$/.test(id)) return String(Number(id));
  return isHexId(id) ? id.toLowerCase() : id;
};

/** The ways in which the arguments of a schema's fields take global ids; what an input takes is worked out once. */
export class IdArguments {
  private readonly inputs = new Map<GraphQLInputObjectType, (readonly [string, Change])[]>();
  private readonly nodes: ReadonlySet<string>;

  constructor(private readonly schema: GraphQLSchema) {
    const node = schema.getType("Node");
    this.nodes = new Set(isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : []);
  }

  /** The arguments of one field with plain ids in them; undefined where none of them takes an id. Throws BAD_USER_INPUT for an id of another type. */
  of(field: GraphQLField<unknown, unknown>): ((args: Values) => Values) | undefined {
    const entries = this.entries(field.args, field.name, getNamedType(field.type).name);
    return entries.length ? (args) => changedEntries(entries, args, "") : undefined;
  }

  private entries(args: readonly (GraphQLArgument | GraphQLInputField)[], owner: string, answer?: string): [string, Change][] {
    return args.flatMap((arg): [string, Change][] => {
      const change = this.change(arg.type, owner, arg.name, answer);
      return change ? [[arg.name, change]] : [];
    });
  }

  private change(type: GraphQLInputType, owner: string, name: string, answer?: string): Change | undefined {
    if (isNonNullType(type)) return this.change(type.ofType, owner, name, answer);
    if (isListType(type)) {
      const change = this.change(type.ofType, owner, name, answer);
      return change && ((value, path) => this.items(value as readonly unknown[], change, path));
    }
    if (isInputObjectType(type)) {
      const entries = this.inputEntries(type);
      return entries.length ? (value, path) => changedEntries(entries, value as Values, `${path}.`) : undefined;
    }
    return type === GraphQLID && !/^nodeIds?$/.test(name)
      ? this.plain(typesNamedBy(this.schema, owner, name, answer))
      : undefined;
  }

  private inputEntries(type: GraphQLInputObjectType): readonly (readonly [string, Change])[] {
    const known = this.inputs.get(type);
    if (known) return known;
    const found: [string, Change][] = [];
    // An input may have itself inside.
    this.inputs.set(type, found);
    found.push(...this.entries(Object.values(type.getFields()), type.name));
    return found;
  }

  private items(values: readonly unknown[], change: Change, path: string): readonly unknown[] {
    let changed: unknown[] | undefined;
    for (const [index, value] of values.entries()) {
      const plain = change(value, `${path}.${index}`);
      if (plain === value) continue;
      changed ??= [...values];
      changed[index] = plain;
    }
    return changed ?? values;
  }

  private plain(types: readonly string[]): Change {
    return (value, path) => {
      const said = typeof value === "string" ? readNodeId(value) : undefined;
      if (!said || !this.nodes.has(said.type)) return types.length && typeof value === "string" ? inOneForm(value) : value;
      if (types.includes(said.type)) return said.id;
      const wanted = types.length ? `an id of ${types.join(" or ")} belongs here` : "no global id belongs here";
      throw badInput(path, `${path} is the nodeId of ${said.type} ${said.id}; ${wanted}.`);
    };
  }
}
