import type { World } from "../world/world.js";
import { everyLeaf } from "./leaf.js";

/** One noun, as one REST operation prints it. */
export interface ColumnCase {
  name: string;
  /** What prints the rows. */
  operation: string;
  /** Where the rows stand in its answer. */
  at: string;
  /** Which of its calls, where a query makes several; all unless told. */
  isOurs?(url: URL): boolean;
  /** For operations that print one row: which of the ids it is about. */
  ids?: readonly string[];
  /** For lists of rows about some of the ids: the column that says which. */
  about?: string;
  /** The row's own id, where it is not called so. */
  ownId?: string;
  /** True where the field prints the column as it came. */
  isVerbatim?: boolean;
  /** What reads the rows: a column is broken once for each. */
  reader: string;
  /** True where the answer has one row and no list. */
  isAlone?: boolean;
  /** Where the rows stand in the GraphQL answer; aliases r0, r1 … where there is a list of queries. */
  rows: string;
  query: string;
  key?: string;
  /** Fields that are FORBIDDEN to this kind of key. */
  forbidden?: readonly string[];
  deepest?: number;
  /** The same over so many rows, for who asks each case again and again. */
  over?(first: number): ColumnCase;
}

/** The sandbox's clock stands at noon of the last day; six months is what statistics take at the most. */
export const days = `from: "2025-12-01", to: "2026-03-01"`;
/** Clicks are asked for a week at the most. */
export const week = `from: "2026-02-22", to: "2026-03-01"`;

interface Listed {
  field: string;
  type: string;
  operation: string;
  at: string;
  name?: string;
  first?: number;
  args?: string;
  /** The kind of caller whose own view it is: it stands under viewer then. */
  inside?: "User" | "Affiliate" | "Advertiser";
  key?: string;
  without?: readonly string[];
  /** Fields beside every leaf, or instead of it. */
  more?: string;
  selection?: string;
  forbidden?: ColumnCase["forbidden"];
  ownId?: string;
  isVerbatim?: boolean;
  reader?: string;
  deepest?: number;
}

const wrapped = (text: string, inside: Listed["inside"]) =>
  inside ? `{ viewer { ... on ${inside} { ${text} } } }` : `{ ${text} }`;

const chosen = ({ type, without, more = "", selection }: Listed, details = false) =>
  `${selection ?? `${details ? "id " : ""}${everyLeaf(type, { details, without })}`} ${more}`;

const common = ({ field, type, operation, at, name = field, key, forbidden, deepest, ownId, isVerbatim, reader }: Listed) => ({
  reader: reader ?? `${type} ${key}`,
  ownId,
  isVerbatim,
  name,
  operation,
  at,
  key,
  forbidden,
  deepest,
});

/** How many rows are asked for where a case does not say it. */
const usual = 37;

/** The rows of a connection. */
export const connection = (one: Listed): ColumnCase => {
  const { field, args = "", inside, first = usual } = one;
  return {
    ...common(one),
    over: one.first === undefined ? (fewer) => connection({ ...one, first: fewer }) : undefined,
    isOurs: ({ searchParams }) => !searchParams.has("limit") || searchParams.get("limit") === String(first),
    rows: `${inside ? "viewer." : ""}${field}.nodes`,
    query: wrapped(`${field}(first: ${first}${args && `, ${args}`}) { nodes { ${chosen(one)} } }`, inside),
  };
};

/** The rows of a plain list. */
export const list = (one: Listed): ColumnCase => {
  const { field, args = "", inside } = one;
  return {
    ...common(one),
    rows: `${inside ? "viewer." : ""}${field}`,
    query: wrapped(`${field}${args && `(${args})`} { ${chosen(one)} }`, inside),
  };
};

interface Single extends Listed {
  ids: readonly string[];
  /** Only what the single row tells, without what the list tells too. */
  details?: boolean;
}

/** Single rows by their ids, side by side. What the list prints too was broken there, and is read there. */
export const single = (one: Single): ColumnCase => {
  const { field, ids, inside, details } = one;
  const asked = ids.map((id, index) => `r${index}: ${field}(id: "${id}") { ${chosen(one, details)} }`).join(" ");
  return {
    ...common({
      ...one,
      name: one.name ?? `single ${field}`,
    }),
    ids,
    rows: inside ? "viewer" : "",
    query: wrapped(asked, inside),
  };
};

/** One row that stands alone: whoever asks. */
export const alone = (one: Omit<Listed, "field"> & { name: string; inside: string }): ColumnCase => ({
  ...common({ ...one, field: one.name } as Listed),
  isAlone: true,
  rows: "viewer",
  query: wrapped(chosen({ ...one, field: one.name } as Listed), one.inside as Listed["inside"]),
});

/** The ids of a list's first rows. */
export const idsOf = async ({ ask }: World, field: string, first = 12): Promise<string[]> => {
  const { data } = await ask(`{ ${field}(first: ${first}) { nodes { id } } }`);
  return (data[field] as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
};
