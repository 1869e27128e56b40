import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type DocumentNode,
  type GraphQLType,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, test } from "vitest";
import { bareSchema } from "../../src/sdl.js";

// The recommended rules of graphql-eslint that say something about this schema, without its 250 packages. What it found and we keep is in
// docs/decisions.md.

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = bareSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
const objects = types.filter(isObjectType);
const withFields = types.filter((type) => isObjectType(type) || isInterfaceType(type) || isInputObjectType(type));

const nameOf = (type: GraphQLType) => String(type).replaceAll(/[[\]!]/g, "");

const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

describe("the schema", () => {
  test("no-typename-prefix: a field does not begin with its type's name, but where that is another noun's", () => {
    const found = withFields.flatMap((type) =>
      Object.keys(type.getFields())
        .filter((field) => field.toLowerCase().startsWith(type.name.toLowerCase()))
        .map((field) => `${type.name}.${field}`),
    );
    expect(found.sort()).toEqual([
      // Values in a parent have no id of their own, so that no cache takes one for another; what they are called by is named after them.
      "Creative.creativeId",
      "Landing.landingId",
      // PostGraphile's name, told to Relay's compiler: `id` is Affise's own.
      "Node.nodeId",
      // A payment system's, not the payment's.
      "Payment.paymentAccount",
      "Payment.paymentSystemId",
      "Payment.paymentSystemName",
    ]);
  });

  test("strict-id-in-types: an id is an ID and never null, and an object with one is an object of its own", () => {
    const odd = objects
      .filter(({ name }) => /(Payload|Connection|Edge|Result)$/.test(name))
      .filter((type) => type.getFields().id);
    expect(odd.map(({ name }) => name)).toEqual([]);
    const ids = objects.flatMap((type) => (type.getFields().id ? [`${type.name} ${type.getFields().id?.type}`] : []));
    expect(ids.length).toBeGreaterThan(20);
    // Affise prints some of these without one; a cache then keeps them in their parent.
    const mayBeNull = ["Currency ID", "TrackingDomain ID"];
    expect(ids.filter((id) => !id.endsWith(" ID!") && !mayBeNull.includes(id))).toEqual([]);
  });

  test("no-unreachable-types: whatever is written can be asked for", () => {
    const reached = new Set<string>();
    const reach = (name: string): void => {
      const type = schema.getType(name);
      if (!type || reached.has(name)) return;
      reached.add(name);
      if (isUnionType(type) || isInterfaceType(type)) for (const one of schema.getPossibleTypes(type)) reach(one.name);
      if (isObjectType(type) || isInterfaceType(type)) for (const one of type.getInterfaces()) reach(one.name);
      if (!("getFields" in type)) return;
      for (const field of Object.values(type.getFields())) {
        reach(nameOf(field.type));
        if ("args" in field) for (const { type: of } of field.args) reach(nameOf(of));
      }
    };
    for (const type of [schema.getQueryType(), schema.getMutationType()]) if (type) reach(type.name);
    for (const { args } of schema.getDirectives()) for (const { type } of args) reach(nameOf(type));
    expect(types.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
  });

  test("require-deprecation-reason: what is deprecated says what to use instead", () => {
    const deprecated = withFields.flatMap((type) => Object.values(type.getFields()).filter((field) => field.deprecationReason));
    expect(deprecated.filter(({ deprecationReason }) => deprecationReason === "No longer supported")).toEqual([]);
  });

  test("no-hashtag-description: a comment before a definition would be read by nobody", () => {
    const odd = filesIn("schema", ".graphql").flatMap((file) =>
      [...textOf(file).matchAll(/^ *#.*\n *(?:type|input|enum|scalar|union|interface|directive|\w+\(|\w+:)/gm)].map(() => file),
    );
    expect(odd).toEqual([]);
  });

  test("relay-page-info and relay-connection-types", () => {
    const shape = (name: string): Record<string, string> => {
      const type = schema.getType(name);
      return isObjectType(type)
        ? Object.fromEntries(Object.values(type.getFields()).map((one) => [one.name, String(one.type)]))
        : {};
    };
    expect(shape("PageInfo")).toMatchObject({
      hasNextPage: "Boolean!",
      hasPreviousPage: "Boolean!",
      startCursor: "String",
      endCursor: "String",
    });
    const connections = objects.map(({ name }) => name).filter((name) => name.endsWith("Connection"));
    for (const name of connections) {
      const edge = name.replace(/Connection$/, "Edge");
      expect(shape(name)).toMatchObject({ pageInfo: "PageInfo!", edges: expect.stringContaining(edge) });
      expect(shape(edge)).toMatchObject({ cursor: "String!", node: expect.any(String) });
    }
  });
});

/** The documents of the example programs and of the typed client. */
const programs = [
  ...filesIn("client/src/operation", ".graphql").map((file) => [file, textOf(file)] as const),
  ...["examples/script", "examples/caps-monitor/src"].flatMap((folder) =>
    filesIn(folder, ".ts")
      .filter((file) => !/node_modules|[\\/]gql[\\/]/.test(file))
      .flatMap((file) => [...textOf(file).matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text = ""]) => [file, text] as const)),
  ),
];

const withoutId = (document: DocumentNode): string[] => {
  const info = new TypeInfo(schema);
  const found: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const type = getNamedType(info.getType());
        if (!isObjectType(type) || !type.getFields().id || !node.selectionSet) return;
        const names = node.selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : ""));
        if (!names.includes("id")) found.push(node.name.value);
      },
    }),
  );
  return found;
};

describe("the operations of the programs", () => {
  test.each(programs)("%s", (_, text) => {
    const document = parse(text);
    const operations = document.definitions.filter(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    expect(operations.length).toBeGreaterThan(0);
    // no-anonymous-operations, naming-convention, require-selections
    expect(operations.map(({ name }) => name?.value ?? "").filter((name) => !/^[A-Z]\w*$/.test(name))).toEqual([]);
    expect(operations.map(({ name }) => name?.value ?? "").filter((name) => /(Query|Mutation)$/.test(name))).toEqual([]);
    expect(withoutId(document)).toEqual([]);
  });

  test("all of them are looked at", () => {
    expect(programs.map(([file]) => file.split(/[\\/]/)[0])).toEqual(expect.arrayContaining(["client", "examples"]));
  });
});
