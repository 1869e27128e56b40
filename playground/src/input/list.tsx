import { type GraphQLInputType, type GraphQLList, getNullableType, isEnumType, isInputObjectType } from "graphql";
import { type FieldProps, InputField } from "./field.js";

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** A list: boxes to tick for choices, lines for words, and forms one below the other for objects. */
export const InputList = ({ input, type, value, change }: FieldProps & { type: GraphQLList<GraphQLInputType> }) => {
  const items = listOf(value);
  const put = (now: unknown[]) => change(now.length ? now : undefined);
  const item = getNullableType(type.ofType);
  if (isEnumType(item)) {
    return (
      <div className="input-choices">
        {item.getValues().map((one) => (
          <label key={one.name} className="check" title={one.description ?? undefined}>
            <input
              type="checkbox"
              checked={items.includes(one.name)}
              onChange={() => put(items.includes(one.name) ? items.filter((name) => name !== one.name) : [...items, one.name])}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
    );
  }
  return (
    <div className="input-items">
      {items.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no names, their places are what tells them apart
        <div key={index} className="input-item">
          <InputField
            input={{ ...input, name: `${index + 1}`, type: type.ofType, about: "", hasDefault: true }}
            value={one}
            change={(now) => put(items.map((other, at) => (at === index ? (now ?? "") : other)))}
          />
          <button type="button" className="link-button" onClick={() => put(items.filter((_, at) => at !== index))}>
            Take out
          </button>
        </div>
      ))}
      <button type="button" className="link-button" onClick={() => put([...items, isInputObjectType(item) ? {} : ""])}>
        Add {items.length ? "another" : "one"}
      </button>
    </div>
  );
};
