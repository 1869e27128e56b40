import { contractText } from "../generated/contract.js";
import { memoized } from "./memoized.js";

/** The part of JSON Schema that the contract uses, with its vendor keys (contract/README.md). */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  maximum?: number;
  required?: string[];
  "x-wire"?: "brackets" | "comma" | "zero-one";
  "x-audience"?: string[];
  "x-known-values"?: unknown[];
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  /** Says by itself how it travels: the parameter's `x-wire` is the schema's. */
  schema: Schema;
  "x-wire"?: Schema["x-wire"];
  "x-audience"?: string[];
  /** The HTTP status of a refused value, where it is not 400. */
  "x-refusal"?: number;
}

export type Method = "get" | "post" | "delete";

interface Media {
  schema: Schema;
}

/** A permission that an operation asks of a network user; with `of` it is enough to have it for some of what it is about. */
export interface Need {
  /** Its section and name, as in `users.entity-advertiser`. */
  permission: string;
  level: "read" | "write";
  of?: "some";
}

export interface DeclaredOperation {
  tags: [string];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> } | undefined>;
  security?: unknown[];
  "x-audience"?: string[];
  /** How many things one call takes, and of whose ids they are. */
  "x-batch"?: { ids?: string; items?: string; of?: string; max?: number };
  "x-beyond-reference"?: boolean;
  "x-needs"?: Need[];
}

/** The contract as data. */
export const contract = JSON.parse(contractText) as {
  paths: Record<string, Partial<Record<Method, DeclaredOperation>>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
};

const lastName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** Follows a reference to a schema; a schema without one is its own target, and none is one that says nothing. */
export const resolve = (schema: Schema = {}): Schema => {
  if (!schema.$ref) return schema;
  const target = contract.components.schemas[lastName(schema.$ref)];
  if (!target) throw new Error(`The contract has no schema ${schema.$ref}`);
  return resolve(target);
};

/** Follows a reference to a parameter. */
export const resolveParameter = (parameter: Parameter | { $ref: string }): Parameter => {
  const target = "$ref" in parameter ? contract.components.parameters[lastName(parameter.$ref)] : parameter;
  if (!target) throw new Error(`The contract has no parameter ${JSON.stringify(parameter)}`);
  const wire = target["x-wire"];
  return wire ? { ...target, schema: { "x-wire": wire, ...target.schema } } : target;
};

/** A schema with its references followed and its `allOf` parts laid together. */
export interface FlatSchema {
  types: readonly string[];
  properties: Readonly<Record<string, Schema>>;
  required: readonly string[];
  additional: Schema | undefined;
  items: Schema | undefined;
  anyOf: readonly Schema[];
  /** True for a list that travels as one text. */
  isComma: boolean;
}

export const flatten = memoized((schema: Schema): FlatSchema => {
  const target = resolve(schema);
  const parts = (target.allOf ?? []).map((part) => flatten(part));
  const own = target.type === undefined ? [] : [target.type].flat();
  return {
    types: own.length ? own : parts.flatMap((part) => part.types),
    properties: Object.assign({}, ...parts.map((part) => part.properties), target.properties),
    required: [...new Set([...(target.required ?? []), ...parts.flatMap((part) => part.required)])],
    additional:
      typeof target.additionalProperties === "object"
        ? target.additionalProperties
        : parts.find((part) => part.additional)?.additional,
    items: target.items ?? parts.find((part) => part.items)?.items,
    anyOf: target.anyOf ?? parts.flatMap((part) => part.anyOf),
    isComma: (schema["x-wire"] ?? target["x-wire"]) === "comma",
  };
});

const declaredBy = memoized((schema: Schema): Readonly<Record<string, Schema>> => {
  const { allOf = [], anyOf = [], oneOf = [], properties } = resolve(schema);
  return Object.assign({}, ...[...allOf, ...anyOf, ...oneOf].map(declaredBy), properties);
});

/** Every property that any form of a schema declares. */
export const propertiesOf = (schema: Schema | undefined): Readonly<Record<string, Schema>> => (schema ? declaredBy(schema) : {});

/** The schema of one property, in whichever form of a choice it is declared. */
export const propertyOf = (schema: Schema | undefined, name: string): Schema | undefined => propertiesOf(schema)[name];
