import { isObject } from "../../contract/json.js";
import { type Answer, type Input, type Operation, operationInfo } from "../../contract/operation.js";
import { flatten, propertiesOf, resolve, type Schema } from "../../contract/schema.js";
import { UpstreamError } from "../error/error.js";
import { quoted } from "../error/quoted.js";
import type { Call } from "../session.js";

/** One page of a list, in whichever form Affise printed it. */
export interface Page<Row> {
  /** Each at its place where that is known: a sparse list, whose holes are rows that were left out of the page. */
  rows: readonly Row[];
  /**
   * How the rows stood there; a list with holes is a map too. Of a map or a single row, fewer rows than asked say nothing of the size of a
   * page.
   */
  form: "list" | "map" | "single";
  /** How many rows the whole list has, where the page tells it. */
  total?: number;
  /** How many rows a page has, where the page tells it. */
  size?: number;
  /** Whether the page names a next one; undefined where it says nothing of it. */
  hasNext?: boolean;
}

/** A list that is read page by page; pages count from 1. */
export interface Pages<Row> {
  /** The most rows a page may have. */
  max: number;
  /** Whether the list tells its length by contract. One that should and does not is not believed to end at a short page. */
  tellsTotal: boolean;
  /** Whether its rows have each an `id` of their own, by contract. */
  hasIds?: boolean;
  /** How many rows there are, where that is known without a page. */
  length?(): Promise<number>;
  read(page: number, limit: number): Promise<Page<Row>>;
}

/** Where a list states no maximum, this many rows are asked for at once, as of its siblings; what comes tells how many it gives. */
const usualMax = 500;

/** The most rows that a page of a list may have, by the contract. A list that tells neither a maximum nor a total is asked for its own default. */
export const pageLimit = (operation: Operation, tellsTotal = true): number => {
  const schema = operationInfo(operation).parameters.find(({ name }) => name === "limit")?.schema;
  return schema?.maximum ?? (tellsTotal ? usualMax : typeof schema?.default === "number" ? schema.default : usualMax);
};

/** A list of an operation's answer: where its rows stand, and what the contract says of it. */
class ListPlace {
  readonly max: number;
  /** Whether it tells its length by contract. */
  readonly tellsTotal: boolean;
  /** Whether it is asked for by rows to skip, and not by page. */
  readonly bySkip: boolean;
  /** The columns that its rows may have. */
  readonly columns: ReadonlySet<string>;
  /** Whether each of its rows has an id. */
  readonly hasIds: boolean;
  /** False where its rows are plain values. */
  readonly areObjects: boolean;

  constructor(
    readonly operation: Operation,
    readonly at: readonly string[],
  ) {
    const { answer, parameters } = operationInfo(operation);
    const within = (steps: readonly string[]) =>
      steps.reduce<Schema | undefined>((schema, step) => propertiesOf(schema)[step], answer);
    const beside = Object.keys(propertiesOf(within(at.slice(0, -1))));
    this.tellsTotal = ["pagination", "total_count", "all_items"].some((name) => beside.includes(name));
    this.max = pageLimit(operation, this.tellsTotal);
    this.bySkip = parameters.some(({ name }) => name === "skip");
    const rows = within(at);
    const { anyOf = [], oneOf = [] } = resolve(rows);
    const forms = [rows, ...anyOf, ...oneOf].map((form) => flatten(form ?? {}));
    const row = forms.find(({ items }) => items)?.items ?? forms.find(({ additional }) => additional)?.additional;
    this.columns = new Set(Object.keys(propertiesOf(row)));
    this.hasIds = flatten(row ?? {}).required.includes("id");
    this.areObjects = this.columns.size > 0 || resolve(row).type === "object";
  }
}

const places = new Map<string, ListPlace>();

const placeOf = (operation: Operation, at: readonly string[]): ListPlace => {
  const name = `${operation} ${at.join(".")}`;
  const found = places.get(name) ?? new ListPlace(operation, at);
  places.set(name, found);
  return found;
};

