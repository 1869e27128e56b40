import type { PermissionTree } from "./permission.js";

/** A permission tree to give to users. */
export interface Preset {
  id: string;
  name: string;
  permissions: PermissionTree;
  created_at: number;
  updated_at: number;
}
