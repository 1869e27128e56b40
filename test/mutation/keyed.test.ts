import { type GraphQLInputType, getNamedType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { askedFor, fieldOf, names, writesIn } from "./walk.js";

const world = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

/** Inputs that the wire has as a map, each by the field that is its key there. */
const keys: Readonly<Record<string, string>> = {
  LocalizedTextInput: "language",
  PaymentSystemFieldInput: "field",
  CustomFieldInput: "number",
  CountryValuesInput: "country",
  SubValuesInput: "sub",
  MacroReplacementInput: "sub",
  HtmlCreativeAssetInput: "macro",
};

const plain = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? plain(type.ofType) : type);

/** What stands for a value that must be given. */
const filled = (type: GraphQLInputType): unknown => {
  const inner = plain(type);
  if (isListType(inner)) return [filled(inner.ofType)];
  if (!isInputObjectType(inner)) return { Int: 1, Float: 1, Boolean: true, ID: "1" }[getNamedType(inner).name] ?? "1";
  if (inner.name === "FileInput") return { name: "a.png", base64: "iVBORw0KGgo=" };
  const needed = Object.values(inner.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, filled(field.type)]));
};

interface Place {
  path: string;
  key: string;
  /** The value of the input's field that has these items at the place. */
  holding: (items: readonly object[]) => unknown;
  item: object;
}

/** Every list of such inputs below a type. */
const placesIn = (type: GraphQLInputType, path: string, around: readonly string[] = []): Place[] => {
  const inner = plain(type);
  const item = getNamedType(inner);
  if (!isInputObjectType(item) || around.includes(item.name)) return [];
  const key = keys[item.name];
  if (isListType(inner) && key) return [{ path, key, holding: (items) => items, item: filled(item) as object }];
  const at = isListType(inner) ? `${path}.0` : path;
  return Object.values(item.getFields()).flatMap((field) =>
    placesIn(field.type, `${at}.${field.name}`, [...around, item.name]).map((place) => {
      const holding = (items: readonly object[]) => {
        const one = { ...(filled(item) as object), [field.name]: place.holding(items) };
        return isListType(inner) ? [one] : one;
      };
      return { ...place, holding };
    }),
  );
};

const places = names.flatMap((name) => {
  const type = fieldOf(name).args[0]?.type;
  const input = type && getNamedType(type);
  if (!isInputObjectType(input)) return [];
  return Object.values(input.getFields()).flatMap((field) =>
    placesIn(field.type, `input.${field.name}`).map((place) => ({ ...place, name, field: field.name })),
  );
});

test("every kind of such inputs stands somewhere", () => {
  const found = new Set(places.map(({ item }) => Object.keys(item).sort().join()));
  expect(places.length).toBeGreaterThan(30);
  expect(found.size).toBeGreaterThan(3);
});

describe("what the wire has as a map loses none of its values, and puts none elsewhere: such a key is refused, and nothing is sent", () => {
  test.each(places.map((place) => [`${place.name} ${place.path}`, place] as const))("%s", async (_, place) => {
    const { name, field, path, key, holding, item } = place;
    const run = async (items: readonly object[]) => {
      const below = holding(items);
      const wide = known[name]?.input?.[field];
      const value = Array.isArray(wide) && Array.isArray(below) ? below.map((one, at) => ({ ...wide[at], ...one })) : below;
      const input = { ...known[name]?.input, [field]: value };
      const query = askedFor(name, "__typename");
      const { errors, calls } = await world.askCounting(query, { variables: { input }, key: known[name]?.key });
      expect(writesIn(calls)).toEqual([]);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", outcome: "NOT_SENT" });
      return errors?.[0];
    };
    const twice = [item, item].map((one) => ({ ...one, [key]: "7" }));
    expect(await run(twice)).toMatchObject({
      message: `${path}.1.${key}: "7" stands there twice.`,
      extensions: { arguments: [`${path}.1.${key}`] },
    });
    for (const odd of ["a][b", "a]", "[", 'a"', "a\r\nb"]) {
      expect(await run([{ ...item, [key]: odd }])).toMatchObject({ extensions: { arguments: [`${path}.0.${key}`] } });
    }
  });
});
