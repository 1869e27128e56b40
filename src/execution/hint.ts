import {
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { memoized } from "../contract/memoized.js";
import { columnsOf } from "../graph/column/column.js";
import { hasDirective } from "../graph/column/directive.js";
import { type Plugin, pluginOf } from "./plugin.js";

type Field = GraphQLField<unknown, unknown>;

const normal = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** What a description says in brackets of other people's words: `(panel: Revenue; wire: total)`. */
const words = (whose: RegExp, { description }: Field): string[] => whose.exec(description ?? "")?.[1]?.split(/,| or /) ?? [];

/** What a thing is called has several names, and who knows one of them asks for it everywhere. */
const nameFields: readonly string[] = ["name", "title", "companyName"];

/** By which words a person may look for a field, the likeliest first: ours, the panel's, the wire's. */
const vocabularies: readonly ((field: Field) => readonly string[])[] = [
  ({ name }) => [name],
  ({ name }) => (nameFields.includes(name) ? nameFields : []),
  (field) => words(/\(panel(?: and wire)?: ([^;)]*)/, field),
  (field) => [...words(/wire: ([^;)]*)/, field), ...columnsOf(field)],
];

/** How far below the place where a thing was asked for it is looked for: `figures { clicks }` is one step. */
const mostSteps = 4;

const fieldsOf = (type: unknown): Field[] => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []);

/** Whether what is below a field belongs to the row itself: joined rows and lists of others are another matter. */
const isOwn = (field: Field): boolean =>
  field.name !== "edges" && !field.args.some(isRequiredArgument) && !hasDirective(field, "restCalls");

interface Level {
  fields: readonly Field[];
  way(inner: string): string;
}

/** The ways from a type to the fields on it and below it, by the words that they may be looked for under; the shortest of each. */
const waysFrom = memoized((type: GraphQLNamedType): ReadonlyMap<string, string> => {
  const ways = new Map<string, string>();
  const seen = new Set<GraphQLNamedType>([type]);
  let levels: Level[] = [{ fields: fieldsOf(type), way: (inner) => inner }];
  for (let steps = 0; steps <= mostSteps; steps += 1) {
    for (const vocabulary of vocabularies) {
      for (const { fields, way } of levels) {
        for (const field of fields) {
          for (const word of vocabulary(field).map(normal)) if (!ways.has(word)) ways.set(word, way(field.name));
        }
      }
    }
    levels = levels.flatMap(({ fields, way }) =>
      fields
        .filter((field) => type.name.endsWith("Payload") || isOwn(field))
        .flatMap(({ name, type }) => {
          const below = getNamedType(type);
          if (seen.has(below)) return [];
          seen.add(below);
          return [{ fields: fieldsOf(below), way: (inner: string) => way(`${name} { ${inner} }`) }];
        }),
    );
  }
  return ways;
});

/** Where a field stands that was asked for by another word, or too high. */
const fieldFor = (type: GraphQLNamedType | undefined, asked: string): string | undefined =>
  type && waysFrom(type).get(normal(asked));

/** Other APIs have a field for each number: `sub1`, `custom_field_2`. */
const numberedName = /^(\w*?[a-z])_?(\d{1,2})$/i;

/** Where what Affise numbers stands: `sub1: sub(number: 1)` for sub1, or the list of all of them. */
const numberedFor = (type: GraphQLNamedType | undefined, asked: string): string | undefined => {
  const [, stem = "", number] = numberedName.exec(asked) ?? [];
  if (!number) return undefined;
  const one = fieldFor(type, stem);
  return one && /\b(sub|customField)[ }]*$/.test(one)
    ? one.replace(/\b(sub|customField)(?=[ }]*$)/, `${asked}: $1(number: ${number})`)
    : fieldFor(type, `${stem}s`);
};

type Input = GraphQLArgument | GraphQLInputField;

const inputsOf = (type: unknown): Input[] => (isInputObjectType(type) ? Object.values(type.getFields()) : []);

const inside = ({ name, type }: Input, inner: string): string =>
  isListType(getNullableType(type)) ? `${name}: [{ ${inner} }]` : `${name}: { ${inner} }`;

/** What other APIs call the arguments of a list. */
const usual: Readonly<Record<string, string>> = {
  limit: "first",
  take: "first",
  count: "first",
  perpage: "first",
  pagesize: "first",
  offset: "after",
  skip: "after",
  page: "after",
  cursor: "after",
  sort: "orderby",
  sortby: "orderby",
  order: "orderby",
  where: "filter",
  filters: "filter",
  search: "filter",
};

