import { type GraphQLInputField, type GraphQLInputObjectType, isRequiredInputField } from "graphql";
import { useId, useState } from "react";
import { isJsonObject } from "../json-object.js";
import { InputField } from "./field.js";
import { InputForm } from "./form.js";
import type { Input } from "./usage.js";

const inputOf = (field: GraphQLInputField, parent: string): Input => ({
  name: field.name,
  type: field.type,
  about: field.description ?? "",
  known: { name: field.name, parent },
  hasDefault: field.defaultValue !== undefined,
});

interface Props {
  type: GraphQLInputObjectType;
  value: unknown;
  change(value: unknown): void;
}

/** An input object: the fields that are set or needed, and a choice of those that could be. */
export const InputObject = ({ type, value, change }: Props) => {
  const id = useId();
  const set = isJsonObject(value) ? value : {};
  const fields = Object.values(type.getFields());
  const [added, setAdded] = useState<readonly string[]>([]);
  const shown = fields.filter((field) => field.name in set || added.includes(field.name) || isRequiredInputField(field));
  const others = fields.filter((field) => !shown.includes(field));
  // The box stays where it was emptied: somebody writes another value into it.
  const takeOut = (name: string) => {
    setAdded([...added, name]);
    change(Object.fromEntries(Object.entries(set).filter(([one]) => one !== name)));
  };
  return (
    <>
      <InputForm
        inputs={shown.map((field) => inputOf(field, type.name))}
        values={set}
        change={(changes) => change({ ...set, ...changes })}
        takeOut={takeOut}
        render={InputField}
      />
      {others.length > 0 && (
        <div className="input add">
          <label htmlFor={id} className="unseen">
            Add a field of {type.name}
          </label>
          <select id={id} value="" onChange={({ currentTarget }) => setAdded([...added, currentTarget.value])}>
            <option value="">Add …</option>
            {others.map((field) => (
              <option key={field.name} value={field.name} title={field.description ?? undefined}>
                {field.name}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
};
