import type { paths } from "../../generated/affise.js";
import type { Caller } from "./caller.js";
import type { State } from "./state.js";

type Method = "get" | "post" | "delete";

/** Every operation of the contract by its name, such as `GET /3.0/offers`. */
export type Operation = {
  [P in keyof paths]: {
    [M in Method]: paths[P] extends Record<M, infer O> ? (O extends object ? `${Uppercase<M>} ${P & string}` : never) : never;
  }[Method];
}[keyof paths];

type Item<O extends Operation> = O extends `${infer M} ${infer P}`
  ? P extends keyof paths
    ? Lowercase<M> extends keyof paths[P]
      ? paths[P][Lowercase<M>]
      : never
    : never
  : never;

type Filled<T> = [T] extends [never] ? Record<string, never> : undefined extends T ? NonNullable<T> | Record<string, never> : T;

type PathOf<O extends Operation> = Item<O> extends { parameters: { path: infer T } } ? T : Record<string, never>;

type QueryOf<O extends Operation> = Item<O> extends { parameters: { query?: infer T } } ? NonNullable<T> : Record<string, never>;

type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : never;

type BodyOf<O extends Operation> =
  Item<O> extends { requestBody?: infer T } ? Filled<ContentOf<NonNullable<T>>> : Record<string, never>;

/** One request after its key, its rights and its input have been found good. */
export interface Call<O extends Operation> {
  state: State;
  caller: Caller;
  path: PathOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  uploads: Upload[];
}

/** Handlers by operation. What a handler returns is the JSON answer; what it refuses it throws as a Failure. */
export type Routes = { [O in Operation]?: (call: Call<O>) => unknown };

export type Query<O extends Operation> = QueryOf<O>;

export type BodyInput<O extends Operation> = BodyOf<O>;

export interface Upload {
  field: string;
  name: string;
  type: string;
  size: number;
}
