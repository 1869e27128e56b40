import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 10, affiliates: 5, advertisers: 2, conversions: 10 });
afterAll(() => world.close());

const schema = buildSchema();

/** Fields under a type are asked of one object. */
const objects: Record<string, string> = {
  Offer: "offer(id: 1)",
  Affiliate: "affiliate(id: 1)",
  Advertiser: "advertisers(first: 1) { nodes",
  Invoice: "invoices(first: 1) { nodes",
  InvoiceLine: "invoices(first: 1) { nodes { lines",
  StatisticsConnection: 'statistics(from: "2026-02-01", to: "2026-02-02", by: [DAY])',
};

/** The calls that give those objects. */
const reachesObjects = /GET \/3\.0\/(offers|admin\/partners|admin\/advertisers|admin\/advertiser-invoices)$/;

/** What must be given, by the name of the argument or by its type. */
const needed: Record<string, unknown> = {
  ...{ from: "2026-02-01", to: "2026-02-02", timezone: "UTC", countries: ["DE"], country: "DE", os: "Android" },
  ...{ baseEvent: "install", events: ["buy"] },
};
const some = ({ name, type }: GraphQLArgument): unknown => {
  const named = getNamedType(type);
  if (name in needed) return needed[name];
  const one = isEnumType(named) ? named.getValues()[0]?.name : named.name === "Int" ? 1 : "1";
  return isListType(isNonNullType(type) ? type.ofType : type) ? [one] : one;
};

type Argument = GraphQLArgument | GraphQLInputField;

/** The paths of all lists, or of all flags, in the arguments of a field. */
const pathsTo = (isMeant: (argument: Argument) => boolean, args: readonly Argument[], before: string[] = []): string[][] =>
  args.flatMap((argument) => {
    const type = getNamedType(argument.type);
    const path = [...before, argument.name];
    const within = isList(argument) ? [...path, "0"] : path;
    const inside = isInputObjectType(type) && before.length < 3 ? pathsTo(isMeant, Object.values(type.getFields()), within) : [];
    return [...(isMeant(argument) ? [path] : []), ...inside];
  });

const isList = ({ type }: Argument) => isListType(isNonNullType(type) ? type.ofType : type);
const isFlag = (argument: Argument) => getNamedType(argument.type).name === "Boolean";

const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"),
);
const fields = types
  .filter((type) => type.name === "Query" || type.name in objects)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

const elsewhere = types
  .filter((type) => type.name !== "Query" && type.name !== "Mutation" && !(type.name in objects))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

const isFigures = (field: GraphQLField<unknown, unknown>) =>
  /^(Statistics|Appsflyer|Retention|TimeToAction)/.test(getNamedType(field.type).name);

const leaf = (field: GraphQLField<unknown, unknown>) => {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return "";
  return type.name.endsWith("Connection") ? "{ totalCount nodes { __typename } }" : "{ __typename }";
};

const setAt = (into: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): Record<string, unknown> => ({
  ...into,
  [name]:
    rest[0] === "0"
      ? [setAt({ number: 1 }, rest.slice(1), value)]
      : rest.length
        ? setAt((into[name] ?? {}) as Record<string, unknown>, rest, value)
        : value,
});

const ask = (parent: string, field: GraphQLField<unknown, unknown>, path: string[], value: unknown) => {
  const required = field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
  const given = Object.fromEntries(required.map((argument) => [argument.name, some(argument)]));
  const variables = setAt(given, path, value);
  const used = field.args.filter(({ name }) => name in variables);
  const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const passed = used.map(({ name }) => `${name}: $${name}`).join(", ");
  const inner = `asked: ${field.name}(${passed}) ${leaf(field)}`;
  const around = objects[parent];
  const body = parent === "Query" ? inner : `${around} { ${inner} }${" }".repeat((around?.split("{").length ?? 1) - 1)}`;
  return world.askCounting(`query (${declared}) { ${body} }`, { variables });
};

const askedIn = (data: unknown): unknown => {
  if (data === null || typeof data !== "object") return undefined;
  if ("asked" in data) return data.asked;
  return Object.values(data)
    .flat()
    .map(askedIn)
    .find((found) => found !== undefined);
};

const lists = fields.flatMap(({ type, field }) =>
  pathsTo(isList, field.args).map((path) => [`${type.name}.${field.name}(${path.join(".")})`, type, field, path] as const),
);
const flags = fields.flatMap(({ type, field }) =>
  pathsTo(isFlag, field.args).map((path) => [`${type.name}.${field.name}(${path.join(".")})`, type, field, path] as const),
);

test("no other type has fields with lists or flags to look for", () => {
  const odd = elsewhere.filter(({ field }) => pathsTo((argument) => isList(argument) || isFlag(argument), field.args).length);
  expect(odd.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
});

describe("an empty list looks for nothing, and never for all", () => {
  test.each(lists)("%s", async (_, type, field, path) => {
    const { data, errors, calls } = await ask(type.name, field, path, []);
    const beside = calls.filter((call) => !reachesObjects.test(call) || type.name === "Query");
    expect(beside).toEqual([]);
    if (isFigures(field) || getNamedType(field.type).name === "String") {
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [path.join(".")] } }]);
      return;
    }
    expect(errors).toBeUndefined();
    const found = askedIn(data);
    expect(found).toEqual(getNamedType(field.type).name.endsWith("Connection") ? { totalCount: 0, nodes: [] } : []);
  });
});

/** What Affise can look for both ways: with false it gives the others. */
const bothWays = new Set(["isTop", "isPinned", "isActive", "activeOnly", "isShaved"]);

