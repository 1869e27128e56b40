import type { Context } from "../../context.js";
import type { OfferReceivedPostbacksArgs, OfferSentPostbacksArgs, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { type Connection, connection } from "../column/connection.js";
import { entries, record, text, textOrJson } from "../column/decode.js";
import { foreignKey, ownNumber } from "../column/foreign-key.js";
import type { ReceivedPostbackRow, SentPostbackRow } from "../column/row.js";
import { statusNumbers } from "../conversion/conversion-filter.js";
import { hex, ids, int, period, periodDayFirst } from "../mutation/write.js";

interface Only {
  offerIds?: string[];
  affiliateIds?: string[];
}

const receivedConnection = (
  { load }: Context,
  { from, to, timezone, ...args }: OfferReceivedPostbacksArgs,
  only: Only = {},
): Connection<ReceivedPostbackRow> => {
  const filter = { ...args.filter, ...only };
  const query = {
    ...periodDayFirst({ from, to }),
    timezone,
    offer: ids(int, filter.offerIds, "filter.offerIds")?.map(String),
    partner: ids(int, filter.affiliateIds, "filter.affiliateIds"),
    supplier: ids(hex, filter.advertiserIds, "filter.advertiserIds"),
    action_id: filter.actionId,
    status: filter.status?.map((status) => statusNumbers[status])[0],
    click_id: filter.clickId ? hex(filter.clickId, "filter.clickId") : undefined,
    goal: filter.goals?.[0],
    search: filter.search,
  };
  return connection(args, load.pages.receivedPostbacks({ query }));
};

const sentConnection = (
  { load }: Context,
  { from, to, timezone, ...args }: OfferSentPostbacksArgs,
  only: Only = {},
): Connection<SentPostbackRow> => {
  const filter = { ...args.filter, ...only };
  const query = {
    ...period({ from, to }),
    timezone,
    offer: ids(int, filter.offerIds, "filter.offerIds"),
    partner: ids(int, filter.affiliateIds, "filter.affiliateIds"),
    goal: filter.goals?.[0],
    status: filter.status,
    http_code: filter.httpCode,
  };
  return connection(args, load.pages.sentPostbacks({ query }));
};

export const Query = {
  receivedPostbacks: (_, args, context) => receivedConnection(context, args),
  sentPostbacks: (_, args, context) => sentConnection(context, args),
} satisfies Resolvers["Query"];

export const Offer = {
  receivedPostbacks: ({ id }, args, context) => receivedConnection(context, args, { offerIds: [String(ownNumber(id))] }),
  sentPostbacks: ({ id }, args, context) => sentConnection(context, args, { offerIds: [String(ownNumber(id))] }),
} satisfies Resolvers["Offer"];

export const Affiliate = {
  receivedPostbacks: ({ id }, args, context) => receivedConnection(context, args, { affiliateIds: [String(ownNumber(id))] }),
  sentPostbacks: ({ id }, args, context) => sentConnection(context, args, { affiliateIds: [String(ownNumber(id))] }),
} satisfies Resolvers["Affiliate"];

/** JSON inside a text; what is no JSON stays the text. */
const unpacked = (value: unknown): unknown => {
  const json = text(value);
  if (json === null) return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
};

/** Parameters are printed twice, as a map and as JSON inside a text; either may be missing. */
const parametersIn = (map: unknown, printed?: unknown) => {
  const found = map !== null && typeof map === "object" && Object.keys(map).length ? map : unpacked(printed);
  const pairs = Array.isArray(found) ? Object.entries(found) : entries(found ?? map);
  return pairs.map(([name, value]) => ({ name, value: textOrJson(value) }));
};

export const ReceivedPostback = {
  id: column("_id"),
  receivedAt: column("date"),
  ip: column("server"),
  parameters: ({ _get, get }) => parametersIn(_get, get),
  bodyParameters: ({ _post, post }) => parametersIn(_post, post),
  response: ({ response }) => {
    const printed = text(response);
    return printed === null ? null : { text: printed };
  },
  click: ({ track }) => {
    const click = record(track);
    return text(click?.id ?? click?.click_id) === null ? null : click;
  },
} satisfies Resolvers["ReceivedPostback"];

/** The part of an answer that is an object; what is printed otherwise says nothing. */
const answerIn = (value: unknown) => Object(unpacked(value)) as { status?: unknown; message?: unknown; error?: unknown };

export const PostbackResponse = {
  isAccepted: ({ text }) => {
    const { status } = answerIn(text);
    return status === undefined ? null : Number(status) === 1;
  },
  message: ({ text: printed }) => {
    const { message, error } = answerIn(printed);
    const said = message ?? error;
    return textOrJson(said);
  },
} satisfies Resolvers["PostbackResponse"];

export const SentPostback = {
  id: column("_id"),
  sentAt: column("date"),
  ...foreignKey("offer", "offer_id"),
  ...foreignKey("affiliate", "pid"),
  conversionId: column("lead_id"),
  conversion: foreignKey("conversion", "lead_id").conversion,
  url: column("postback_url"),
  parameters: ({ _get }) => parametersIn(_get),
  bodyParameters: ({ _post }) => parametersIn(_post),
} satisfies Resolvers["SentPostback"];
