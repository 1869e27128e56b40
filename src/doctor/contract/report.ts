import { z } from "zod";

const size = z.tuple([z.number().int(), z.number().int()]);

const column = z.strictObject({
  types: z.record(z.string(), z.record(z.string(), size)),
  /** The contract says nothing of it. */
  undeclared: z.boolean().optional(),
  /** Not every row has it. */
  sometimes: z.boolean().optional(),
});

const difference = z.strictObject({
  kind: z.enum(["unknown", "missing", "type", "word", "page", "envelope", "refused"]),
  path: z.string(),
  /** In how many places it was seen. */
  rows: z.number().int(),
  expected: z.array(z.string()).optional(),
  seen: z.array(z.string()).optional(),
  words: z.array(z.string()).optional(),
  /** How many words are not told, since they may be somebody's text. */
  withheld: z.number().int().optional(),
});

const operation = z.strictObject({
  operation: z.string(),
  /** The HTTP status; 0 where no answer came. */
  status: z.number().int(),
  /** Rows asked for, and rows that came. */
  asked: z.number().int().optional(),
  rows: z.number().int().optional(),
  columns: z.record(z.string(), column),
  differences: z.array(difference),
  /** Columns that the contract has and no row had; no difference, since the contract does not promise them. */
  unseen: z.array(z.string()),
});

/** What `doctor --contract` found, without a value: what is pasted into a bug report, and what `npm run contract:learn` reads. */
export const reportSchema = z.strictObject({
  report: z.literal("affise-graphql contract"),
  version: z.literal(1),
  /** Whose key it was: admin, affiliate or advertiser. */
  key: z.enum(["admin", "affiliate", "advertiser"]),
  operations: z.array(operation),
  /** What this key may not call, and what had no id to be called with. */
  notSeen: z.array(z.strictObject({ operation: z.string(), why: z.string() })),
});

export type Column = z.infer<typeof column>;
export type Difference = z.infer<typeof difference>;
export type OperationReport = z.infer<typeof operation>;
export type Report = z.infer<typeof reportSchema>;
