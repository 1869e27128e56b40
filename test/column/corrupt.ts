type Step = string | number;

/** One column of one row with something else in it. */
export interface Cell {
  row: number;
  /** Where it stands in the row. */
  path: readonly Step[];
  /** The same for all rows: places in lists and keys of maps are stars. */
  column: string;
  kind: keyof typeof replacements;
  value: unknown;
  original: unknown;
}

const replacements = {
  null: () => null,
  empty: () => "",
  list: () => [],
  map: () => ({}),
  number: (original: unknown) => (typeof original === "number" ? String(original) : "17"),
  word: () => "zzz",
};

/** What may stand in a row. */
export type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is object => value !== null && typeof value === "object";

const steps = (value: object): [Step, unknown][] => (Array.isArray(value) ? [...value.entries()] : Object.entries(value));

/** Keys that are data and no names: numbers, country codes, ids, whatever has capitals or blanks. */
const star = (step: Step) =>
  typeof step === "number" || !/^[a-z$_][a-zA-Z_]*\d{0,2}$/.test(step) || step.length < 3 ? "*" : step;

const general = (path: readonly Step[]) =>
  path.map((step, place) => (place === 0 && typeof step === "string" ? step : star(step))).join(".");

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Batches of cells, at most one a row: each column of the rows comes up once with each replacement, wherever it stands fullest. Columns
 * that were broken before are left out, and noted.
 */
export const batchesOf = (rows: readonly Json[], deepest: number, broken: Set<string>): Map<number, Cell>[] => {
  const places = new Map<string, { row: number; path: Step[]; original: unknown }[]>();
  const walk = (row: number, value: unknown, path: Step[]): void => {
    if (path.length) {
      const column = general(path);
      const found = places.get(column) ?? [];
      places.set(column, found);
      // One row after the other is walked: what it has had before stands last.
      if (found.at(-1)?.row !== row) found.push({ row, path, original: value });
    }
    if (isObject(value) && path.length < deepest) for (const [step, inner] of steps(value)) walk(row, inner, [...path, step]);
  };
  rows.forEach((row, index) => {
    walk(index, row, []);
  });

  const fresh = [...places].filter(([column]) => !broken.has(column));
  for (const [column] of fresh) broken.add(column);
  const wishes = fresh.flatMap(([column, found]) => {
    const sized = found.map((place) => ({ place, size: JSON.stringify(place.original).length }));
    const all = sized.sort((a, b) => b.size - a.size).map(({ place }) => place);
    return (Object.keys(replacements) as Cell["kind"][]).map((kind) => {
      const cells = all.map((place): Cell => ({ ...place, column, kind, value: replacements[kind](place.original) }));
      return cells.filter(({ value, original }) => !isSame(value, original)).slice(0, 12);
    });
  });
  const batches: Map<number, Cell>[] = [];
  for (const options of wishes.toSorted((a, b) => a.length - b.length)) {
    if (!options.length) continue;
    let batch = batches.find((one) => options.some(({ row }) => !one.has(row)));
    if (!batch) {
      batch = new Map();
      batches.push(batch);
    }
    const taken = batch;
    const chosen = options.find(({ row }) => !taken.has(row));
    if (chosen) batch.set(chosen.row, chosen);
  }
  return batches;
};

/** Puts the cell's value where it belongs. */
export const corrupt = (row: unknown, { path, value }: Cell): void => {
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<Step, unknown>)[step], row);
  (holder as Record<Step, unknown>)[path.at(-1) ?? ""] = value;
};

/** The paths at which two answers differ, as deep as both have the same form. */
export const differences = (before: unknown, now: unknown, path: readonly Step[] = []): (readonly Step[])[] => {
  if (!isObject(before) || !isObject(now)) return before === now ? [] : [path];
  if (Array.isArray(before) !== Array.isArray(now)) return [path];
  if (Array.isArray(before) && before.length !== (now as unknown[]).length) return [path];
  return steps(before).flatMap(([step, value]) => differences(value, (now as Record<Step, unknown>)[step], [...path, step]));
};
