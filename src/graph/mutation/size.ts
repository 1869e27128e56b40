import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";

type Values = Readonly<Record<string, unknown>>;

const isRequiredList = (type: GraphQLInputType) => isNonNullType(type) && isListType(type.ofType);

const requiredLists = (type: GraphQLInputObjectType) => {
  const lists = Object.values(type.getFields()).filter((field) => isRequiredList(field.type));
  const ofIds = lists.filter((field) => getNamedType(field.type).name === "ID");
  return { lists, ofIds };
};

/** The field of an input that says what a mutation over many is about. */
const aboutOf = (type: GraphQLInputObjectType) => {
  const { lists, ofIds } = requiredLists(type);
  return ofIds[0] ?? lists[0];
};

/** The path of what a mutation over many is about, such as `input.offerIds`. */
export const itemsPath = (type: GraphQLInputObjectType): string => {
  const about = aboutOf(type);
  return about ? `input.${about.name}` : "input";
};

/**
 * How many items an input of a mutation over many names: the ids of its list, or of the lists of its changes, or the things that it lists
 * themselves. It is read off the schema: what a mutation is about is a list that must be given.
 */
export const itemsIn = (type: GraphQLInputObjectType, values: Values): number => {
  const about = aboutOf(type);
  const items = about ? values[about.name] : undefined;
  if (!about || !Array.isArray(items)) return 1;
  const item = getNamedType(about.type);
  if (!isInputObjectType(item) || !requiredLists(item).ofIds.length) return items.length;
  return items.reduce<number>((sum, one) => sum + itemsIn(item, one as Values), 0);
};
