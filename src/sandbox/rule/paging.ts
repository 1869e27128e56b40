import type { Row } from "../model/row.js";

/** Which page is asked for, and how many rows a page has: the first hundred unless told. */
export interface Window {
  page?: number;
  limit?: number;
}

interface Page<T> {
  rows: T[];
  pagination: Row & { per_page: number; total_count: number; page: number; next_page?: number };
}

/** One page of a list. Past the last page it is empty. */
export const page = <T>(list: readonly T[], { page: number = 1, limit = 100 }: Window): Page<T> => ({
  rows: list.slice((number - 1) * limit, number * limit),
  pagination: { per_page: limit, total_count: list.length, page: number },
});

/** One page whose counter also names the next page; the last page leaves it out. */
export const pageWithNext = <T>(list: readonly T[], window: Window): Page<T> => {
  const { rows, pagination } = page(list, window);
  const isLast = pagination.page * pagination.per_page >= list.length;
  return { rows, pagination: isLast ? pagination : { ...pagination, next_page: pagination.page + 1 } };
};

/** One page in the form that payments and ad costs use. */
export const pageWithLimit = <T>(list: readonly T[], window: Window): { rows: T[]; pagination: Record<string, number> } => {
  const { rows, pagination } = page(list, window);
  return { rows, pagination: { page: pagination.page, limit: pagination.per_page, total: list.length } };
};

/** The counter of lists that cannot be paged. */
export const wholeList = (count: number): { per_page: number; total_count: number; page: number } => ({
  per_page: 2147483647,
  total_count: count,
  page: 1,
});

/** The answer of a list: the rows of a page as they are printed, under the list's own name. */
export const listed = <T>(
  name: string,
  { rows, pagination }: { rows: readonly T[]; pagination: Row },
  print: (row: T) => unknown = (row) => row,
): Row => ({ status: 1, [name]: rows.map((row) => print(row)), pagination });

/** Sorts by a value, upwards or downwards; rows without a value come last. */
export const sorted = <T>(
  list: readonly T[],
  value: (row: T) => string | number | null | undefined,
  direction: "asc" | "desc" = "asc",
): T[] => {
  const sign = direction === "desc" ? -1 : 1;
  const keyed = list.map((row) => ({ row, key: value(row) }));
  keyed.sort((left, right) => {
    if (left.key === right.key) return 0;
    if (left.key === null || left.key === undefined) return 1;
    if (right.key === null || right.key === undefined) return -1;
    return left.key < right.key ? -sign : sign;
  });
  return keyed.map(({ row }) => row);
};

/** True when nothing is asked for, or the value is what is asked for or one of several. */
export const among = <T extends string | number | null>(wanted: T | readonly T[] | undefined, value: T): boolean =>
  Array.isArray(wanted) ? !wanted.length || wanted.includes(value) : wanted === undefined || wanted === value;

/** True when no values are asked for, or some of them are there. */
export const anyAmong = <T>(wanted: readonly T[] | undefined, present: readonly T[]): boolean =>
  !wanted?.length || wanted.some((one) => present.includes(one));

export const includesText = (text: string | null | undefined, part: string): boolean =>
  (text ?? "").toLowerCase().includes(part.toLowerCase());
