import { house } from "./house.js";
import { session } from "./session.js";

/** One REST call that an answer took, as the server's trace tells it. */
export interface RestCall {
  operation: string;
  status: number;
  ms: number;
  source: string;
}

export interface GraphQLFault {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; operation?: string };
}

/** A GraphQL answer without its trace, the trace, and how long it all took from here. */
export interface Answer {
  result: { data?: unknown; errors?: GraphQLFault[]; extensions?: object };
  calls: RestCall[];
  ms: number;
}

export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string | null;
}

export const endpoint = (): string => new URL("./graphql", location.href.split("#")[0]).href;

/** The tenant to name, where the server has several. */
export const tenantToSend = (): string | undefined => {
  const { tenants } = house.get();
  const { tenant } = session.get();
  if (tenants.length < 2) return undefined;
  return tenant !== undefined && tenants.includes(tenant) ? tenant : tenants[0];
};

interface Traced {
  affise?: { calls?: RestCall[] };
}

/** Asks the server, with the key and network of the session. */
export const ask = async (question: Question, key = session.get().key): Promise<Answer> => {
  const tenant = tenantToSend();
  const started = performance.now();
  const response = await fetch(endpoint(), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-affise-trace": "1",
      ...(key ? { "api-key": key } : {}),
      ...(tenant ? { "x-affise-tenant": tenant } : {}),
    },
    body: JSON.stringify(question),
  }).catch(() => {
    throw new Error("The server cannot be reached. Is it still running?");
  });
  const text = await response.text();
  const ms = Math.round(performance.now() - started);
  let result: Answer["result"] & { extensions?: Traced };
  try {
    result = JSON.parse(text) as typeof result;
  } catch {
    throw new Error(`The server answered ${response.status} and no JSON.`);
  }
  const { affise, ...extensions } = result.extensions ?? {};
  const { extensions: _, ...rest } = result;
  return { result: Object.keys(extensions).length ? { ...rest, extensions } : rest, calls: affise?.calls ?? [], ms };
};
