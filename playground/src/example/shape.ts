/** A row of a `find` query's list. */
export interface Found {
  id: string;
  [field: string]: unknown;
}

/** What an example's variables are made from. */
export interface Given {
  today: Date;
  /** The rows that the example's `find` query came back with, by the alias of each list; empty where it was not asked. */
  rows(alias: string): Found[];
  /** The ids of these rows. */
  ids(alias: string): string[];
}

/** A task that people have, and the GraphQL for it. */
export interface Example {
  title: string;
  /** One sentence on what it does. */
  about: string;
  /** Who may run it, in words. */
  who: string;
  /** Whose keys may run it. */
  keys: readonly ("User" | "Affiliate" | "Advertiser")[];
  query: string;
  /** A query that finds the ids to fill in: lists under aliases of their own, each with `nodes` that have an `id`. */
  find?: string;
  variables?: (given: Given) => Record<string, unknown>;
  /** How its answer reads best; as JSON unless told. */
  view?: "table" | "chart";
  /** The column to sort the table by, largest first. */
  sort?: string;
}

export const everyKey = ["User", "Affiliate", "Advertiser"] as const;
export const networkUsers = ["User"] as const;

const dayText = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

/** Some days before today, as 2026-01-31. */
export const daysAgo = (today: Date, days: number): string =>
  dayText(new Date(today.getFullYear(), today.getMonth(), today.getDate() - days));

/** The first of this month, as 2026-01-01. */
export const monthStart = (today: Date): string => dayText(new Date(today.getFullYear(), today.getMonth(), 1));