describe("a flag that Affise knows in one direction only is never silently no filter", () => {
  test.each(flags)("%s", async (_, type, field, path) => {
    if (bothWays.has(path.at(-1) ?? "")) return;
    const { errors, calls } = await ask(type.name, field, path, false);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [path.join(".")] } }]);
    expect(calls.filter((call) => !reachesObjects.test(call))).toEqual([]);
  });
});

const isText = (argument: Argument) => getNamedType(argument.type).name === "String" && !/^(after|before)$/.test(argument.name);
const isIdList = (argument: Argument) => isList(argument) && getNamedType(argument.type).name === "ID";
const pathsOf = (isMeant: (argument: Argument) => boolean) =>
  fields.flatMap(({ type, field }) =>
    pathsTo(isMeant, field.args).map((path) => [`${type.name}.${field.name}(${path.join(".")})`, type, field, path] as const),
  );
const listed = (field: GraphQLField<unknown, unknown>, path: string[], value: unknown) => {
  const [outer = "", ...inner] = path;
  let found: Argument | undefined = field.args.find(({ name }) => name === outer);
  for (const name of inner) {
    if (name === "0") continue;
    const type = found && getNamedType(found.type);
    found = isInputObjectType(type) ? type.getFields()[name] : undefined;
  }
  return found && isList(found) ? [value] : value;
};

describe("an empty text is refused, and never looks for everything", () => {
  test.each(pathsOf(isText))("%s", async (_, type, field, path) => {
    for (const text of ["", " ", "\t\n"]) {
      const value = listed(field, path, text);
      const at = path.join(".") + (Array.isArray(value) ? ".0" : "");
      const { errors, calls } = await ask(type.name, field, path, value);
      expect(errors).toMatchObject([
        { message: `${at} is an empty text: give one, or leave it out.`, extensions: { arguments: [at] } },
      ]);
      expect(calls.filter((call) => !reachesObjects.test(call))).toEqual([]);
    }
  });
});

test("a value of the wrong kind in a variable names its argument, in the document's words", async () => {
  const wrong: unknown[] = [];
  const paths = pathsOf((argument) => !isInputObjectType(getNamedType(argument.type)));
  for (const [name, type, field, path] of paths) {
    const { errors, calls } = await ask(type.name, field, path, { odd: 1 });
    const named = errors?.map(({ extensions }) => `${extensions.code} ${extensions.arguments}`) ?? [];
    const isSaid = named.includes(`BAD_USER_INPUT ${path.join(".")}`);
    if (calls.length || !isSaid || !named.every((one) => one.startsWith(`BAD_USER_INPUT ${path[0]}`))) wrong.push([name, named]);
  }
  expect(wrong).toEqual([]);
  expect(paths.length).toBeGreaterThan(300);
});

test.each([
  ["filter.status.1", "query ($a: [OfferStatus!]) { offers(filter: { status: $a }) { totalCount } }", { a: ["ACTIVE", "X"] }],
  ["first", "fragment F on Query { offers(first: $n) { totalCount } } query ($n: Int) { ...F }", { n: "ten" }],
  ["orderBy.field", "query ($o: OfferOrder) { offers(orderBy: $o) { totalCount } }", { o: { direction: "ASC" } }],
  ["id", "query ($b: ID!) { offer(id: $b) { id } }", {}],
])("a variable of another name: %s", async (argument, query, variables) => {
  const { errors } = await world.ask(query, { variables });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
});

test("a variable names the argument that it is for in the operation that runs, whatever others of the document use the name for", async () => {
  const query =
    "query A($n: ID!) { offer(id: $n) { id } } query B($n: Int) { ...F } fragment F on Query { offers(first: $n) { totalCount } }";
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
    body: JSON.stringify({ query, operationName: "B", variables: { n: "ten" } }),
  });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT", arguments: ["first"] } }] });
});

describe("what is too much for one call is told by the caller's own name for it", () => {
  const refused = async (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, path: string[], value: unknown) => {
    const { errors = [] } = await ask(type.name, field, path, value);
    for (const { message, extensions } of errors) {
      expect(extensions.code).not.toMatch(/^(UPSTREAM|INTERNAL)/);
      if (extensions.code !== "BAD_USER_INPUT" || /is for the affiliate's own key/.test(message)) continue;
      expect(message).toContain(path.join("."));
      expect(extensions.arguments).toEqual([expect.stringContaining(path.join("."))]);
    }
    return errors;
  };

  // These are worked out here, or choose among texts that are there.
  const notSent = /^(Offer\.trackingLinkFor|Offer\.description|Offer\.kpi|StatisticsConnection\.totalsByCurrency)\(/;

  test.each(pathsOf(isText).filter(([name]) => !notSent.test(name)))(
    "a text of 9,000 letters: %s",
    async (_, type, field, path) => {
      expect(await refused(type, field, path, listed(field, path, "x".repeat(9_000)))).not.toEqual([]);
    },
  );

  test.each(pathsOf(isIdList))("hundreds of ids, and thousands: %s", async (_, type, field, path) => {
    const hex = Array.from({ length: 3_000 }, (_, index) => index.toString(16).padStart(24, "a"));
    const first = await refused(type, field, path, hex.slice(0, 600));
    const isNumber = first.some(({ message }) => /is a number/.test(message));
    const ids = isNumber ? hex.map((_, index) => String(index + 1)) : hex;
    for (const count of [600, 3_000]) await refused(type, field, path, ids.slice(0, count));
  });
});

test("every field whose emptiness has a meaning says which", () => {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  const silent = inputs
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => field.astNode?.directives?.some(({ name }) => name.value === "mayBeEmpty"))
    .filter(({ field }) => !/\bempty\b/i.test(field.description ?? ""));
  expect(silent.map(({ path }) => path)).toEqual([]);
});
