import { badInput } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { Load } from "../../loaders.js";
import { type otherKeys, subgraphSdl } from "../../subgraph-sdl.js";
import { text } from "../column/decode.js";
import { readNodeId } from "../column/node-id.js";
import { mostItems } from "../mutation/input.js";
import { int } from "../mutation/write.js";
import { findNode, isNodeType, readAs, readType } from "./node.js";

/** What a router knows of an object. */
type Representation = Readonly<Record<string, unknown>>;

const plainId = (type: string, id: string, path: string): string => {
  const said = readNodeId(id);
  if (!said || !isNodeType(said.type)) return id;
  if (said.type === type) return said.id;
  throw badInput(path, `${path} is the nodeId of ${said.type} ${said.id}; an id of ${type} belongs here.`);
};

/** Finds an object by the fields of a key. */
type Find = (load: Load, key: Readonly<Record<string, string>>, path: string) => Promise<object | null>;

const finders: { readonly [Type in keyof typeof otherKeys]: Readonly<Record<(typeof otherKeys)[Type][number], Find>> } = {
  Country: { code: (load, { code = "" }) => load.country.load(code.toUpperCase()) },
  Currency: {
    code: (load, { code = "" }) => load.currencyByCode.load(code.toUpperCase()),
    id: (load, { id = "" }, path) => load.currency.load(int(id, `${path}.id`)),
  },
  OperatingSystem: { name: (load, { name = "" }) => load.operatingSystemByName.load(name) },
  Promocode: {
    "offerId code": async (load, { offerId = "", code }, path) => {
      const at = `${path}.offerId`;
      const promocodes = await load.offerPromocodes.load(int(plainId("Offer", offerId, at), at));
      return promocodes?.find((row) => text(row.code) === code) ?? null;
    },
  },
  User: { email: (load, { email = "" }) => load.userByEmail.load(email.toLowerCase()) },
};

/** How objects of a type are found, by the fields of each of its keys; the id comes first. */
const findersOf = (type: string): [fields: string, Find][] => {
  const byId: Find = (load, { id = "" }, path) =>
    isNodeType(type) ? findNode(load, type, plainId(type, id, `${path}.id`), `${path}.id`) : Promise.resolve(null);
  const others = Object.entries(finders).find(([name]) => name === type)?.[1] ?? {};
  return [...(isNodeType(type) ? [["id", byId] as [string, Find]] : []), ...Object.entries<Find>(others)];
};

/** The fields of a key as a router said them; undefined where one of them is missing. */
const keyIn = (representation: Representation, fields: string): Record<string, string> | undefined => {
  const values = fields.split(" ").map((name) => [name, representation[name]] as const);
  const isSaid = values.every(([, value]) => (typeof value === "string" && value !== "") || typeof value === "number");
  return isSaid ? Object.fromEntries(values.map(([name, value]) => [name, String(value)])) : undefined;
};

const find = (load: Load, representation: Representation, path: string): Promise<object | null> => {
  const type = String(Object(representation).__typename);
  const known = findersOf(type);
  for (const [fields, findBy] of known) {
    const key = keyIn(representation, fields);
    if (key) return findBy(load, key, path);
  }
  if (!known.length) throw badInput(`${path}.__typename`, `${path}.__typename: ${type.slice(0, 100)} has no key here.`);
  const keys = known.map(([fields]) => fields.replaceAll(" ", " and ")).join(", or by ");
  throw badInput(path, `${path} has no whole key: ${type} is known by ${keys}.`);
};

/** Throws BAD_USER_INPUT naming the representation that can lead nowhere. */
const entity = async (load: Load, representation: Representation, path: string): Promise<object | null> =>
  readAs(String(representation.__typename), await find(load, representation, path));

/** What routers ask; only in the schema of a server that is run as a subgraph. */
export const Query = {
  _service: () => ({ sdl: subgraphSdl() }),

  _entities: (_: unknown, { representations }: { representations: readonly Representation[] }, { load }: Context) => {
    if (representations.length > mostItems) {
      const found = `representations has ${representations.length} items`;
      throw badInput("representations", `${found}; ${mostItems} at the most fit into one list. Split it.`);
    }
    return representations.map((one, index) => entity(load, one, `representations.${index}`));
  },
};

export const _Entity = { __resolveType: readType };