const noList = ({ operation, at }: ListPlace, value: unknown) =>
  new UpstreamError("UPSTREAM_FAILED", `Affise's answer has no list where "${at.join(".")}" should be: ${quoted(value, 40)}.`, {
    operation,
  });

const isMap = (value: object, columns: ReadonlySet<string>): boolean => {
  const keys = Object.keys(value);
  if (keys.every((key) => /^(\d+|[0-9a-f]{24})$/i.test(key))) return true;
  return !keys.some((key) => columns.has(key)) && Object.values(value).every(isObject);
};

const within = (answer: unknown, at: readonly string[]): unknown =>
  at.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), answer);

/**
 * Rows at their places in a page, which has `most` by its total: PHP prints null for one that was left out, or a map that lacks its place.
 * A map with other numbers tells no places, nor does one of a list without a total.
 */
const atPlaces = (value: object, most: number | undefined): unknown[] => {
  if (Array.isArray(value) && !value.includes(null)) return value;
  const found = Object.entries(value).filter(([, row]) => row !== null);
  const tellsPlaces = Array.isArray(value) || found.every(([key]) => /^\d+$/.test(key) && Number(key) < (most ?? 0));
  if (most === undefined || !tellsPlaces) return found.map(([, row]) => row);
  const rows: unknown[] = [];
  for (const [place, row] of found) rows[Number(place)] = row;
  return rows;
};

/** The rows of an answer; of a page, at their places. PHP prints a list, a map keyed by anything, one row alone, or `""` for none. Throws UPSTREAM_FAILED for what is none of these. */
const rowsIn = <Row>(place: ListPlace, answer: unknown, most?: number): { rows: Row[]; form: Page<Row>["form"] } => {
  const value = within(answer, place.at);
  if (value === "") return { rows: [], form: "list" };
  if (!isObject(value)) throw noList(place, value);
  const isSingle = !Array.isArray(value) && !isMap(value, place.columns);
  const rows = isSingle ? [value] : atPlaces(value, most);
  const [odd] = place.areObjects ? rows.filter((row) => !isObject(row)) : [];
  if (odd !== undefined) throw noList(place, odd);
  const isWhole = Array.isArray(value) && !value.includes(null);
  return { rows: rows as Row[], form: isSingle ? "single" : isWhole ? "list" : "map" };
};

const count = (...values: unknown[]): number | undefined => {
  for (const value of values) {
    const number = typeof value === "string" && value.trim() ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  }
  return undefined;
};

/** Whether a value names a page: PHP says none by null, false, 0, "0", "" or an empty list. */
const namesPage = (next: unknown): boolean =>
  isObject(next) ? Object.keys(next).length > 0 : Boolean(next) && Number(next) !== 0;

const pageIn = <Row>(
  place: ListPlace,
  answer: unknown,
  [page, limit]: readonly [page: number, limit: number] = [1, 0],
): Page<Row> => {
  const parent = place.at.length === 1 ? answer : within(answer, place.at.slice(0, -1));
  const around = isObject(parent) ? parent : {};
  const pagination = isObject(around.pagination) ? around.pagination : {};
  const next = pagination.next_page;
  const total = count(pagination.total_count, pagination.total, around.total_count, around.all_items);
  const none = total === 0 && (within(answer, place.at) ?? undefined) === undefined;
  const { rows, form } = none
    ? { rows: [], form: "list" as const }
    : rowsIn<Row>(place, answer, total === undefined ? 0 : Math.min(limit, total - (page - 1) * limit));
  const hasNext = next === undefined ? undefined : namesPage(next);
  return { rows, form, total, size: count(pagination.per_page, pagination.limit), hasNext };
};

type Member<T, K> = K extends keyof T ? NonNullable<T[K]> : never;
/** The element of a list; of a map its values, unless the contract has the same rows as a list too. */
type RowIn<T> = [Extract<T, readonly unknown[]>] extends [never]
  ? T extends Record<string, infer Row>
    ? NonNullable<Row>
    : never
  : Extract<T, readonly unknown[]>[number];

/** The type of a list's rows, by where the list stands in its answer. */
export type RowOf<O extends Operation, K, L = undefined> = RowIn<
  L extends undefined ? Member<Answer<O>, K> : Member<Member<Answer<O>, K>, L>
