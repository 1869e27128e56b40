const why = Symbol("why");

/** A row that could not be read, of which only these columns are known: every field that they do not tell fails with the reason. */
export const standIn = <Row extends object>(known: Row, reason: unknown): Row => Object.assign({ ...known }, { [why]: reason });

/** A field's value; where a row that stands in has none, throws why the whole row could not be read. */
export const orReason = (row: unknown, value: unknown): unknown => {
  if (value === null || value === undefined) {
    if (row !== null && typeof row === "object" && why in row) throw row[why];
  }
  return value;
};
