import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type));
const objects = types.filter(isObjectType);
const inputs = types.filter(isInputObjectType);
const enums = types.filter(isEnumType);

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());
const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  type ? fieldsOf(type).map((field) => ({ field, path: `${type.name}.${field.name}` })) : [],
);

interface Named {
  path: string;
  name: string;
  description?: string | null;
}

/** Everything of the schema that has a name, with its path: types, fields, arguments, input fields, enum values. */
const everything: Named[] = types.flatMap((type: GraphQLNamedType): Named[] => {
  const itself = { path: type.name, name: type.name, description: type.description };
  if (isEnumType(type)) return [itself, ...type.getValues().map((value) => ({ ...value, path: `${type.name}.${value.name}` }))];
  if (!isObjectType(type) && !isInputObjectType(type)) return [itself];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const path = `${type.name}.${field.name}`;
    const args: readonly GraphQLArgument[] = "args" in field ? field.args : [];
    return [{ ...field, path }, ...args.map((arg) => ({ ...arg, path: `${path}(${arg.name}:)` }))];
  });
  return [itself, ...fields];
});

const paths = (some: readonly Named[]) => some.map(({ path }) => path);

describe("descriptions", () => {
  test("every type, field, argument and enum value has one", () => {
    expect(everything.length).toBeGreaterThan(1000);
    expect(paths(everything.filter(({ description }) => !description?.trim()))).toEqual([]);
  });

  test("each is a sentence, or begins with one, and lacks no word", () => {
    const unended = everything.filter(
      ({ description }) => !/[.:`?!)]$/.test(description?.trim() ?? ".") || description?.includes("undefined"),
    );
    expect(paths(unended)).toEqual([]);
  });

  test("each says of a secret that it is one", () => {
    const secrets = everything.filter(
      ({ name, path }) => /^(apiKey|password|.*Secret|autologinUrl)$/.test(name) && path.includes("."),
    );
    expect(secrets.length).toBeGreaterThan(5);
    expect(paths(secrets.filter(({ description }) => !description?.startsWith("SECRET")))).toEqual([]);
  });

  test("root fields say who may use them", () => {
    const silent = rootFields.filter(({ field }) => !/\bkeys?\b/i.test(field.description ?? ""));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe("types", () => {
  test("no scalar stands for anything at all", () => {
    const scalars = types.filter(isScalarType).map(({ name }) => name);
    expect(scalars.sort()).toEqual(["Count", "Date", "LocalDateTime"]);
  });

  test("root fields may be null, so that what fails takes nothing along", () => {
    expect(rootFields.filter(({ field }) => isNonNullType(field.type)).map(({ path }) => path)).toEqual([]);
  });

  test("every connection has the same four fields, and totals where rows are figures", () => {
    const connections = objects.filter(({ name }) => name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(10);
    for (const type of connections) {
      const { totals, totalsByCurrency, ...shape } = Object.fromEntries(
        fieldsOf(type).map(({ name, type }) => [name, String(type)]),
      );
      const isOfFigures = type.name === "StatisticsConnection";
      expect([totals, totalsByCurrency], type.name).toEqual(
        isOfFigures ? ["StatisticsFigures", "[CurrencyFigures!]"] : [undefined, undefined],
      );
      const edge = getNamedType(type.getFields().edges?.type);
      expect(isObjectType(edge) && edge.name, type.name).toBe(type.name.replace(/Connection$/, "Edge"));
      const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
      expect(shape, type.name).toEqual({
        totalCount: "Int",
        nodes: `[${node?.name}!]!`,
        edges: `[${isObjectType(edge) && edge.name}!]!`,
        pageInfo: "PageInfo!",
      });
      expect(
        isObjectType(edge) &&
          fieldsOf(edge)
            .map(({ name, type }) => `${name}: ${type}`)
            .sort(),
        type.name,
      ).toEqual(["cursor: String!", `node: ${node?.name}!`]);
    }
  });

  test("every connection is paged from both ends, and may be null", () => {
    const fields = objects.flatMap((type) => fieldsOf(type).map((field) => ({ field, path: `${type.name}.${field.name}` })));
    const odd = fields
      .filter(({ field }) => getNamedType(field.type).name.endsWith("Connection"))
      .filter(({ field }) => {
        const taken = field.args.filter(({ name }) => /^(first|after|last|before)$/.test(name));
        const isPaged =
          taken.map(({ name, type }) => `${name}: ${type}`).join() === "first: Int,after: String,last: Int,before: String";
        return !isPaged || isNonNullType(field.type);
      });
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test("every mutation takes one input of its own and answers a payload of its own", () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(50);
    // Nothing is to be said to it: the key it changes is the caller's own.
    const speechless = ["rotateOwnApiKey"];
    for (const { name, args, type } of mutations.filter((mutation) => !speechless.includes(mutation.name))) {
      const own = name.charAt(0).toUpperCase() + name.slice(1);
      expect(
        args.map((arg) => `${arg.name}: ${arg.type}`),
        name,
      ).toEqual([`input: ${own}Input!`]);
      expect(String(type), name).toBe(`${own}Payload`);
    }
  });
});

/** Words that stand on the wire for something people call otherwise. */
const wireWords = new Set([
  ...["pid", "aid", "partner", "partners", "supplier", "suppliers", "uniq", "hosts", "cbid"],
  ...["charge", "charges", "int", "aff", "adv", "obj", "arr", "str"],
]);

const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_]+/)
    .map((word) => word.toLowerCase());

describe("names", () => {
  test("no name is a word of the wire", () => {
    const odd = everything.filter(({ name }) => wordsOf(name).some((word) => wireWords.has(word)));
    expect(paths(odd)).toEqual([]);
  });

  test("types begin with a capital, fields and arguments with a small letter, enum values are capitals", () => {
    expect(types.filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name)).map(({ name }) => name)).toEqual([]);
    const values = enums.flatMap((type) => type.getValues().map(({ name }) => name));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name))).toEqual([]);
    const fields = [...objects, ...inputs].flatMap((type) => Object.values(type.getFields()) as { name: string }[]);
    expect(fields.map(({ name }) => name).filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
  });

  test("the viewer is one of three", () => {
    const viewer = schema.getType("Viewer");
    expect(isUnionType(viewer) && viewer.getTypes().map(({ name }) => name)).toEqual(["User", "Affiliate", "Advertiser"]);
  });
});
