import type { Operation } from "../contract/operation.js";
import type { ListShare } from "./list-share.js";

/** What an operation may come to at the most, known before it runs. */
export interface Cost {
  depth: number;
  aliases: number;
  directives: number;
  fields: number;
  /** Things that its mutations change. */
  items: number;
  /** The arguments that name them, where there are many. */
  itemLists: string[];
  /** Rows that it may read. */
  rows: number;
  /** REST calls that it may make. */
  calls: number;
  /** The same by operation; a mutation's own are not among them. */
  operations: Map<Operation, number>;
  /** Rows and calls in one number: a call weighs as many rows as its field's `@cost` says. */
  total: number;
  /** Values that the answer may have: each field of each row is one, and more where its name is long. */
  values: number;
  /** What there is to read in its longer arguments, each as often as a field takes it. */
  given: number;
  /** Its longest lists, the longest first. */
  lists: ListShare[];
}

/** Of an operation of which nothing was looked at yet. */
export const noCost = (): Cost => ({
  depth: 0,
  aliases: 0,
  directives: 0,
  fields: 0,
  items: 0,
  itemLists: [],
  rows: 0,
  calls: 0,
  operations: new Map(),
  total: 0,
  values: 0,
  given: 0,
  lists: [],
});
