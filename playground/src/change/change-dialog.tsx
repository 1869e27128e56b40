import { useGraphiQL } from "@graphiql/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { PlannedWork } from "../answer/planned.js";
import { ask, type Planned } from "../ask.js";
import { house, networkInWords } from "../house.js";
import { roleInWords } from "../key/permission.js";
import { standing } from "../key/viewer.js";
import { namesOf } from "../noun.js";
import { useStore } from "../store.js";
import { type Change, changesIn, type GivenValue } from "./change.js";
import { gate, type WaitingChange } from "./change-gate.js";

const shownAtOnce = 12;

const nameGiven = async (given: readonly GivenValue[]): Promise<Map<string, string>> => {
  const found = await Promise.all(
    given.map(async ({ noun, values, path }) => {
      const names = noun ? await namesOf(noun, values) : new Map<string, string>();
      return [...names].map(([id, name]) => [`${path} ${id}`, name] as const);
    }),
  );
  return new Map(found.flat());
};

const Given = ({ given: { path, values }, names }: { given: GivenValue; names: Map<string, string> }) => (
  <div className="change-given">
    <dt>{path.replace(/^input\./, "")}</dt>
    <dd>
      {values.slice(0, shownAtOnce).map((value, index) => {
        const name = names.get(`${path} ${value}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same value may come twice
          <span key={index} className="change-value">
            {name ? (
              <>
                {name} <span className="faint">{value}</span>
              </>
            ) : (
              value
            )}
          </span>
        );
      })}
      {values.length > shownAtOnce && <span className="change-value">and {values.length - shownAtOnce} more</span>}
    </dd>
  </div>
);

const ChangeSummary = ({ change, names }: { change: Change; names: Map<string, string> }) => (
  <section className="change">
    <h3>{change.name}</h3>
    <p>{change.about}</p>
    <dl>
      {change.given.map((given) => (
        <Given key={given.path} given={given} names={names} />
      ))}
    </dl>
    {change.mails.length > 0 && (
      <p className="change-mails">
        <strong>Mails:</strong> {change.mails.join(" ")}
      </p>
    )}
  </section>
);

type Plan = { state: "none" } | { state: "asking" } | { state: "known"; planned: Planned } | { state: "failed"; why: string };

/** Has the server tell what it would send, where it can. A server that cannot must never be asked: it would carry the change out. */
const usePlan = ({ question }: WaitingChange): Plan => {
  const { dryRun } = useStore(house);
  const [plan, setPlan] = useState<Plan>({ state: dryRun ? "asking" : "none" });
  useEffect(() => {
    if (!dryRun) return;
    const leaving = new AbortController();
    ask(question, { dryRun: true, signal: leaving.signal }).then(
      ({ planned, result }) => {
        const fault = result.errors?.[0]?.message;
        setPlan(
          fault && !planned?.calls.length
            ? { state: "failed", why: fault }
            : { state: "known", planned: planned ?? { calls: [], changes: [] } },
        );
      },
      (error: Error) => leaving.signal.aborted || setPlan({ state: "failed", why: error.message }),
    );
    return () => leaving.abort();
  }, [dryRun, question]);
  return plan;
};

const PlanShown = ({ plan }: { plan: Plan }) => {
  if (plan.state === "none") return null;
  return (
    <section className="change-plan" aria-live="polite">
      <h3>What the network would be sent</h3>
      {plan.state === "asking" && <p className="faint">Asking the server …</p>}
      {plan.state === "failed" && <p className="change-refused">As it stands it would be refused: {plan.why}</p>}
      {plan.state === "known" && <PlannedWork planned={plan.planned} />}
    </section>
  );
};

const Asking = ({ waiting }: { waiting: WaitingChange }) => {
  const schema = useGraphiQL((state) => state.schema);
  const { now } = useStore(standing);
  const { dryRun } = useStore(house);
  const dialog = useRef<HTMLDialogElement>(null);
  const changes = useMemo(() => changesIn(schema, waiting.question), [schema, waiting.question]);
  const [names, setNames] = useState<Map<string, string>>(new Map());
  const plan = usePlan(waiting);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    void nameGiven(changes.flatMap(({ given }) => given)).then(setNames);
  }, [changes]);
  const network = networkInWords(waiting.network);
  return (
    <dialog ref={dialog} className="change-dialog" aria-labelledby="change-title" onClose={() => waiting.decide("leave")}>
      <h2 id="change-title">Change {network}?</h2>
      <p>
        This is a real network: what is sent is carried out there at once
        {now.state === "known" && (
          <>
            , in the name of <strong>{now.viewer.name ?? now.viewer.email}</strong> (
            {roleInWords(now.viewer.role ?? now.viewer.kind)})
          </>
        )}
        .
      </p>
      <div className="change-list">
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same mutation may come twice
          <ChangeSummary key={index} change={change} names={names} />
        ))}
        {!changes.length && <p>What it would change cannot be told from its text.</p>}
        <PlanShown plan={plan} />
      </div>
      <div className="change-actions">
        <button type="button" className="button quiet" onClick={() => waiting.decide("leave")}>
          Leave it
        </button>
        {dryRun && (
          <button type="button" className="button quiet" onClick={() => waiting.decide("dry-run")}>
            Dry run
          </button>
        )}
        <button type="button" className="button danger" onClick={() => waiting.decide("send")}>
          Change {network}
        </button>
      </div>
    </dialog>
  );
};

/** Asks before anything is changed on a real network, while a change waits. */
export const ChangeDialog = () => {
  const { waiting } = useStore(gate);
  return waiting ? <Asking waiting={waiting} /> : null;
};
