import { hostOf, house, houseRead, type Network } from "./house.js";
import { isJsonObject } from "./json-object.js";
import { keyFor, networkNow } from "./key/session.js";

/** One REST call that an answer took, as the server's trace tells it. */
export interface RestCall {
  operation: string;
  status: number;
  ms: number;
  source: string;
  /** When it began, in milliseconds after the operation. Not told of what came from memory, nor by older servers. */
  startMs?: number;
}

export interface GraphQLFault {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; operation?: string };
}

/** What an operation costs, in the weights of the server's limits: what it could come to, what it came to, and where nothing was run, its plan. */
export interface Cost {
  /** Null where it cannot be reckoned. */
  requested: number | null;
  maximum: number;
  actual: number;
  plan?: {
    rows: number;
    restCalls: number;
    maximumRestCalls: number;
    operations: { operation: string; calls: number }[];
  };
}

/** A GraphQL answer without its trace, the trace, how long it all took from here, and who was asked. */
export interface Answer {
  asked: Asked;
  result: { data?: unknown; errors?: GraphQLFault[]; extensions?: object };
  calls: RestCall[];
  /** What a dry run would have done. */
  planned: Planned | undefined;
  cost: Cost | undefined;
  ms: number;
  /** How long the answer's text was, in characters. */
  length: number;
}

export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string | null;
}

export const endpoint = (): string => new URL("./graphql", location.href.split("#")[0]).href;

/** The network to name in a request, where the server has several. */
export const tenantToSend = (): string | undefined => (house.get().networks.length > 1 ? networkNow()?.name : undefined);

/** Whom a question went to, and whose key went with it. */
export interface Asked {
  network: Network | undefined;
  key: string | undefined;
}

/** A REST call that a mutation would make. */
export interface PlannedCall {
  operation: string;
  path: string;
  body?: unknown;
}

/** What a mutation would change of one thing, by the names of its input. */
export interface PlannedChange {
  type: string;
  id: string;
  argument: string;
  before: Record<string, unknown>;
  /** Null where it is removed. */
  after: Record<string, unknown> | null;
}

/** What a mutation would do: the calls that it would make, and what is known of what they would change. */
export interface Planned {
  calls: PlannedCall[];
  changes: PlannedChange[];
}

export interface AskOptions {
  /** Has the server tell what it would send, and send no change. */
  dryRun?: boolean;
  /** Has the server tell the cost and run nothing. */
  plan?: boolean;
  /** Goes along as Idempotency-Key. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

interface Traced {
  affise?: { calls?: RestCall[]; dryRun?: PlannedCall[]; changes?: PlannedChange[] };
  cost?: Cost;
}

/** The headers that name a network. The API's host goes along: the server may have been started anew over another one since the page was opened. */
const networkHeaders = ({ network, key }: Asked): Record<string, string> => {
  const { networks, sandbox } = house.get();
  return {
    ...(key ? { "api-key": key } : {}),
    ...(network && networks.length > 1 ? { "x-affise-tenant": network.name } : {}),
    ...(network && !sandbox ? { "x-affise-host": hostOf(network) } : {}),
  };
};

/** Whom a question would go to now. */
export const askedNow = (): Asked => {
  const network = networkNow();
  return { network, key: keyFor(network) };
};

/** A request's answer, read to its end: a server may go away in the middle of it. */
const textOf = async (init: RequestInit): Promise<{ status: number; text: string }> => {
  try {
    const response = await fetch(endpoint(), init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Error("The server cannot be reached. Is it still running?");
  }
};

const isFault = (value: unknown): boolean => isJsonObject(value) && typeof value.message === "string";

/** What a text holds as an answer of GraphQL. A proxy before the server may answer in its place, whatever it likes. */
const resultIn = (text: string, status: number): Answer["result"] & { extensions?: Traced } => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${status} and no JSON.`);
  }
  const { data, errors = [] } = isJsonObject(value) ? value : {};
  const isAnswer = Array.isArray(errors) && errors.every(isFault) && (data !== undefined || errors.length > 0);
  if (!isAnswer) throw new Error(`The server answered ${status} and no GraphQL.`);
  return value as Answer["result"];
};

/** Asks the network that is chosen, with the key that was entered for it. */
export const ask = async (
  question: Question,
  { dryRun = false, plan = false, idempotencyKey, signal }: AskOptions = {},
): Promise<Answer> => {
  await houseRead;
  const asked = askedNow();
  const started = performance.now();
  const { status, text } = await textOf({
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-affise-trace": "1",
      "x-affise-cost": plan ? "plan" : "1",
      ...(dryRun ? { "x-affise-dry-run": "1" } : {}),
      ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
      ...networkHeaders(asked),
    },
    body: JSON.stringify(question),
    signal,
  });
  const ms = Math.round(performance.now() - started);
  const result = resultIn(text, status);
  const { affise, cost, ...extensions } = result.extensions ?? {};
  const { extensions: _, ...rest } = result;
  const told = Object.keys(extensions).length ? { ...rest, extensions } : rest;
  const planned = affise?.dryRun && { calls: affise.dryRun, changes: affise.changes ?? [] };
  return { asked, result: told, calls: affise?.calls ?? [], planned, cost, ms, length: text.length };
};
