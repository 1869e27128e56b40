import type { PermissionTree, UserType } from "./permission.js";

/** A user of the network: a manager. */
export interface User {
  id: string;
  email: string;
  first_name: string;
  last_name: string;
  type: UserType;
  api_key: string;
  roles: string[];
  skype: string | null;
  telegram: string | null;
  viber: string | null;
  whatsapp: string | null;
  wechat: string | null;
  facebook: string | null;
  work_hours: string | null;
  avatar: string | null;
  info: string | null;
  created_at: number;
  updated_at: number;
  last_login_at: number | null;
  password: string;
  permissions: PermissionTree;
}
