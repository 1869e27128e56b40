import type { PermissionTree } from "./permission.js";
import type { ColumnsOf } from "./row.js";

/** A user of the network: a manager. */
export interface User extends ColumnsOf<"User", "api_key" | "created_at" | "updated_at" | "last_login_at" | "username"> {
  api_key: string;
  info: string | null;
  created_at: number;
  updated_at: number;
  last_login_at: number | null;
  password: string;
  permissions: PermissionTree;
}
