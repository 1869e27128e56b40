import type { Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";

export const Creative = { creativeId: column("id"), isOverwritten: column("overwritten") } satisfies Resolvers["Creative"];
