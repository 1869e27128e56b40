import { Kind, parse, visit } from "graphql";
import { isJsonObject } from "../json-object.js";

/** How much of a connection is there, and where it goes on. */
export interface Page {
  /** Undefined where Affise does not tell. */
  totalCount: number | undefined;
  hasNextPage: boolean;
  endCursor: string | undefined;
}

type Obj = Record<string, unknown>;

const totalAlias = "pageTotal_";
const infoAlias = "pageInfo_";
const asked = ` ${totalAlias}: totalCount ${infoAlias}: pageInfo { hasNextPage endCursor } `;

/** The query, asking each of its connections how much there is, too. Aliases of our own go in before closing braces, so that the text keeps its lines. */
export const withPageInfo = (query: string): string => {
  const ends: number[] = [];
  try {
    visit(parse(query), {
      enter: (node) => {
        if (node.kind !== Kind.SELECTION_SET || !node.loc) return;
        const rows = node.selections.some((one) => one.kind === Kind.FIELD && /^(nodes|edges)$/.test(one.name.value));
        if (rows) ends.push(node.loc.end - 1);
      },
    });
  } catch {
    return query;
  }
  return ends.sort((left, right) => right - left).reduce((text, end) => text.slice(0, end) + asked + text.slice(end), query);
};

const told = new WeakMap<object, Page>();

const readPage = (total: unknown, info: unknown): Page | undefined => {
  const { hasNextPage, endCursor } = isJsonObject(info) ? info : {};
  const totalCount = typeof total === "number" ? total : undefined;
  if (totalCount === undefined && typeof hasNextPage !== "boolean") return undefined;
  return { totalCount, hasNextPage: hasNextPage === true, endCursor: typeof endCursor === "string" ? endCursor : undefined };
};

/** Takes out of an answer what `withPageInfo` put in; `pageOf` tells it from then on. Yields now and then: an answer may be long. */
export function* takePageInfo(value: unknown): Generator<undefined, void> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (typeof item !== "object") return;
      if (index % 500 === 499) yield;
      yield* takePageInfo(item);
    }
    return;
  }
  if (!isJsonObject(value)) return;
  if (infoAlias in value) {
    const page = readPage(value[totalAlias], value[infoAlias]);
    delete value[totalAlias];
    delete value[infoAlias];
    if (page) told.set(value, page);
  }
  for (const key in value) if (typeof value[key] === "object") yield* takePageInfo(value[key]);
}

/** What is known of a connection's page: as it was asked beside the query, or as the answer itself tells. */
export const pageOf = (connection: object): Page | undefined => {
  const { totalCount, pageInfo } = connection as Obj;
  return told.get(connection) ?? readPage(totalCount, pageInfo);
};

const joined = (one: unknown, other: unknown): unknown => (Array.isArray(one) && Array.isArray(other) ? [...one, ...other] : one);

/** A connection with the rows of its next page behind its own. */
export const withNextPage = (connection: object, next: object): object => {
  const [own, more] = [connection as Obj, next as Obj];
  const both = { ...own, ...more };
  for (const key of ["nodes", "edges"]) if (key in own) both[key] = joined(own[key], more[key]);
  const page = pageOf(next);
  if (page) told.set(both, page);
  return both;
};

type Path = readonly (string | number)[];

const isBelow = (path: Path, upper: Path): boolean => upper.every((part, index) => path[index] === part);

/**
 * The errors of an answer as they would be without what the page asked for itself: what cost nothing but the page's own fields is dropped,
 * what cost a connection is told of the connection, once, unless an error of the query's own tells it already.
 */
export const withoutPageInfo = <T extends { path?: (string | number)[] }>(errors: readonly T[], data: unknown): T[] => {
  const ownAt = ({ path }: T): number => path?.findIndex((part) => part === totalAlias || part === infoAlias) ?? -1;
  const kept = errors.filter((error) => ownAt(error) < 0);
  for (const error of errors) {
    const at = ownAt(error);
    if (at < 0) continue;
    const path = error.path?.slice(0, at) ?? [];
    const connection = path.reduce<unknown>((value, part) => (value as Obj | null | undefined)?.[part], data);
    const isTold = kept.some((other) => isBelow(other.path ?? [], path));
    if (!isJsonObject(connection) && !isTold) kept.push({ ...error, path });
  }
  return kept;
};
