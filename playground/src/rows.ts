/** A row of a list answer, its nested values flattened: path → value, or one value for each item of a nested list. */
export type Row = Record<string, Cell>;
export type Scalar = string | number | boolean | null;
export type Cell = Scalar | Scalar[];

/** A list found in an answer. */
export interface List {
  /** Where it stands, such as `advertiser.offers`. */
  path: string;
  columns: string[];
  rows: Row[];
  /** The columns that are lists of objects, such as `caps`: their fields are columns with a value for each item. */
  nests: string[];
}

type Obj = Record<string, unknown>;

const isObject = (value: unknown): value is Obj => typeof value === "object" && value !== null && !Array.isArray(value);

const asScalar = (value: unknown): Scalar =>
  value === null || value === undefined ? null : typeof value === "object" ? JSON.stringify(value) : (value as Scalar);

/** The items of a list or of a connection; undefined for anything else. */
const itemsOf = (value: unknown): unknown[] | undefined => {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.nodes)) return value.nodes;
  if (Array.isArray(value.edges)) return value.edges.map((edge) => (isObject(edge) ? edge.node : edge));
  return undefined;
};

interface Flat {
  row: Row;
  nests: Set<string>;
}

const flattenItems = (items: unknown[], path: string, { row, nests }: Flat): void => {
  if (!items.some(isObject)) {
    row[path] = items.map(asScalar).join(", ") || null;
    return;
  }
  nests.add(path);
  const flat = items.map((item) => flatten(item).row);
  for (const column of new Set(flat.flatMap((one) => Object.keys(one)))) {
    const cells = flat.map((one) => one[column] ?? null);
    row[`${path}.${column}`] = cells.map((cell) => (Array.isArray(cell) ? cell.join(", ") : cell));
  }
};

const flattenInto = (value: Obj, prefix: string, flat: Flat): void => {
  for (const [name, inner] of Object.entries(value)) {
    if (name === "__typename") continue;
    const path = prefix ? `${prefix}.${name}` : name;
    const items = itemsOf(inner);
    if (items) flattenItems(items, path, flat);
    else if (isObject(inner)) flattenInto(inner, path, flat);
    else flat.row[path] = asScalar(inner);
  }
};

const flatten = (value: unknown): Flat => {
  const flat: Flat = { row: {}, nests: new Set() };
  if (isObject(value)) flattenInto(value, "", flat);
  return flat;
};

const collect = (value: Obj, prefix: string, found: List[]): void => {
  for (const [name, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${name}` : name;
    const items = itemsOf(inner);
    if (items?.some(isObject)) {
      const flat = items.map(flatten);
      const rows = flat.map(({ row }) => row);
      const nests = [...new Set(flat.flatMap((one) => [...one.nests]))];
      found.push({ path, rows, nests, columns: tidy([...new Set(rows.flatMap((row) => Object.keys(row)))]) });
    } else if (isObject(inner)) collect(inner, path, found);
  }
};

// An object that is null in some row leaves its bare name as a column beside the columns of its fields.
const tidy = (columns: string[]): string[] =>
  columns.filter((column) => !columns.some((other) => other.startsWith(`${column}.`)));

/** The lists of an answer, outermost only: a list inside a row is flattened into the row. */
export const listsIn = (data: unknown): List[] => {
  const found: List[] = [];
  if (isObject(data)) collect(data, "", found);
  return found;
};

const wrappers = new Set(["slice", "figures", "statistics", "conversions"]);

/** The shortest heading that tells a column from the others. */
export const headingOf = (column: string, columns: readonly string[]): string => {
  const parts = column.split(".");
  const meaningful = parts.filter((part, index) => index === parts.length - 1 || !wrappers.has(part));
  const short = meaningful.slice(-2).join(".");
  const clash = columns.some((other) => {
    if (other === column) return false;
    const others = other.split(".");
    return (
      others
        .filter((part, index) => index === others.length - 1 || !wrappers.has(part))
        .slice(-2)
        .join(".") === short
    );
  });
  const spoken = (clash ? parts : meaningful.slice(-2)).join(" ");
  return spoken.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
};

/** The number to sort or draw by: the largest where there are several. */
export const numberIn = (cell: Cell | undefined): number | undefined => {
  const numbers = (Array.isArray(cell) ? cell : [cell]).filter((one): one is number => typeof one === "number");
  return numbers.length ? Math.max(...numbers) : undefined;
};

/** The rows with one row for each item of a nested list, so that the items can be sorted. */
export const perItem = ({ rows, columns }: List, nest: string): Row[] => {
  const inner = columns.filter((column) => column.startsWith(`${nest}.`));
  return rows.flatMap((row) => {
    const items = Math.max(0, ...inner.map((column) => (Array.isArray(row[column]) ? row[column].length : 0)));
    return Array.from({ length: items }, (_, index) => {
      const own = inner.map((column) => [column, Array.isArray(row[column]) ? (row[column][index] ?? null) : null]);
      return { ...row, ...(Object.fromEntries(own) as Row) };
    });
  });
};
