import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType, isObjectType } from "graphql";
import { camel } from "../../affise/error/caller-words.js";
import type { Pages } from "../../affise/list/list.js";
import { pagesOf, wholeList } from "../../affise/list/whole-list.js";
import type { Context } from "../../context.js";

/** How a list is to be sorted: by a field of its rows, in the inner word of an enum's value. */
export interface Order {
  field: string;
  /** Upwards unless told. */
  direction?: "asc" | "desc" | undefined;
}

const rowsOf = ({ returnType }: GraphQLResolveInfo): GraphQLObjectType | undefined => {
  const list = getNamedType(returnType);
  const row = isObjectType(list) ? getNamedType(list.getFields().nodes?.type) : undefined;
  return isObjectType(row) ? row : undefined;
};

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

const compared = (one: unknown, other: unknown): number =>
  typeof one === "number" && typeof other === "number" ? one - other : words.compare(String(one), String(other));

/** Rows by what a field of theirs tells, those without it last whichever way; equal ones stay as they were. */
const sorted = async <Row>(rows: readonly Row[], { field, direction }: Order, context: Context, info: GraphQLResolveInfo) => {
  const told = rowsOf(info)?.getFields()[camel(field)];
  const tell = async (row: Row) => {
    try {
      return ((await told?.resolve?.(row, {}, context, info)) ?? null) as unknown;
    } catch {
      // What cannot be read is told where it is selected; here it is not known.
      return null;
    }
  };
  const keyed = await Promise.all(rows.map(async (row) => ({ row, key: await tell(row) })));
  const sign = direction === "desc" ? -1 : 1;
  const byKey = (one: unknown, other: unknown) => {
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * compared(one, other);
  };
  return keyed.sort((one, other) => byKey(one.key, other.key)).map(({ row }) => row);
};

/**
 * A list that Affise cannot sort, sorted by a field of its rows: the whole of it is read at the first look, and windows of it cost no further
 * call. Without an order it is as it was. Reading throws BAD_USER_INPUT naming `orderBy` where there are more than ten thousand rows.
 */
export const inOrder = <Row>(
  pages: Pages<Row>,
  orderBy: Order | undefined,
  context: Context,
  info: GraphQLResolveInfo,
): Pages<Row> => {
  if (!orderBy) return pages;
  let all: Promise<Row[]> | undefined;
  return pagesOf(() => {
    all ??= wholeList(pages, "orderBy").then((rows) => sorted(rows, orderBy, context, info));
    return all;
  });
};
