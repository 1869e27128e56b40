/** A JSON object on its way out. */
export type Row = Record<string, unknown>;
