import type { RestCall } from "./ask.js";
import type { Trace } from "./trace.js";

const sourceWords: Record<string, string> = {
  network: "Asked of the network for this query.",
  shared: "Shared with another query that asked at the same moment.",
  cache: "Answered from memory; the network was not asked.",
};

const sentence = (calls: readonly RestCall[], ms: number): string => {
  if (!calls.length) return `This query took no REST call, ${ms} ms`;
  return `This query took ${calls.length} REST ${calls.length === 1 ? "call" : "calls"}, ${ms} ms`;
};

/** The REST calls behind an answer: what the reader was spared. */
export const RestCalls = ({ trace: { calls, ms } }: { trace: Trace }) => {
  const longest = Math.max(1, ...calls.map((call) => call.ms));
  if (!calls.length) return <p className="rest-calls none">{sentence(calls, ms)}</p>;
  return (
    <details className="rest-calls">
      <summary>{sentence(calls, ms)}</summary>
      <ol>
        {calls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same call may come twice
          <li key={index}>
            <code>{call.operation}</code>
            <span className={call.status < 400 ? "status" : "status bad"}>{call.status}</span>
            <span className="took">
              <span className="took-bar" aria-hidden="true" style={{ width: `${(call.ms / longest) * 100}%` }} />
              <span className="took-text">{Math.round(call.ms)} ms</span>
            </span>
            <span className={`source ${call.source}`} title={sourceWords[call.source]}>
              {call.source}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
};
