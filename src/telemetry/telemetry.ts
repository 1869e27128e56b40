import type { GraphQLResponse } from "@apollo/server";
import type { CallRecord } from "../affise/scope.js";
import type { Caller } from "../context.js";
import type { Listener, Plugin } from "../execution/plugin.js";

/** One operation as logs, metrics and traces tell it; never its variables, never a key. */
interface OperationRecord {
  requestId: string;
  tenant: string;
  caller: string;
  client: Caller["client"];
  /** The W3C `traceparent` that the request came with. */
  traceparent?: string;
  /** Cut where it is longer than anybody's name for an operation. */
  name: string | null;
  /** `invalid` where it was refused before anybody knew. */
  type: "query" | "mutation" | "subscription" | "invalid";
  ms: number;
  calls: readonly CallRecord[];
  /** The codes of its errors, each once; `CLIENT_GONE` alone where nobody waited for the answer. */
  codes: readonly string[];
}

/** Takes in the record of each operation that is answered. */
export type Exporter = (record: OperationRecord) => void;

const mostOfName = 100;

/** A name or id for a log line, a span or a label: as it came, but no longer than that. */
export const cut = (text: string, most: number = mostOfName): string => (text.length > most ? `${text.slice(0, most)}…` : text);

const codesIn = ({ body }: GraphQLResponse): string[] => {
  if (body.kind !== "single" || !body.singleResult.errors) return [];
  return [...new Set(body.singleResult.errors.map(({ extensions }) => String(extensions?.code ?? "INTERNAL_SERVER_ERROR")))];
};

/** Hands the record of each operation to the exporters, once it is answered. */
export const telemetryPlugin = (exporters: readonly Exporter[]): Plugin => {
  const listener: Listener = {
    willSendResponse({ contextValue, operation, response }) {
      const { requestId, tenant, callerHash, client, traceparent, start, calls } = contextValue;
      // What failed because nobody waited for it tells nothing of Affise.
      const codes = contextValue.isGone() ? ["CLIENT_GONE"] : codesIn(response);
      const record: OperationRecord = {
        requestId,
        tenant: tenant.name,
        caller: callerHash,
        client,
        traceparent,
        name: operation?.name ? cut(operation.name.value) : null,
        type: operation?.operation ?? "invalid",
        ms: Math.round((performance.now() - start) * 10) / 10,
        calls,
        codes,
      };
      for (const exporter of exporters) exporter(record);
    },
  };
  return { requestDidStart: () => listener };
};
