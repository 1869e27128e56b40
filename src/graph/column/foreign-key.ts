import { GraphQLError } from "graphql";
import { quoted } from "../../affise/error/quoted.js";
import { isJsonObject } from "../../contract/json.js";
import type { Load } from "../../loaders.js";
import { firstSaid, isHexId, list, number, record, text } from "./decode.js";
import { nullIfNotFound } from "./failure.js";
import type { AdvertiserRow, AffiliateRow, ConversionRow, OfferRow, UserRow } from "./row.js";

const noId = (value: unknown) =>
  new GraphQLError(`Affise printed ${quoted(value)} where an id should be.`, { extensions: { code: "UPSTREAM_FAILED" } });

/**
 * The number of another row, out of a column; null where it names none. What is no id must not reach a loader: the contract would refuse
 * the whole batch, and with it what other rows asked for.
 */
export const numberIn = (value: unknown): number | null => {
  const id = number(value);
  if (id === null || id === 0) return null;
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw noId(value);
};

/** As `numberIn`, for ids of 24 hex digits. */
export const hexIn = (value: unknown): string | null => {
  const id = text(value);
  if (id === null || id === "0") return null;
  if (isHexId(id)) return id;
  throw noId(value);
};

/** The number that a row itself has, to read more of it by. Throws where it lost it. */
export const ownNumber = (value: unknown): number => {
  const id = numberIn(value);
  if (id === null) throw noId(value);
  return id;
};

/** As `ownNumber`, for ids of 24 hex digits. */
export const ownHex = (value: unknown): string => {
  const id = hexIn(value);
  if (id === null) throw noId(value);
  return id;
};

/** The rows that columns name, by the loaders that read them. */
interface Rows {
  conversion: ConversionRow;
  offer: OfferRow;
  affiliate: AffiliateRow;
  advertiser: AdvertiserRow;
  user: UserRow;
}

type Kind = keyof Rows;

/** Users are named by their names, too, where the column promises no id: those tell nobody. */
const readId = (kind: Kind, column: string, value: unknown): string | number | null => {
  if (kind === "offer" || kind === "affiliate") return numberIn(value);
  if (kind === "user" && !column.endsWith("_id") && !isHexId(text(value) ?? "")) return null;
  return hexIn(value);
};

const finders: { [K in Kind]: (load: Load, id: string | number) => Promise<Rows[K] | null> } = {
  conversion: (load, id) => nullIfNotFound(load.conversion.load(String(id))),
  offer: (load, id) => load.offer.load(Number(id)),
  affiliate: (load, id) => load.affiliate.load(Number(id)),
  advertiser: (load, id) => load.advertiser.load(String(id)),
  user: (load, id) => load.user.load(String(id)),
};

/** The id in a column: bare, in an object that has one, or in the older form of the database's ids. */
const named = (value: unknown): unknown => (isJsonObject(value) ? (value.id ?? value.$id) : value);

/** What names another row in a column that has it as an object, or its id alone. */
export const idIn = (value: unknown): unknown => (value !== null && typeof value === "object" ? record(value)?.id : value);

/** What stands there, of a list its only one: of several none is the one. */
const onlyIn = (value: unknown): unknown => (Array.isArray(value) ? (value.length === 1 ? value[0] : null) : value);

type Columns<C extends string> = { readonly [Column in C]?: unknown };

/** Whom the fields name that are called otherwise than what they name. */
const kinds = {
  conversion: "conversion",
  offer: "offer",
  affiliate: "affiliate",
  referrer: "affiliate",
  referral: "affiliate",
  advertiser: "advertiser",
  user: "user",
  manager: "user",
  affiliateManager: "user",
  advertiserManager: "user",
} as const satisfies Record<string, Kind>;

type Name = keyof typeof kinds;

type IdReader<C extends string> = (row: Columns<C>) => string | number | null;

type RowReader<K extends Kind, C extends string> = (
  row: Columns<C>,
  args: unknown,
  context: { load: Load },
) => Promise<Rows[K] | null> | null;

