import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { NodeResolvers, Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { nullIfNotFound } from "../column/failure.js";
import { readNodeId } from "../column/node-id.js";
import { mostItems } from "../mutation/input.js";
import { hex, int } from "../mutation/write.js";
import { presetOf } from "../user/preset.js";

type Row = object | null;
type Find = (load: Load, id: string, argument: string) => Promise<Row>;

/** How each type is read by its id: ids of one type that are asked for together travel together, where Affise has a list that takes them. */
const finders = {
  Offer: (load, id, argument) => load.offer.load(int(id, argument)),
  Affiliate: (load, id, argument) => load.affiliate.load(int(id, argument)),
  Advertiser: (load, id, argument) => load.advertiser.load(hex(id, argument)),
  User: (load, id, argument) => load.user.load(hex(id, argument)),
  Conversion: (load, id, argument) => nullIfNotFound(load.conversion.load(hex(id, argument))),
  Payment: (load, id, argument) => load.payment.load(int(id, argument)),
  Invoice: (load, id, argument) => nullIfNotFound(load.invoice.load(int(id, argument))),
  Ticket: (load, id, argument) => nullIfNotFound(load.ticket.load(int(id, argument))),
  NewsItem: (load, id, argument) => nullIfNotFound(load.newsItem.load(hex(id, argument))),
  KpiRule: (load, id, argument) => load.kpiRule.load(hex(id, argument)),
  Category: (load, id, argument) => load.category.load(hex(id, argument)),
  SmartlinkCategory: (load, id, argument) => load.smartlinkCategory.load(hex(id, argument)),
  TrafficSource: (load, id, argument) => load.trafficSource.load(hex(id, argument)),
  Preset: (load, id, argument) => presetOf(load, hex(id, argument)),
  PaymentSystem: (load, id, argument) => load.paymentSystem.load(int(id, argument)),
  CustomField: (load, id, argument) => load.customField.load(int(id, argument)),
  Goal: (load, id, argument) => load.goal.load(int(id, argument)),
  OperatingSystem: (load, id, argument) => load.operatingSystem.load(int(id, argument)),
} satisfies Record<string, Find>;

/** The types that can be read by id. */
type NodeType = keyof typeof finders;

/** Whether a type can be read by id. */
export const isNodeType = (type: string): type is NodeType => Object.hasOwn(finders, type);

/** Which type a row was read as; rows do not tell it themselves. */
const types = new WeakMap<object, string>();

/** A row, or none, that was read as a type, to be known as one. */
export const readAs = <Found extends Row>(type: string, row: Found): Found => {
  if (row) types.set(row, type);
  return row;
};

/** The type that a row was read as. */
export const readType = (row: object): string | undefined => types.get(row);

/** One thing of a type by its plain id; null where there is none. Throws BAD_USER_INPUT naming the argument where it can be no such id. */
export const findNode = async (load: Load, type: NodeType, id: string, argument: string): Promise<Row> => {
  const find: Find = finders[type];
  return readAs(type, await find(load, id, argument));
};

const findGlobal = async (load: Load, nodeId: string, argument: string): Promise<Row> => {
  const said = readNodeId(nodeId);
  if (said && isNodeType(said.type)) return findNode(load, said.type, said.id, argument);
  throw badInput(argument, `${argument}: ${quoted(nodeId)} is no global id; take it from some object's nodeId.`);
};

export const Query = {
  node: (_, { nodeId }, { load }) => findGlobal(load, nodeId, "nodeId"),

  nodes: (_, { nodeIds }, { load }) => {
    if (nodeIds.length > mostItems) {
      throw badInput("nodeIds", `nodeIds has ${nodeIds.length} ids; ${mostItems} at the most fit into one list. Split it.`);
    }
    return nodeIds.map((nodeId, index) => findGlobal(load, nodeId, `nodeIds.${index}`));
  },
} satisfies Resolvers["Query"];

export const Node = {
  __resolveType: (row) => {
    const type = readType(row);
    if (!type || !isNodeType(type)) throw new Error("A row was answered as a Node that was not read as one.");
    return type;
  },
} satisfies Pick<NodeResolvers, "__resolveType">;
