import { type GraphQLInputType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { useId } from "react";
import { nounOf } from "../noun.js";
import { InputList } from "./list.js";
import { InputObject } from "./object.js";
import { NounPicker } from "./picker.js";
import type { Input } from "./usage.js";
import { zones } from "./zone.js";

export interface FieldProps {
  input: Input;
  value: unknown;
  /** Undefined takes the value out. */
  change(value: unknown): void;
}

const textOf = (value: unknown): string => (value === undefined || value === null ? "" : String(value));

const numbers = new Set(["Int", "Count", "Float"]);

/** Every zone that the browser knows, and the one that is written there, whatever it is. */
const ZoneChoice = ({ id, value, change }: { id: string; value: string; change: FieldProps["change"] }) => (
  <select id={id} value={value} onChange={({ currentTarget }) => change(currentTarget.value || undefined)}>
    <option value="">the network's own</option>
    {[...new Set(value ? [value, ...zones] : zones)].map((one) => (
      <option key={one}>{one}</option>
    ))}
  </select>
);

const Scalar = ({ id, input, value, change }: FieldProps & { id: string }) => {
  const type = getNullableType(input.type);
  const name = isListType(type) || isInputObjectType(type) || isEnumType(type) ? "" : type.name;
  if (name === "Boolean") {
    return (
      <select
        id={id}
        value={textOf(value)}
        onChange={({ currentTarget }) => change(currentTarget.value ? currentTarget.value === "true" : undefined)}
      >
        <option value="">{input.hasDefault ? "as it is" : "not said"}</option>
        <option value="true">yes</option>
        <option value="false">no</option>
      </select>
    );
  }
  const kind = name === "Date" ? "date" : name === "LocalDateTime" ? "datetime-local" : numbers.has(name) ? "number" : "text";
  if (/^time-?zone$/i.test(input.known.name)) return <ZoneChoice id={id} value={textOf(value)} change={change} />;
  return (
    <input
      id={id}
      type={kind}
      step={name === "Float" ? "any" : name === "LocalDateTime" ? 1 : undefined}
      spellCheck={false}
      value={textOf(value)}
      onChange={({ currentTarget: { value: now } }) => change(now === "" ? undefined : kind === "number" ? Number(now) : now)}
    />
  );
};

const Choice = ({ id, input, value, change }: FieldProps & { id: string }) => {
  const type = getNullableType(input.type);
  if (!isEnumType(type)) return null;
  return (
    <select id={id} value={textOf(value)} onChange={({ currentTarget }) => change(currentTarget.value || undefined)}>
      <option value="">{isNonNullType(input.type) ? "choose …" : "not said"}</option>
      {type.getValues().map((one) => (
        <option key={one.name} value={one.name} title={one.description ?? undefined}>
          {one.name}
        </option>
      ))}
    </select>
  );
};

const isIdType = (type: GraphQLInputType): boolean => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? isIdType(nullable.ofType) : "name" in nullable && nullable.name === "ID";
};

/** One input by its type: a choice, a date, a name to search for, a list, or a form of its own. */
export const InputField = ({ input, value, change }: FieldProps) => {
  const id = useId();
  const type = getNullableType(input.type);
  const noun = isIdType(input.type) ? nounOf(input.known.name, input.known.parent) : undefined;
  const isNeeded = isNonNullType(input.type) && !input.hasDefault;
  const label = (
    <>
      {input.name}
      {isNeeded && <span title="needed"> *</span>}
    </>
  );
  if (noun) {
    return (
      <div className="input">
        <label htmlFor={id}>
          {label} <span className="faint">{isListType(type) ? `${noun.title}s by name` : `${noun.title} by name`}</span>
        </label>
        <NounPicker id={id} noun={noun} many={isListType(type)} value={value} change={change} />
      </div>
    );
  }
  if (isListType(type) || isInputObjectType(type)) {
    return (
      <fieldset className="input group" title={input.about || undefined}>
        <legend>{label}</legend>
        {isListType(type) ? (
          <InputList input={input} type={type} value={value} change={change} />
        ) : (
          <InputObject type={type} value={value} change={change} />
        )}
      </fieldset>
    );
  }
  return (
    <div className="input" title={input.about || undefined}>
      <label htmlFor={id}>{label}</label>
      {isEnumType(type) ? (
        <Choice id={id} input={input} value={value} change={change} />
      ) : (
        <Scalar id={id} input={input} value={value} change={change} />
      )}
    </div>
  );
};
