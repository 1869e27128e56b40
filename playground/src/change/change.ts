import {
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  parse,
  valueFromASTUntyped,
} from "graphql";
import type { Question } from "../ask.js";
import { isJsonObject } from "../json-object.js";
import { type Noun, nounOf } from "../noun.js";

/** One value that a mutation is given, by its path in the caller's words; ids come with what they are ids of. */
export interface GivenValue {
  path: string;
  values: string[];
  noun: Noun | undefined;
}

/** One field of a mutation: what it does, what it is given, and what its descriptions say of mails and of repeating it. */
export interface Change {
  name: string;
  about: string;
  given: GivenValue[];
  mails: string[];
}

const operationsIn = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);

const parsed = (query: string): DocumentNode | undefined => {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
};

/** The operation that a question runs; undefined where the text does not tell. */
const operationOf = ({ query, operationName }: Question): OperationDefinitionNode | undefined => {
  const document = parsed(query);
  const operations = document ? operationsIn(document) : [];
  return operations.length < 2 ? operations[0] : operations.find(({ name }) => name?.value === operationName);
};

/** Whether running a question may change something. A text that cannot be told apart counts as one that does if it speaks of mutations. */
export const isChange = (question: Question): boolean => {
  const operation = operationOf(question);
  return operation ? operation.operation === "mutation" : /\bmutation\b/.test(question.query);
};

const sentences = (text: string): string[] => text.replaceAll(/\s+/g, " ").match(/[^.]+\.?/g) ?? [];

const speaksOfMail = (text: string | null | undefined): string[] =>
  sentences(text ?? "")
    .filter((sentence) => /\bmails?\b|\btold to\b|\bnotif/i.test(sentence))
    .map((sentence) => sentence.trim());

interface Found {
  given: GivenValue[];
  mails: string[];
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => (typeof one === "string" ? one : JSON.stringify(one)));

const collect = (
  field: GraphQLArgument | GraphQLInputField,
  type: GraphQLInputType,
  value: unknown,
  path: string,
  parent: string,
  found: Found,
): void => {
  if (value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable) && Array.isArray(value) && isInputObjectType(getNamedType(nullable))) {
    value.forEach((one, index) => {
      collect(field, nullable.ofType, one, `${path}.${index}`, parent, found);
    });
    return;
  }
  if (isInputObjectType(nullable) && isJsonObject(value)) {
    for (const below of Object.values(nullable.getFields())) {
      if (value[below.name] === undefined) continue;
      collect(below, below.type, value[below.name], `${path}.${below.name}`, nullable.name, found);
    }
    return;
  }
  found.mails.push(...speaksOfMail(field.description));
  const isId = getNamedType(type).name === "ID";
  found.given.push({ path, values: texts(value), noun: isId ? nounOf(field.name, parent) : undefined });
};

const changeOf = (node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Record<string, unknown>): Change => {
  const found: Found = { given: [], mails: speaksOfMail(field.description) };
  for (const argument of field.args) {
    const set = node.arguments?.find(({ name }) => name.value === argument.name);
    if (set) collect(argument, argument.type, valueFromASTUntyped(set.value, variables), argument.name, field.name, found);
  }
  const about = sentences(field.description ?? "")[0]?.trim() ?? "";
  return { name: field.name, about, given: found.given, mails: [...new Set(found.mails)] };
};

/** The mutations that a question would run, in order. Fields that the schema does not know are left out: the server refuses them. */
export const changesIn = (schema: GraphQLSchema | null | undefined, question: Question): Change[] => {
  const fields = schema?.getMutationType()?.getFields() ?? {};
  const defaults = operationOf(question)?.variableDefinitions?.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  const variables = { ...Object.fromEntries(defaults ?? []), ...question.variables };
  return (operationOf(question)?.selectionSet.selections ?? []).flatMap((node) => {
    const field = node.kind === Kind.FIELD ? fields[node.name.value] : undefined;
    return field && node.kind === Kind.FIELD ? [changeOf(node, field, variables)] : [];
  });
};
