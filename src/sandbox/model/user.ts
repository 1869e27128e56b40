import type { PermissionTree } from "./permission.js";
import type { RowOf, Timed } from "./row.js";

interface Own extends Timed {
  api_key: string;
  info: string | null;
  last_login_at: number | null;
  password: string;
  permissions: PermissionTree;
}

/** A user of the network: a manager. */
export type User = RowOf<"User", Own, "username">;
