import { mergeRows } from "../../affise/list/statistics-merge.js";
import { record } from "../column/decode.js";
import type { FiguresRow } from "../column/row.js";

/** Rows as a single one, added up; zeros where there are none. */
export const together = (rows: readonly unknown[] | null): FiguresRow =>
  rows?.length ? mergeRows(rows.map((row) => record(row) ?? {})) : { traffic: { raw: 0, uniq: 0 }, actions: {} };
