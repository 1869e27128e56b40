import type { Planned, PlannedCall, PlannedChange } from "../ask.js";
import { jsonText } from "../isolated.js";
import { valueText } from "./value-text.js";

const bodyText = (body: unknown): string => (typeof body === "string" ? body : jsonText(body, 2));

const ChangedThing = ({ change: { type, id, before, after } }: { change: PlannedChange }) => (
  <li>
    {type} {id}
    {!after && " is removed"}
    {Object.keys(after ?? before).map((field) => (
      <div key={field} className="planned-field">
        <span>{field}</span> <del>{valueText(before[field])}</del>
        {after && (
          <>
            {" "}
            → <ins>{valueText(after[field])}</ins>
          </>
        )}
      </div>
    ))}
    {after && !Object.keys(after).length && <div className="faint">is so already</div>}
  </li>
);

const Calls = ({ calls }: { calls: readonly PlannedCall[] }) => (
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
);

/** What a mutation would change, before and after, and the REST calls that it would make, as its dry run tells them. */
export const PlannedWork = ({ planned: { calls, changes } }: { planned: Planned }) => {
  if (!calls.length) return <p>Nothing: no REST call would change anything.</p>;
  return (
    <>
      {changes.length > 0 && (
        <ul className="planned-changes">
          {changes.map((change) => (
            <ChangedThing key={`${change.argument} ${change.id}`} change={change} />
          ))}
        </ul>
      )}
      <Calls calls={calls} />
    </>
  );
};
