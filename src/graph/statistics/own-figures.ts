import { number, record } from "../column/decode.js";
import type { FiguresRow } from "../column/row.js";
import { figures } from "./statistics.js";

type Amounts = Record<string, number>;

const added = (rows: readonly unknown[]): Amounts => {
  const sums: Amounts = {};
  for (const row of rows)
    for (const [name, value] of Object.entries(record(row) ?? {})) sums[name] = (sums[name] ?? 0) + (number(value) ?? 0);
  return sums;
};

/** Rows of one key's own figures as a single row. Of rates and averages nothing can be said once there are several rows. */
export const together = (rows: readonly unknown[] | null): FiguresRow => {
  const [only, ...more] = rows ?? [];
  if (!more.length) return figures(only ?? null);
  const all = (rows ?? []).map((row) => record(row) ?? {});
  const statuses = [...new Set(all.flatMap((row) => Object.keys(record(row.actions) ?? {})))];
  return {
    traffic: added(all.map((row) => row.traffic)),
    actions: Object.fromEntries(statuses.map((status) => [status, added(all.map((row) => record(row.actions)?.[status]))])),
  };
};
