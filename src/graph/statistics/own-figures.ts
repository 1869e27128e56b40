import { mergeRows } from "../../affise/list/statistics-merge.js";
import { record } from "../column/decode.js";
import type { FiguresRow } from "../column/row.js";
import { figures } from "./statistics-figures.js";

/** Rows of one key's own figures as a single row, added up. */
export const together = (rows: readonly unknown[] | null): FiguresRow =>
  figures(rows?.length ? mergeRows(rows.map((row) => record(row) ?? {})) : null);
