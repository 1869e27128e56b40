import type { Cost, RestCall } from "../ask.js";
import { numberText } from "../number.js";
import { type TimedCall, timelineOf } from "./timeline.js";
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

const costSentence = ({ actual, requested }: Cost): string => {
  const ahead = requested === null || requested === actual ? "" : `, where up to ${numberText(requested)} was possible`;
  return ` It cost ${numberText(actual)}${ahead}: a row counts one, a REST call ten and some more.`;
};

const waiting = (calls: number, waves: number): string => {
  if (calls === 1) return "";
  return waves === 1 ? "All of them at once; " : `${waves} waves, each waiting for one before; `;
};

const Call = ({ timed: { call, startMs, wave }, total }: { timed: TimedCall; total: number }) => {
  const width = Math.min(100, (call.ms / total) * 100);
  return (
    <li>
      <code>{call.operation}</code>
      <span className={call.status < 400 ? "status" : "status bad"}>{call.status || "none"}</span>
      <span className="clock" title={startMs === undefined ? undefined : `Begun after ${startMs} ms, in wave ${wave}`}>
        <span
          className={`clock-bar ${call.source}`}
          aria-hidden="true"
          style={{ left: `${Math.min(99, ((startMs ?? 0) / total) * 100)}%`, width: `${Math.max(width, 1)}%` }}
        />
      </span>
      <span className="took">{Math.round(call.ms)} ms</span>
      <span className={`source ${call.source}`} title={sourceWords[call.source]}>
        {call.source}
      </span>
    </li>
  );
};

/** The REST calls behind an answer, on the clock of their query: what the reader was spared. */
export const RestCalls = ({ trace: { calls, cost, ms } }: { trace: Trace }) => {
  if (!calls.length) return <p className="rest-calls none">{sentence(calls, ms)}</p>;
  const { calls: timed, waves, busyMs } = timelineOf(calls);
  const total = Math.max(1, ms, ...timed.map(({ call, startMs }) => (startMs ?? 0) + call.ms));
  return (
    <details className="rest-calls">
      <summary>{sentence(calls, ms)}</summary>
      {waves > 0 && (
        <p className="faint">
          {waiting(calls.length, waves)}
          {busyMs} ms of waiting for Affise, {Math.max(0, ms - busyMs)} ms for everything else.
          {cost && costSentence(cost)}
        </p>
      )}
      <ol>
        {timed.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same call may come twice
          <Call key={index} timed={one} total={total} />
        ))}
      </ol>
    </details>
  );
};
