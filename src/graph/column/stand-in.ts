const why = Symbol("why");

/** A row that could not be read, of which only these columns are known: every field that they do not tell fails with the reason. */
export const standIn = <Row extends object>(known: Row, reason: unknown): Row => Object.assign({ ...known }, { [why]: reason });

/** Why a row that stands in could not be read; undefined for any other. */
const reasonOf = (row: unknown): { reason: unknown } | undefined =>
  row !== null && typeof row === "object" && why in row ? { reason: row[why] } : undefined;

const orThrow = (value: unknown, instead: { reason: unknown } | undefined): unknown => {
  if (instead && (value === null || value === undefined)) throw instead.reason;
  return value;
};

/** A field's value, or a promise of it; where a row that stands in has none, throws why the whole row could not be read. A promise does not hold the row. */
export const orReason = (row: unknown, value: unknown): unknown => {
  if (!(value instanceof Promise)) return value === null || value === undefined ? orThrow(value, reasonOf(row)) : value;
  const instead = reasonOf(row);
  return instead ? value.then((found) => orThrow(found, instead)) : value;
};
