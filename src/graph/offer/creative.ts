import type { CreativeResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";

export const Creative = { isOverwritten: column("overwritten") } satisfies CreativeResolvers;
