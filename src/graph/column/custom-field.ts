import type { CustomFieldInput, Resolvers } from "../../generated/schema.js";
import { keyed } from "../mutation/keyed.js";
import { int } from "../mutation/write.js";
import { column } from "./column.js";
import { texts } from "./decode.js";

export const CustomFieldValue = {
  number: column("id"),
  values: column("value"),
  label: ({ label }) => texts(label)?.join(", ") || null,
} satisfies Resolvers["CustomFieldValue"];

/** Custom fields on their way out: one value by the field's number, or a list of several. */
export const customFieldColumns = (fields: readonly CustomFieldInput[], argument: string) => ({
  custom_fields: keyed(fields, argument, "number", ({ values }) => (values.length === 1 ? (values[0] ?? "") : values), int),
});
