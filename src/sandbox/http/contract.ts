import { contractText } from "../../generated/contract.js";

/** The part of JSON Schema that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  required?: string[];
  "x-wire"?: string;
  "x-audience"?: string[];
}

export interface Parameter {
  name: string;
  in: "query" | "path";
  required?: boolean;
  schema: Schema;
  "x-wire"?: string;
  "x-audience"?: string[];
  /** The HTTP status of a refused value, where it is not 400. */
  "x-refusal"?: number;
}

interface Media {
  schema?: Schema;
}

interface OperationObject {
  tags?: string[];
  summary?: string;
  security?: unknown[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
  "x-audience"?: string[];
  "x-beyond-reference"?: boolean;
}

interface Document {
  paths: Record<string, Partial<Record<"get" | "post" | "delete", OperationObject>>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

/** What the contract says about one operation, with its parameters resolved. */
export interface OperationFacts {
  operation: string;
  method: string;
  path: string;
  noun: string;
  summary: string;
  open: boolean;
  beyondReference: boolean;
  audience: readonly string[];
  parameters: readonly Parameter[];
  body: Schema | undefined;
  answer: Schema | undefined;
}

const document = JSON.parse(contractText) as Document;

export const components = document.components;

const lastName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** Follows a reference to a schema; a schema without one is its own target. */
export const resolve = (schema: Schema): Schema => {
  if (!schema.$ref) return schema;
  const target = components.schemas[lastName(schema.$ref)];
  if (!target) throw new Error(`The contract has no schema ${schema.$ref}`);
  return resolve(target);
};

const resolveParameter = (parameter: Parameter | { $ref: string }): Parameter => {
  if (!("$ref" in parameter)) return parameter;
  const target = components.parameters[lastName(parameter.$ref)];
  if (!target) throw new Error(`The contract has no parameter ${parameter.$ref}`);
  return target;
};

/** A parameter whose schema says by itself how it travels. */
const withWire = (parameter: Parameter): Parameter => ({
  ...parameter,
  schema: parameter["x-wire"] === undefined ? parameter.schema : { "x-wire": parameter["x-wire"], ...parameter.schema },
});

const factsOf = (path: string, method: string, item: OperationObject): OperationFacts => ({
  operation: `${method.toUpperCase()} ${path}`,
  method: method.toUpperCase(),
  path,
  noun: item.tags?.[0] ?? "",
  summary: item.summary ?? "",
  open: Array.isArray(item.security) && item.security.length === 0,
  beyondReference: item["x-beyond-reference"] === true,
  audience: item["x-audience"] ?? [],
  parameters: (item.parameters ?? []).map(resolveParameter).map(withWire),
  body: Object.values(item.requestBody?.content ?? {})[0]?.schema,
  answer: item.responses["200"]?.content?.["application/json"]?.schema,
});

/** Every operation of the contract by its name, such as `GET /3.0/offers`. */
export const operations: ReadonlyMap<string, OperationFacts> = new Map(
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const facts = factsOf(path, method, operation);
      return [facts.operation, facts] as const;
    }),
  ),
);
