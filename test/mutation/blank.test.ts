import { type GraphQLInputType, getNamedType, getNullableType, isInputObjectType, isListType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { hasDirective } from "../../src/graph/column/directive.js";
import { openWorld } from "../world/world.js";
import { samples } from "./sample.js";
import { fieldOf, names, queryOf } from "./walk.js";

const world = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
const known = await samples(world);
afterAll(() => world.close());

type Values = Readonly<Record<string, unknown>>;

/** Each way to a text that may not be empty: to those of an input itself, and inside of what is given to those that are given. */
const textsIn = (type: GraphQLInputType, value: unknown): string[][] => {
  const inner = getNullableType(type);
  if (isListType(inner)) return textsIn(inner.ofType, (value as unknown[])[0]).map((path) => ["0", ...path]);
  if (!isInputObjectType(inner)) return getNamedType(inner).name === "String" ? [[]] : [];
  return Object.values(inner.getFields()).flatMap((field) => {
    const given = (value as Values)[field.name];
    if (hasDirective(field, "mayBeEmpty")) return [];
    const isPlain = getNamedType(field.type).name === "String" && !isListType(getNullableType(field.type));
    return given === undefined && !isPlain ? [] : textsIn(field.type, given).map((path) => [field.name, ...path]);
  });
};

const withText = (value: unknown, [step, ...others]: readonly string[], text: string): unknown => {
  if (step === undefined) return text;
  if (Array.isArray(value)) return [withText(value[0], others, text), ...value.slice(1)];
  return { ...(value as Values), [step]: withText((value as Values)[step], others, text) };
};

const texts = names.flatMap((name) => {
  const [argument] = fieldOf(name).args;
  const input = known[name]?.input;
  return argument && input
    ? textsIn(argument.type, input).map((path) => [`${name}: ${path.join(".")}`, name, path] as const)
    : [];
});

describe("a text of blanks is as empty as none: it is refused, and nothing is sent", () => {
  test.each(texts)("%s", async (_what, name, path) => {
    const { input, key } = known[name] ?? {};
    for (const text of ["", " ", "\t\n"]) {
      const { errors, calls } = await world.askCounting(queryOf(name).replaceAll(/outcome error \{[^}]*\}/g, "__typename"), {
        variables: { input: withText(input, path, text) },
        key,
      });
      const at = ["input", ...path].join(".");
      expect(errors?.[0]?.message).toMatch(`${at} is an empty text: give one`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [at] });
      expect(calls).toEqual([]);
    }
  });

  test("these are not a few", () => expect(texts.length).toBeGreaterThan(60));
});
