import { badInput } from "../../affise/error/error.js";
import type { Context } from "../../context.js";
import type { Load } from "../../loaders.js";
import { subgraphSdl } from "../../subgraph-sdl.js";
import { readNodeId } from "../column/node-id.js";
import { mostItems } from "../mutation/input.js";
import { findNode, isNodeType } from "./node.js";

/** What a router knows of an object. */
type Representation = Readonly<Record<string, unknown>>;

/** Which type a row was read as; rows do not tell it themselves. */
const types = new WeakMap<object, string>();

const keyIn = (representation: Representation, name: string, path: string): string => {
  const key = representation[name];
  if ((typeof key === "string" && key !== "") || typeof key === "number") return String(key);
  throw badInput(`${path}.${name}`, `${path}.${name} is missing: ${String(representation.__typename)} is known by it.`);
};

const plainId = (type: string, id: string, path: string): string => {
  const said = readNodeId(id);
  if (!said || !isNodeType(said.type)) return id;
  if (said.type === type) return said.id;
  throw badInput(path, `${path} is the nodeId of ${said.type} ${said.id}; an id of ${type} belongs here.`);
};

const find = (load: Load, representation: Representation, path: string): Promise<object | null> => {
  const type = String(Object(representation).__typename);
  if (type === "Country") return load.country.load(keyIn(representation, "code", path).toUpperCase());
  if (!isNodeType(type)) throw badInput(`${path}.__typename`, `${path}.__typename: ${type.slice(0, 100)} has no key here.`);
  return findNode(load, type, plainId(type, keyIn(representation, "id", path), `${path}.id`), `${path}.id`);
};

/** Throws BAD_USER_INPUT naming the representation that can lead nowhere. */
const entity = async (load: Load, representation: Representation, path: string): Promise<object | null> => {
  const row = await find(load, representation, path);
  if (row) types.set(row, String(representation.__typename));
  return row;
};

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

export const _Entity = { __resolveType: (row: object) => types.get(row) };