/** How an argument's name may differ from the one that was asked for, the likeliest first. */
const likenesses: readonly ((name: string, asked: string) => boolean)[] = [
  (name, asked) => name === asked,
  (name, asked) => name === usual[asked],
  (name, asked) => [`${asked}s`, `${asked}id`, `${asked}ids`, asked.replace(/y$/, "ies")].includes(name),
  (name, asked) => name.endsWith(asked) || name.endsWith(`${asked}s`),
];

const inputFor = (inputs: readonly Input[], asked: string): string | undefined => {
  for (const isLike of likenesses) {
    const isIt = ({ name }: Input) => isLike(normal(name), normal(asked));
    const here = inputs.find(isIt);
    if (here) return here.name;
    for (const input of inputs) {
      const below = inputsOf(getNamedType(input.type)).find(isIt);
      if (below) return inside(input, below.name);
    }
  }
  return undefined;
};

const fieldOrNumbered = (type: GraphQLNamedType | undefined, asked: string) => fieldFor(type, asked) ?? numberedFor(type, asked);

const inputOrNumbered = (inputs: readonly Input[], asked: string): string | undefined =>
  inputFor(inputs, asked) ?? inputFor(inputs, numberedName.exec(asked)?.[1] ?? asked);

const fieldAt = (schema: GraphQLSchema, place: string): Field | undefined => {
  const [type = "", name = ""] = place.split(".");
  return fieldsOf(schema.getType(type)).find((field) => field.name === name);
};

/** What graphql-js says of a name that is not there, and what there is instead. */
const unknown: readonly [RegExp, (schema: GraphQLSchema, asked: string, place: string) => string | undefined][] = [
  [/^Cannot query field "(\w+)" on type "(\w+)"\./, (schema, asked, place) => fieldOrNumbered(schema.getType(place), asked)],
  [
    /^Unknown argument "(\w+)" on field "(\w+\.\w+)"\./,
    (schema, asked, place) => inputFor(fieldAt(schema, place)?.args ?? [], asked),
  ],
  [
    /^Field "(\w+)" is not defined by type "(\w+)"\./,
    (schema, asked, place) => inputOrNumbered(inputsOf(schema.getType(place)), asked),
  ],
];

/** Values of an enum that are all told where none is like the one that was sent. */
const mostValues = 12;

/** The panel's word for a value: `Halted for a while; the panel says Paused.` */
const panelWord = ({ description }: GraphQLEnumValue): string => /panel says ([\w-]+)/.exec(description ?? "")?.[1] ?? "";

/** The value that the panel or the wire calls so, else all there are; undefined where they are too many. */
const valueFor = (type: GraphQLNamedType | undefined, asked: string): string | undefined => {
  const values = isEnumType(type) ? type.getValues() : [];
  const found = values.find((one) => [panelWord(one), String(one.value)].map(normal).includes(normal(asked)));
  if (found) return `"${found.name}"`;
  return values.length <= mostValues ? `one of ${values.map(({ name }) => name).join(", ")}` : undefined;
};

const unknownValue = /^(.*?Value "([^"]*)" does not exist in "(\w+)" enum\.)( Did you mean the enum value .*)?$/s;

const hintValue = (schema: GraphQLSchema, error: GraphQLError): void => {
  const [, said, asked = "", type = "", alike] = unknownValue.exec(error.message) ?? [];
  if (said === undefined) return;
  const found = valueFor(schema.getType(type), asked);
  if (found && !(alike && found.startsWith("one of"))) error.message = `${said} Did you mean ${found}?`;
};

/** Adds what there is instead to an error about a name or value that is not there. */
export const hint = (schema: GraphQLSchema, error: GraphQLError): void => {
  hintValue(schema, error);
  for (const [message, find] of unknown) {
    const [said, asked = "", place = ""] = message.exec(error.message) ?? [];
    const found = said && find(schema, asked, place);
    if (found) error.message = `${said} Did you mean "${found}"?`;
  }
};

/**
 * Says where a thing stands that was looked for under the panel's or the wire's word, one level too high, or beside the filter it belongs into:
 * `Did you mean "nodes { title }"?`. graphql-js itself suggests names that are spelt alike.
 */
export const hintPlugin = (schema: GraphQLSchema): Plugin =>
  pluginOf({
    validationDidStart: () => (errors) => {
      for (const error of errors ?? []) hint(schema, error as GraphQLError);
    },
  });
