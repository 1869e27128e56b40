import { expect } from "vitest";
import { openWorld } from "../world/world.js";

/** The days that tasks look at. */
export const days = 'from: "2025-12-01", to: "2026-03-01"';

/** Numbers added up. */
export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The ids of rows. */
export const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

/** An offer with its caps. */
export interface Capped {
  id: string;
  caps: { period: string; value: number; usage: { percent: number } | null }[];
}

/** A conversion as lists show it. */
export interface Conversion {
  id: string;
  status: string;
  clickId: string;
  advertiserId: string;
  createdAt: string;
}

/** A sandbox for the tasks of a day, and the ways to ask it. Close its world after use. */
export const openDay = async () => {
  const world = await openWorld({
    offers: 120,
    affiliates: 40,
    advertisers: 12,
    conversions: 1500,
    ugly: [],
    now: new Date("2026-03-01T12:00:00Z"),
  });

  /** The answer of one question, and the REST calls it took. */
  const ask = async <T>(query: string, variables?: Record<string, unknown>): Promise<{ found: T; calls: string[] }> => {
    const { data, errors, calls } = await world.askCounting(query, { variables });
    expect(errors).toBeUndefined();
    return { found: data as T, calls };
  };

  /** All rows of a list. */
  const all = async <T>(list: string, fields: string): Promise<T[]> => {
    const [name, args = ""] = list.split(/\((.*)\)$/s);
    const { found } = await ask<{ list: { nodes: T[] } }>(
      `{ list: ${name}(first: 10000${args && `, ${args}`}) { nodes { ${fields} } } }`,
    );
    expect(found.list.nodes.length).toBeGreaterThan(0);
    return found.list.nodes;
  };

  /** Makes a change of many things, which has to be done for all of them; how many they were. */
  const done = async (mutation: string, variables?: Record<string, unknown>): Promise<number> => {
    const { found } = await ask<Record<string, { results: { outcome: string; error: unknown }[] }>>(mutation, variables);
    const results = Object.values(found).flatMap((one) => one.results);
    expect(results.filter(({ outcome }) => outcome !== "DONE")).toEqual([]);
    return results.length;
  };

  const conversions = () => all<Conversion>(`conversions(${days})`, "id status clickId advertiserId createdAt");

  return { world, ask, all, done, conversions };
};
