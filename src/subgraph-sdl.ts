import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  specifiedDirectives,
  valueFromASTUntyped,
  visit,
} from "graphql";
import { parsedSdl } from "./sdl.js";

/** By what else than the `id` of a Node another subgraph may point at an object: each text is the fields of one key. */
export const otherKeys = {
  Country: ["code"],
  Currency: ["code", "id"],
  OperatingSystem: ["name"],
  Promocode: ["offerId code"],
  User: ["email"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Types and fields that mean the same in whichever subgraph they stand: several may give them, and provide them beside what points at them. */
const shared = new Set(["PageInfo", "LocalizedText", "Country.name"]);

/** The directives of the federation's specification that are used here; composition defines them. */
const imports = ["key", "shareable", "cost", "listSize"];

const named = imports.map((name) => `"@${name}"`).join(", ");
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${named}])`;

const isObject = (definition: DefinitionNode): definition is ObjectTypeDefinitionNode =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION;

const keysOf = ({ name, interfaces = [] }: ObjectTypeDefinitionNode): readonly string[] => [
  ...(interfaces.some((one) => one.name.value === "Node") ? ["id"] : []),
  ...(Object.entries(otherKeys).find(([type]) => type === name.value)?.[1] ?? []),
];

const directive = (name: string, args: Readonly<Record<string, string>> = {}): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(args).map(([arg, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: arg },
    value: { kind: Kind.STRING, value },
  })),
});

const marked = (definition: DefinitionNode): DefinitionNode => {
  if (!isObject(definition)) return definition;
  const { name, directives = [], fields = [] } = definition;
  const sharing = (path: string) => (shared.has(path) ? [directive("shareable")] : []);
  const keys = keysOf(definition).map((key) => directive("key", { fields: key }));
  return {
    ...definition,
    directives: [...directives, ...keys, ...sharing(name.value)],
    fields: fields.map((field) => ({
      ...field,
      directives: [...(field.directives ?? []), ...sharing(`${name.value}.${field.name.value}`)],
    })),
  };
};

/** Whether the federation knows such a list's size: there only numbers size one, and not how many ids are given. */
const isSized = ({ arguments: args = [] }: FieldDefinitionNode, listSize: ConstDirectiveNode): boolean => {
  const slicing = listSize.arguments?.find(({ name }) => name.value === "slicingArguments");
  const names = valueFromASTUntyped(slicing?.value ?? { kind: Kind.LIST, values: [] }) as unknown[];
  return args.every(({ name, type }) => !names.includes(name.value) || print(type) === "Int");
};

/** The other directives are read by this server alone; composition would drop them, and leave their enum in everybody's graph. */
const kept = [...imports, ...specifiedDirectives.map(({ name }) => name)];

/** Costs and sizes in the federation's form, so that they come through composition and a router can hold a budget by them. */
const inFederationForm = (sdl: DocumentNode): DocumentNode =>
  visit(sdl, {
    DirectiveDefinition() {
      return null;
    },
    EnumTypeDefinition({ name }) {
      return name.value === "RestCallsPer" ? null : undefined;
    },
    FieldDefinition(field) {
      const directives = field.directives?.filter((one) => one.name.value !== "listSize" || isSized(field, one));
      return { ...field, directives };
    },
    Directive({ name }) {
      return kept.includes(name.value) ? undefined : null;
    },
    StringValue(value, _key, parent) {
      const isWeight = parent && "kind" in parent && parent.kind === Kind.ARGUMENT && parent.name.value === "weight";
      return isWeight ? { ...value, kind: Kind.INT } : undefined;
    },
  });

let printed: string | undefined;

/** The SDL as composition reads it: with the keys of what can be looked up, and without what routers alone ask for. */
export const subgraphSdl = (): string => {
  printed ??= `${link}\n\n${print({ kind: Kind.DOCUMENT, definitions: inFederationForm(parsedSdl()).definitions.map(marked) })}\n`;
  return printed;
};

/** The types that have a key. */
const entities = (sdl: DocumentNode): string[] =>
  sdl.definitions.filter(isObject).flatMap((definition) => (keysOf(definition).length ? [definition.name.value] : []));

/** What a router asks a subgraph for, beside what people ask. */
export const routerSdl = (sdl: DocumentNode): DocumentNode =>
  parse(
    `
    "What a router knows of one of this server's objects: its type and its key."
    scalar _Any

    "Whatever another subgraph may point at."
    union _Entity = ${entities(sdl).join(" | ")}

    "What composition reads."
    type _Service {
      "The schema with its keys."
      sdl: String!
    }

    extend type Query {
      "The schema as composition reads it. For routers; it needs no key."
      _service: _Service!
      "The objects that a router knows the keys of, each read by the key that came with the request. For routers; 1,000 at the most."
      _entities("Each with __typename and the key." representations: [_Any!]!): [_Entity]!
        @cost(weight: "10")
        @restCalls(operation: "GET /3.0/stats/conversionsbyid", ofItems: true, atMost: true)
        @listSize(slicingArguments: ["representations"], requireOneSlicingArgument: false)
    }`,
    { noLocation: true },
  );
