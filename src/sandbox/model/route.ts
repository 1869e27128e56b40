import type { Declared, Operation } from "../../contract/operation.js";
import type { Caller } from "./caller.js";
import type { State } from "./state.js";

type Filled<T> = [T] extends [never] ? Record<string, never> : undefined extends T ? NonNullable<T> | Record<string, never> : T;

type PathOf<O extends Operation> = Declared<O> extends { parameters: { path: infer T } } ? T : Record<string, never>;

export type Query<O extends Operation> =
  Declared<O> extends { parameters: { query?: infer T } } ? NonNullable<T> : Record<string, never>;

type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : never;

export type BodyInput<O extends Operation> =
  Declared<O> extends { requestBody?: infer T } ? Filled<ContentOf<NonNullable<T>>> : Record<string, never>;

/** One request after its key, its rights and its input have been found good. */
export interface Call<O extends Operation = Operation> {
  state: State;
  caller: Caller;
  path: PathOf<O>;
  query: Query<O>;
  body: BodyInput<O>;
  uploads: Upload[];
}

/** Handlers by operation. What a handler returns is the JSON answer; what it refuses it throws as a Failure. */
export type Routes = { [O in Operation]?: (call: Call<O>) => unknown };

export interface Upload {
  field: string;
  name: string;
  type: string;
  size: number;
}