type ForeignKey<N extends Name, C extends string> = Record<`${N}Id`, IdReader<C>> & Record<N, RowReader<(typeof kinds)[N], C>>;

/**
 * The two fields of another row that the first of some columns names: by a bare id or by an object that has one, or by a list of one.
 * `offerId` is the id as it stands here: no call. `offer` is the row; where Affise has it no longer, what Affise printed of it here, its id
 * and its title among it, and null where that was the id alone.
 */
export const foreignKey = <N extends Name, C extends string>(name: N, ...columns: C[]): ForeignKey<N, C> => {
  const kind: Kind = kinds[name];
  const idOf: IdReader<C> = (row) => {
    for (const column of columns) {
      const id = readId(kind, column, named(onlyIn(row[column])));
      if (id !== null) return id;
    }
    return null;
  };
  const printed = (row: Columns<C>) =>
    record(columns.map((column) => onlyIn(row[column])).find((value) => isJsonObject(value) && Object.keys(value).length > 1));
  const find: RowReader<Kind, C> = (row, _, { load }) => {
    const id = idOf(row);
    if (id === null) return null;
    // Read now: what waits for the other row must not hold this one, and with it the answer it came in.
    const shown = printed(row);
    const found: Promise<Rows[Kind] | null> = finders[kind](load, id);
    return shown ? found.then((row) => row ?? { id, ...shown }) : found;
  };
  return { [`${name}Id`]: idOf, [name]: find } as ForeignKey<N, C>;
};

/** The rows of a list of keys that lead somewhere. */
export const found = <Row>(rows: readonly (Row | null)[]): Row[] => rows.filter((row) => row !== null);

/** The numbers that a list names, bare or in objects. */
export const numbersIn = (column: unknown): number[] | null => {
  const isOne = isJsonObject(column) && "id" in column;
  const all = (isOne ? [column] : list(column))?.map((one) => numberIn(named(one)));
  return all ? found(all) : null;
};

/** The ids of the offers or affiliates that a column names, by bare number or by objects that have one: no call. */
export const idsIn = (column: unknown): string[] | null => numbersIn(column)?.map(String) ?? null;

/** The rows that some columns name by number. */
type Numbered = Pick<Rows, "offer" | "affiliate">;

/** The offers or affiliates that a column names, by bare number or by objects that have one; a number that leads nowhere is left out. */
export const rowsIn = <K extends keyof Numbered>(load: Load, kind: K, column: unknown): Promise<Numbered[K][] | null> => {
  const ids = numbersIn(column);
  const loader: Pick<Load[K], "loadMany"> = load[kind];
  return ids ? loader.loadMany(ids).then((rows) => found(rows as (Numbered[K] | null)[])) : Promise.resolve(null);
};

type ForeignKeys<K extends keyof Numbered, N extends string, C extends string> = Record<
  `${N}Ids`,
  (row: Columns<C>) => string[] | null
> &
  Record<`${N}s`, (row: Columns<C>, args: unknown, context: { load: Load }) => Promise<Numbered[K][] | null>>;

const foreignKeys =
  <K extends keyof Numbered>(kind: K) =>
  <N extends string, C extends string>(name: N, ...columns: C[]): ForeignKeys<K, N, C> => {
    const printed = (row: Columns<C>) => firstSaid(...columns.map((column) => row[column]));
    return {
      [`${name}Ids`]: (row: Columns<C>) => idsIn(printed(row)),
      [`${name}s`]: (row: Columns<C>, _: unknown, { load }: { load: Load }) => rowsIn(load, kind, printed(row)),
    } as ForeignKeys<K, N, C>;
  };

/**
 * As `foreignKey`, of a list of affiliates: `enabledAffiliateIds` are the ids as they stand in the first of some columns that says something,
 * `enabledAffiliates` the rows.
 */
export const affiliateKeys = foreignKeys("affiliate");

/** As `affiliateKeys`, of offers. */
export const offerKeys = foreignKeys("offer");
