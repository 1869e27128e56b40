import { getNamedType } from "graphql";
import type { ComponentType } from "react";
import { useStore } from "../store.js";
import type { FieldProps } from "./field.js";
import type { Input } from "./usage.js";
import { chooseZone, type Span, spansIn, zone, zones } from "./zone.js";

interface Props {
  inputs: readonly Input[];
  values: Readonly<Record<string, unknown>>;
  change(changes: Record<string, unknown>): void;
  /** Takes a field out altogether, where it may be. */
  takeOut?(name: string): void;
  render: ComponentType<FieldProps>;
}

const isDay = (input: Input, name: string): boolean => input.known.name === name && getNamedType(input.type).name === "Date";

/** `asked` is the zone that the query itself asks for: then its days are meant, and there is nothing to choose. */
const Presets = ({ span, asked, change }: { span: Span; asked?: string; change(span: Span): void }) => {
  const { now } = useStore(zone);
  const choices = spansIn(asked ?? now);
  const chosen = choices.find((one) => one.span.from === span.from && one.span.to === span.to);
  return (
    <div className="presets">
      <fieldset className="preset-choices">
        <legend className="unseen">Days</legend>
        {choices.map((one) => (
          <button key={one.title} type="button" aria-pressed={one === chosen} onClick={() => change(one.span)}>
            {one.title}
          </button>
        ))}
      </fieldset>
      {!asked && (
        <label className="zone" title="Affise counts days in the network's own zone and tells it to nobody: choose it here.">
          <span>Days of</span>
          <select value={now} onChange={({ currentTarget }) => chooseZone(currentTarget.value)}>
            {zones.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
};

/** Inputs one below the other; where two of them are the first and last day of something, with spans to choose from. */
export const InputForm = ({ inputs, values, change, takeOut, render: Field }: Props) => {
  const from = inputs.find((input) => isDay(input, "from"));
  const to = inputs.find((input) => isDay(input, "to"));
  const timezone = inputs.find((input) => input.known.name === "timezone");
  const asked = timezone && String(values[timezone.name] ?? "");
  return (
    <>
      {from && to && (
        <Presets
          asked={asked && zones.includes(asked) ? asked : undefined}
          span={{ from: String(values[from.name]), to: String(values[to.name]) }}
          change={(span) => change({ [from.name]: span.from, [to.name]: span.to })}
        />
      )}
      {inputs.map((input) => (
        <Field
          key={input.name}
          input={input}
          value={values[input.name]}
          change={(value) => (value === undefined && takeOut ? takeOut(input.name) : change({ [input.name]: value }))}
        />
      ))}
    </>
  );
};
