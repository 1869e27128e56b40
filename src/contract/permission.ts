import { flatten } from "./schema.js";

/** The names of the permissions in each section. */
export const permissionNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(flatten({ $ref: "#/components/schemas/PermissionTree" }).properties).map(([section, permissions]) => [
    section,
    Object.keys(flatten(permissions).properties),
  ]),
);
