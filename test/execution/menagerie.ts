import { makeExecutableSchema } from "@graphql-tools/schema";
import { GraphQLError, type GraphQLResolveInfo, isObjectType } from "graphql";

/** A schema with every kind of type, whose answers depend on where a field stands and on nothing else. */
const typeDefs = `
  directive @mark(number: Int, wish: Wish) repeatable on QUERY | FIELD | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION
  scalar Day
  enum Colour { RED GREEN BLUE }
  interface Node { id: ID! name(upper: Boolean): String }
  interface Named implements Node { id: ID! name(upper: Boolean): String size(unit: Colour = RED, day: Day): Int }
  type Cat implements Node & Named {
    id: ID! name(upper: Boolean): String size(unit: Colour = RED, day: Day): Int
    lives: Int! day: Day colour: Colour! scores: [Float!] matrix: [[Int]] grid: [[Dog!]]!
    self: Cat! friend: Animal friends(first: Int = 2, wish: Wish): [Animal!] dogs: [Dog] owner: Node! where: String! echo(wish: Wish!): String!
  }
  type Dog implements Node & Named {
    id: ID! name(upper: Boolean): String size(unit: Colour = RED, day: Day): Int
    bark: String! good: Boolean colours: [Colour] friend: Animal! cats: [Cat!]! home: Node near: [Node]
  }
  type Rock implements Node { id: ID! name(upper: Boolean): String weight: Float! under: [Animal!]! }
  union Animal = Cat | Dog
  input Deep { colour: Colour = BLUE days: [Day!] numbers: [[Int]] any: ID }
  input Wish { text: String = "x" count: Int! = 3 inner: Deep = { colour: GREEN } list: [Deep!] sure: Boolean! = true colours: [Colour!] = RED }
  input Either @oneOf { text: String count: Int deep: Deep }
  type Query {
    cat(id: ID! = "1"): Cat cats(first: Int = 2): [Cat!] dog: Dog! node(id: ID): Node named: Named! animals: [Animal] nodes(colour: Colour): [Node!]!
    echo(wish: Wish, colour: Colour, day: Day, list: [Int!], lists: [[Int!]!], id: ID, flag: Boolean = true): String needed(id: ID!, wishes: [Wish!]!): Int
    either(one: Either, all: [Either!], must: Either! = { count: 1 }): String
  }
  type Mutation { set(wish: Wish): Cat }
`;

const hashOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const placeOf = (info: GraphQLResolveInfo) => {
  const keys: string[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = info.path; at; at = at.prev) keys.push(`${at.key}:${at.typename}`);
  return keys.join("/");
};

export interface MenagerieContext {
  seed: number;
  /** How many of a hundred fields fail. */
  failing: number;
}

const leaves: Record<string, (at: number) => unknown> = {
  ID: (at) => at % 97,
  Int: (at) => (at % 31 === 0 ? "many" : at % 1_000),
  Float: (at) => at / 7,
  String: (at) => (at % 29 === 0 ? {} : `s${at % 50}`),
  Boolean: (at) => at % 2 === 0,
  Day: (at) => `day ${at % 28}`,
  Colour: (at) => ["#f00", "#0f0", "#00f", "#bad"][at % (at % 19 === 0 ? 4 : 3)],
};

const kinds: Record<string, readonly string[]> = { Node: ["Cat", "Dog", "Rock"], Named: ["Cat", "Dog"], Animal: ["Cat", "Dog"] };

const valueOf = (type: string, at: number): unknown => {
  if (type.endsWith("!")) return valueOf(type.slice(0, -1), at);
  if (at % 11 === 0) return null;
  if (type.startsWith("[")) {
    const items = Array.from({ length: at % 4 }, (_, index) => itemOf(type.slice(1, -1), hashOf(`${at}.${index}`)));
    return at % 13 === 0 ? new Set(items) : at % 37 === 0 ? "no list" : items;
  }
  const leaf = leaves[type];
  if (leaf) return leaf(at);
  const [named] = [kinds[type]?.[at % kinds[type].length] ?? type];
  return { __typename: at % 53 === 0 && kinds[type] ? "Query" : named };
};

const itemOf = (type: string, at: number): unknown => {
  if (at % 23 === 0) return new Error(`item ${at % 10}`);
  if (at % 17 === 0) return Promise.reject(new GraphQLError(`late item ${at % 10}`, { extensions: { code: "LATE" } }));
  return at % 5 === 0 ? Promise.resolve(valueOf(type, at)) : valueOf(type, at);
};

const later = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await undefined;
};

const failure = (at: number) => new GraphQLError(`failed ${at % 100}`, { extensions: { code: `C${at % 3}` } });

/** What a field gives: at once or later, well or not. */
const outcome = (info: GraphQLResolveInfo, args: object, { seed, failing }: MenagerieContext): unknown => {
  const at = hashOf(`${seed} ${placeOf(info)} ${JSON.stringify(args)}`);
  const fails = at % 100 < failing;
  const value = () =>
    info.fieldName === "echo" || info.fieldName === "either"
      ? JSON.stringify(args)
      : info.fieldName === "where"
        ? `${placeOf(info)} ${info.parentType} ${info.returnType} ${info.fieldNodes.length} ${Object.keys(info.fragments)} ${JSON.stringify(info.variableValues)}`
        : valueOf(String(info.returnType), at >>> 7);
  switch ((at >>> 3) % 6) {
    case 0:
      return later(at % 4).then(() => {
        if (fails) throw failure(at);
        return value();
      });
    case 1:
      return new Promise((resolve, reject) => setImmediate(() => (fails ? reject(failure(at)) : resolve(value()))));
    case 2:
      return fails ? failure(at) : value();
    default:
      if (fails) throw failure(at);
      return value();
  }
};

export const menagerie = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Day: {
      serialize: (value: unknown) => `out ${value}`,
      parseValue: (value: unknown) => {
        if (typeof value !== "string") throw new GraphQLError("no day", { extensions: { code: "NO_DAY" } });
        return `in ${value}`;
      },
    },
    Colour: { RED: "#f00", GREEN: "#0f0", BLUE: "#00f" },
  },
});

for (const type of Object.values(menagerie.getTypeMap())) {
  if (!isObjectType(type) || type.name.startsWith("__")) continue;
  for (const field of Object.values(type.getFields())) {
    field.resolve = (_, args, context: MenagerieContext, info) => outcome(info, args, context);
  }
}
