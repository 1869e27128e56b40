import type { paths } from "../generated/affise.js";
import { contractText } from "../generated/contract.js";

type Method = "get" | "post" | "delete";

/** Every REST operation as one greppable string, letter for letter as in the contract: `"GET /3.0/offers"`. */
export type Operation = {
  [P in keyof paths & string]: {
    [M in Method]: paths[P][M] extends undefined ? never : `${Uppercase<M>} ${P}`;
  }[Method];
}[keyof paths & string];

type Declared<O extends Operation> = O extends `${infer M} ${infer P}`
  ? P extends keyof paths
    ? Lowercase<M> extends keyof paths[P]
      ? paths[P][Lowercase<M>]
      : never
    : never
  : never;

type Parameters<O extends Operation, In extends "path" | "query"> =
  Declared<O> extends { parameters: Record<In, infer T> }
    ? { [K in In]: T }
    : Declared<O> extends { parameters: Partial<Record<In, infer T>> }
      ? { [K in In]?: Exclude<T, undefined> }
      : unknown;

type Body<O extends Operation> =
  Declared<O> extends { requestBody: { content: infer C } }
    ? { body: C[keyof C] }
    : Declared<O> extends { requestBody?: { content: infer C } }
      ? { body?: C[keyof C] }
      : unknown;

/** What an operation takes: `path` and `query` values by name, and the `body`, all before any encoding. */
export type Input<O extends Operation> = Parameters<O, "path"> & Parameters<O, "query"> & Body<O>;

/** What an operation answers when all went well: the body of its 200. */
export type Answer<O extends Operation> =
  Declared<O> extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;

/** The part of JSON Schema that encoding needs. */
export interface WireSchema {
  $ref?: string;
  type?: string | string[];
  "x-wire"?: "brackets" | "comma" | "zero-one";
  properties?: Record<string, WireSchema>;
  required?: string[];
  allOf?: WireSchema[];
  anyOf?: WireSchema[];
  oneOf?: WireSchema[];
  items?: WireSchema;
  additionalProperties?: WireSchema;
  maximum?: number;
  default?: number;
}

interface DeclaredParameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  "x-wire"?: WireSchema["x-wire"];
  schema: WireSchema;
}

interface DeclaredOperation {
  tags: [string];
  summary: string;
  parameters?: (DeclaredParameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, { schema: WireSchema }> };
  responses: Record<string, { content?: Record<string, { schema: WireSchema }> } | undefined>;
  security?: [];
  "x-audience"?: string[];
  /** How many things one call takes, and of whose ids they are. */
  "x-batch"?: { ids?: string; items?: string; of?: string; max?: number };
  "x-beyond-reference"?: boolean;
}

/** The contract as data; `components` resolves the `#/components/…` references in it. */
export const contract = JSON.parse(contractText) as {
  paths: Record<string, Partial<Record<Method, DeclaredOperation>>>;
  components: { schemas: Record<string, WireSchema>; parameters: Record<string, DeclaredParameter> };
};

const mediaTypes = {
  "application/x-www-form-urlencoded": "form",
  "multipart/form-data": "multipart",
  "application/json": "json",
} as const;

/** What the client has to know of an operation at run time, read off the contract. */
export interface Facts {
  operation: Operation;
  method: "GET" | "POST" | "DELETE";
  path: string;
  tag: string;
  summary: string;
  /** False for the three operations that take no key. */
  needsKey: boolean;
  /** Which kinds of key may call it: admin (network users), affiliate, advertiser. */
  audience: readonly string[];
  /** True where no reference lists it, but Affise's own clients call it. */
  beyondReference: boolean;
  parameters: readonly (DeclaredParameter & { pointer: string })[];
  body?: { encoding: (typeof mediaTypes)[keyof typeof mediaTypes]; schema: WireSchema; pointer: string; required: boolean };
  /** The schema of a good answer. */
  answer?: WireSchema;
  /** How many things one call takes, and by which parameter. */
  batch?: DeclaredOperation["x-batch"];
}

const escapePointer = (text: string) => text.replaceAll("~", "~0").replaceAll("/", "~1");

const factsOf = (path: string, method: Method, declared: DeclaredOperation): Facts => {
  const at = `#/paths/${escapePointer(path)}/${method}`;
  const [media, body] = Object.entries(declared.requestBody?.content ?? {})[0] ?? [];
  return {
    operation: `${method.toUpperCase()} ${path}` as Operation,
    method: method.toUpperCase() as Facts["method"],
    path,
    tag: declared.tags[0],
    summary: declared.summary,
    needsKey: declared.security?.length !== 0,
    audience: declared["x-audience"] ?? [],
    beyondReference: declared["x-beyond-reference"] === true,
    parameters: (declared.parameters ?? []).map((parameter, index) => {
      if (!("$ref" in parameter)) return { ...parameter, pointer: `${at}/parameters/${index}/schema` };
      const name = parameter.$ref.split("/").at(-1) ?? "";
      const shared = contract.components.parameters[name];
      if (!shared) throw new Error(`contract: ${path} names the unknown parameter ${name}`);
      return { ...shared, pointer: `#/components/parameters/${name}/schema` };
    }),
    body:
      media && body
        ? {
            encoding: mediaTypes[media as keyof typeof mediaTypes],
            schema: body.schema,
            pointer: `${at}/requestBody/content/${escapePointer(media)}/schema`,
            required: declared.requestBody?.required === true,
          }
        : undefined,
    batch: declared["x-batch"],
    answer: declared.responses["200"]?.content?.["application/json"]?.schema,
  };
};

/** All operations of the contract, by name. */
export const operations: ReadonlyMap<Operation, Facts> = new Map(
  Object.entries(contract.paths).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const declared = item[method];
      if (!declared) return [];
      const facts = factsOf(path, method, declared);
      return [[facts.operation, facts] as const];
    }),
  ),
);

/** The facts of one operation. */
export const factsFor = (operation: Operation): Facts => {
  const facts = operations.get(operation);
  if (!facts) throw new Error(`The contract has no operation ${operation}.`);
  return facts;
};
