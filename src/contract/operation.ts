import type { paths } from "../generated/affise.js";
import {
  contract,
  type DeclaredOperation,
  type Method,
  type Need,
  type Parameter,
  resolveParameter,
  type Schema,
} from "./schema.js";

/** Every REST operation as one greppable string, letter for letter as in the contract: `"GET /3.0/offers"`. */
export type Operation = {
  [P in keyof paths & string]: {
    [M in Method]: paths[P][M] extends undefined ? never : `${Uppercase<M>} ${P}`;
  }[Method];
}[keyof paths & string];

/** What the generated types say of an operation. */
export type Declared<O extends Operation> = O extends `${infer M} ${infer P}`
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

const mediaTypes = {
  "application/x-www-form-urlencoded": "form",
  "multipart/form-data": "multipart",
  "application/json": "json",
} as const;

/** What the contract says of one operation, with its references to parameters followed. */
export interface OperationInfo {
  operation: Operation;
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** The noun it belongs to. */
  tag: string;
  /** False for the three operations that take no key. */
  needsKey: boolean;
  /** Which kinds of key may call it: admin (network users), affiliate, advertiser. */
  audience: readonly string[];
  /** Which permissions it most likely asks of a network user. */
  needs: readonly Need[];
  /** True where no reference lists it, but Affise's own clients call it. */
  beyondReference: boolean;
  parameters: readonly Parameter[];
  body?: { encoding: (typeof mediaTypes)[keyof typeof mediaTypes]; schema: Schema; required: boolean };
  /** The schema of a good answer. */
  answer?: Schema;
  /** True where the answer is a list of many rows, read page by page. */
  isPaged: boolean;
  /** How many things one call takes, and by which parameter. */
  batch?: DeclaredOperation["x-batch"];
}

const infoOf = (path: string, method: Method, declared: DeclaredOperation): OperationInfo => {
  const [media, body] = Object.entries(declared.requestBody?.content ?? {})[0] ?? [];
  const parameters = (declared.parameters ?? []).map(resolveParameter);
  return {
    operation: `${method.toUpperCase()} ${path}` as Operation,
    method: method.toUpperCase() as OperationInfo["method"],
    path,
    tag: declared.tags[0],
    needsKey: declared.security?.length !== 0,
    audience: declared["x-audience"] ?? [],
    needs: declared["x-needs"] ?? [],
    beyondReference: declared["x-beyond-reference"] === true,
    parameters,
    isPaged: method === "get" && parameters.some(({ name }) => name === "limit"),
    body:
      media && body
        ? {
            encoding: mediaTypes[media as keyof typeof mediaTypes],
            schema: body.schema,
            required: declared.requestBody?.required === true,
          }
        : undefined,
    batch: declared["x-batch"],
    answer: declared.responses["200"]?.content?.["application/json"]?.schema,
  };
};

/** All operations of the contract, by name. */
export const operations: ReadonlyMap<string, OperationInfo> = new Map(
  Object.entries(contract.paths).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const declared = item[method];
      if (!declared) return [];
      const info = infoOf(path, method, declared);
      return [[info.operation, info] as const];
    }),
  ),
);

/** What the contract says of one operation. */
export const operationInfo = (operation: Operation): OperationInfo => {
  const info = operations.get(operation);
  if (!info) throw new Error(`The contract has no operation ${operation}.`);
  return info;
};
