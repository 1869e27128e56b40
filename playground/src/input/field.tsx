import { type GraphQLInputType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { useId, useState } from "react";
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

/** A number as it was typed. What is none, such as 1,5, stays a text: the server refuses it in words, where a guess would be another number. */
const numberIn = (text: string): number | string => {
  const number = /^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text;
};

interface SelectProps {
  id: string;
  value: unknown;
  /** What stands where nothing is chosen. */
  unset: string;
  options: readonly { value: string; text?: string; title?: string | null }[];
  change(value: string | undefined): void;
}

const Select = ({ id, value, unset, options, change }: SelectProps) => (
  <select id={id} value={textOf(value)} onChange={({ currentTarget }) => change(currentTarget.value || undefined)}>
    <option value="">{unset}</option>
    {options.map((one) => (
      <option key={one.value} value={one.value} title={one.title ?? undefined}>
        {one.text ?? one.value}
      </option>
    ))}
  </select>
);

const yesOrNo = [
  { value: "true", text: "yes" },
  { value: "false", text: "no" },
];

/** Every zone that the browser knows, and the one that is written there, whatever it is. */
const zoneOptions = (value: string) => [...new Set(value ? [value, ...zones] : zones)].map((one) => ({ value: one }));

const Scalar = ({ id, input, value, change }: FieldProps & { id: string }) => {
  // The value comes back by way of the JSON, a moment later: until then the box would lose what was typed last, such as the point of 0.05.
  const [typed, setTyped] = useState<string>();
  const type = getNullableType(input.type);
  if (isEnumType(type)) {
    const options = type.getValues().map(({ name, description }) => ({ value: name, title: description }));
    const unset = isNonNullType(input.type) ? "choose …" : "not said";
    return <Select id={id} value={value} unset={unset} options={options} change={change} />;
  }
  const name = isListType(type) || isInputObjectType(type) ? "" : type.name;
  if (name === "Boolean") {
    const unset = input.hasDefault ? "as it is" : "not said";
    return <Select id={id} value={value} unset={unset} options={yesOrNo} change={(now) => change(now && now === "true")} />;
  }
  const kind = name === "Date" ? "date" : name === "LocalDateTime" ? "datetime-local" : "text";
  const isNumber = numbers.has(name);
  const isFault = isNumber && typeof value === "string";
  if (/^time-?zone$/i.test(input.known.name)) {
    return <Select id={id} value={value} unset="the network's own" options={zoneOptions(textOf(value))} change={change} />;
  }
  return (
    <input
      id={id}
      type={kind}
      inputMode={isNumber ? (name === "Float" ? "decimal" : "numeric") : undefined}
      aria-invalid={isFault || undefined}
      title={isFault ? "Not a number: write digits and a point, such as 1234.5" : undefined}
      step={name === "LocalDateTime" ? 1 : undefined}
      spellCheck={false}
      value={typed ?? textOf(value)}
      onChange={({ currentTarget: { value: now } }) => {
        setTyped(now);
        change(now === "" ? undefined : isNumber ? numberIn(now) : now);
      }}
      onBlur={() => setTyped(undefined)}
    />
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
      <Scalar id={id} input={input} value={value} change={change} />
    </div>
  );
};
