import { type GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { buildSchema } from "../../src/graph/index.js";
import type { AskOptions, Reply, World } from "../world/world.js";
import type { Sample } from "./sample.js";

const mutations = (buildSchema().getMutationType() as GraphQLObjectType).getFields();

/** The names of all mutations. */
export const names = Object.keys(mutations);

/** The field of a mutation. */
export const fieldOf = (name: string) => {
  const field = mutations[name];
  if (!field) throw new Error(`There is no mutation ${name}`);
  return field;
};

/** The fields of a mutation's payload. */
export const payloadOf = (name: string) => {
  const payload = getNamedType(fieldOf(name).type);
  if (!isObjectType(payload)) throw new Error(`${name} has no payload`);
  return payload.getFields();
};

const outcome = "outcome error { code message argument operation }";

const objectsIn = (fields: ReturnType<typeof payloadOf>): string[] =>
  Object.values(fields).flatMap((field) => {
    const type = getNamedType(field.type);
    return isObjectType(type) && "id" in type.getFields() ? [`${field.name} { id }`] : [];
  });

/** A mutation with its input in a variable. */
export const askedFor = (name: string, fields: string): string => {
  const [argument] = fieldOf(name).args;
  return argument
    ? `mutation ($input: ${argument.type}) { ${name}(input: $input) { ${fields} } }`
    : `mutation { ${name} { ${fields} } }`;
};

/** Asks a mutation for the outcome, and for the id of every object that its payload has. */
export const queryOf = (name: string): string => {
  const payload = payloadOf(name);
  const results = payload.results && getNamedType(payload.results.type);
  const asked = [
    ...("outcome" in payload ? [outcome] : []),
    ...(isObjectType(results) ? [`results { ${[outcome, ...objectsIn(results.getFields())].join(" ")} }`] : []),
    ...objectsIn(payload),
  ].join(" ");
  return askedFor(name, asked);
};

/** What a mutation tells of one thing. */
export interface Told {
  outcome: string;
  error: { code: string; message: string; argument: string | null; operation: string | null } | null;
}

/** What an answer tells of each thing that a mutation was about. */
export const toldBy = (name: string, { data }: Reply): Told[] => {
  const payload = data[name] as (Told & { results?: Told[] }) | null;
  return payload?.results ?? (payload ? [payload] : []);
};

/** Carries out a mutation as its sample says. */
export const runOf =
  (world: World) =>
  (name: string, { input, key }: Omit<Sample, "write">, more: AskOptions = {}): Promise<Reply & { calls: string[] }> =>
    world.askCounting(queryOf(name), { variables: { input }, key, ...more });

/** The writes among REST calls. */
export const writesIn = (calls: readonly string[]): string[] => calls.filter((call) => !call.startsWith("GET "));
