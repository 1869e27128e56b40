import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";

export const Deletion = { deletedId: column("id") } satisfies Resolvers["Deletion"];