>;

/** What a list is asked for beside its page. */
export type ListInput<O extends Operation> = {
  [K in keyof Input<O>]: K extends "query" ? Omit<NonNullable<Input<O>[K]>, "page" | "limit" | "skip"> : Input<O>[K];
};

/**
 * The pages of a list whose rows stand at a key of its answer, or at a key within a key. Pages are asked for by number, or by the rows to
 * skip where the list wants that. A page is read in whatever form it comes; one without a list is UPSTREAM_FAILED.
 */
export const listPages =
  <
    O extends Operation,
    K extends keyof Answer<O> & string,
    L extends (keyof Member<Answer<O>, K> & string) | undefined = undefined,
  >(
    operation: O,
    key: K,
    inner?: L,
  ) =>
  (call: Call, input: ListInput<O>): Pages<RowOf<O, K, L>> => {
    const place = placeOf(operation, inner ? [key, inner] : [key]);
    const { max, tellsTotal, hasIds, bySkip } = place;
    const { query } = input as { query?: object };
    return {
      max,
      tellsTotal,
      hasIds,
      async read(page, limit) {
        const asked = bySkip ? { limit, skip: (page - 1) * limit } : { page, limit };
        try {
          return pageIn(place, await call(operation, { ...input, query: { ...query, ...asked } } as Input<O>), [page, limit]);
        } catch (error) {
          if (page === 1 || !(error instanceof UpstreamError) || error.extensions.code !== "NOT_FOUND") throw error;
          // Where the first page is there, it is the list's end that was passed.
          await this.read(1, limit);
          return { rows: [], form: "list", hasNext: false };
        }
      },
    };
  };

/** The rows that stand at a key of an answer. Throws UPSTREAM_FAILED for what is no list of them. */
export const rowsAt = <O extends Operation, K extends keyof Answer<O> & string>(operation: O, key: K, answer: Answer<O>) =>
  rowsIn<RowOf<O, K>>(placeOf(operation, [key]), answer).rows;

/** How many rows the list of an answer has. Throws UPSTREAM_FAILED where the answer does not tell it, or its own rows contradict it. */
export const totalAt = <O extends Operation, K extends keyof Answer<O> & string>(
  operation: O,
  key: K,
  answer: Answer<O>,
): number => {
  const { total, rows } = pageIn(placeOf(operation, [key]), answer);
  if (total !== undefined && total >= rows.length) return total;
  throw new UpstreamError("UPSTREAM_FAILED", `Affise's answer does not tell how many ${key} there are.`, { operation });
};

/** The rows of a list that has no pages, or its plain values. */
export const listRows = async <O extends Operation, K extends keyof Answer<O> & string>(
  call: Call,
  operation: O,
  key: K,
  ...[input]: object extends Input<O> ? [input?: Input<O>] : [input: Input<O>]
): Promise<RowOf<O, K>[]> =>
  rowsIn<RowOf<O, K>>(placeOf(operation, [key]), await call(operation, (input ?? {}) as Input<O>)).rows;

/** About so many bytes of a URL are for ids: with everything else it stays under 8 KB, which is what servers take. */
const bytesForIds = 6_000;

/** How many ids one call of a list takes: what the contract says, what a page holds, and what fits into a URL. */
export const idsPerCall = (operation: Operation, parameter?: string): number => {
  const { batch, parameters } = operationInfo(operation);
  const name = parameter ?? batch?.ids;
  if (!name) throw new Error(`The contract does not say by which ids ${operation} is asked.`);
  const [outer = "", inner] = name.split(/[[\]]/);
  const declared = parameters.find((one) => one.name === outer)?.schema;
  const ids = resolve(inner ? propertiesOf(declared)[inner] : declared);
  const isNumber = resolve(ids.items).type === "integer";
  const inUrl = Math.floor(bytesForIds / (`${name}[]=&`.length + (isNumber ? 8 : 24)));
  return Math.min(inUrl, batch?.max ?? Number.POSITIVE_INFINITY, pageLimit(operation));
};
