import type { PlannedCall } from "../ask.js";

const bodyText = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body, null, 2));

/** The REST calls that a mutation would make, as its dry run tells them. */
export const PlannedCalls = ({ calls }: { calls: readonly PlannedCall[] }) =>
  calls.length ? (
    <ol className="planned-calls">
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same call may come twice
        <li key={index}>
          <code>{call.operation}</code>
          {call.path && !call.operation.endsWith(call.path) && <code className="faint">{call.path}</code>}
          {call.body !== undefined && <pre>{bodyText(call.body)}</pre>}
        </li>
      ))}
    </ol>
  ) : (
    <p>Nothing: no REST call would change anything.</p>
  );
