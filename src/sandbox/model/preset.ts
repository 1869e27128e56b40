import type { PermissionTree } from "./permission.js";
import type { RowOf, Timed } from "./row.js";

/** A permission tree to give to users. */
export type Preset = RowOf<"Preset", Timed & { permissions: PermissionTree }>;
