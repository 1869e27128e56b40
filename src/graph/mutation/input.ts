import { type GraphQLInputField, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { badInput } from "../../affise/error.js";

/** The most items that any list of a mutation's input may have. */
export const mostItems = 1_000;

const grouped = (number: number) => number.toLocaleString("en");

const checkLength = (items: readonly unknown[], argument: string): void => {
  if (items.length <= mostItems) return;
  const message = `has ${grouped(items.length)} items; ${grouped(mostItems)} fit into one request. Split it. Nothing was sent.`;
  throw badInput(argument, `${argument} ${message}`);
};

const checkValue = (value: unknown, type: GraphQLInputType, argument: string): void => {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) checkValue(value, type.ofType, argument);
  else if (isListType(type)) {
    const items = value as readonly unknown[];
    checkLength(items, argument);
    for (const [index, item] of items.entries()) checkValue(item, type.ofType, `${argument}.${index}`);
  } else if (isInputObjectType(type)) {
    for (const [name, inner] of Object.entries(value)) {
      const field: GraphQLInputField | undefined = type.getFields()[name];
      if (field) checkValue(inner, field.type, `${argument}.${name}`);
    }
  }
};

/** Checks what is wrong with an input whatever it is for, before anything is asked or sent. Throws BAD_USER_INPUT naming the argument. */
export const checkInput = (
  args: readonly { name: string; type: GraphQLInputType }[],
  values: Readonly<Record<string, unknown>>,
): void => {
  for (const { name, type } of args) checkValue(values[name], type, name);
};
