import type { PermissionTree, UserType } from "./permission.js";

/** A permission tree to give to users. */
export interface Preset {
  id: string;
  name: string;
  type: UserType;
  permissions: PermissionTree;
  created: number;
  updated: number;
}
