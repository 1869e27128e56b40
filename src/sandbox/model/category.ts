import type { RowOf } from "./row.js";

export type Category = RowOf<"Category">;
