import type { CustomFieldInput, CustomFieldValueResolvers } from "../../generated/schema.js";
import { int } from "../mutation/write.js";
import { column } from "./column.js";
import { list, text } from "./decode.js";

const words = (value: unknown): string[] | null =>
  list(value)
    ?.map(text)
    .filter((word) => word !== null) ?? null;

export const CustomFieldValue = {
  number: column("id"),
  values: ({ value }) => words(value),
  label: ({ label }) => words(label)?.join(", ") || null,
} satisfies CustomFieldValueResolvers;

/** Custom fields on their way out: one value by the field's number, or a list of several. */
export const customFieldColumns = (fields: readonly CustomFieldInput[], argument: string) => ({
  custom_fields: Object.fromEntries(
    fields.map(({ number, values }, index) => [
      int(number, `${argument}.${index}.number`),
      values.length === 1 ? (values[0] ?? "") : values,
    ]),
  ),
});
