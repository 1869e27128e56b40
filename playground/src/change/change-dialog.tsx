import { useGraphiQL } from "@graphiql/react";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import { type Item, outcomesIn } from "../answer/outcomes.js";
import { PlannedWork } from "../answer/planned.js";
import { ask, type Planned } from "../ask.js";
import { house, networkInWords } from "../house.js";
import { Isolated } from "../isolated-text.js";
import { roleInWords } from "../key/permission.js";
import { nameOf, standing } from "../key/viewer.js";
import { namesOf } from "../noun.js";
import { useStore } from "../store.js";
import { type Change, changesIn, type GivenValue } from "./change.js";
import { type Decision, gate, type WaitingChange } from "./change-gate.js";

const shownAtOnce = 12;

/** The names of ids by path and id, undefined for those that are not there. */
type Names = ReadonlyMap<string, string | undefined>;

const nameGiven = async (given: readonly GivenValue[]): Promise<Names> => {
  const found = await Promise.all(
    given.map(async ({ noun, values, path }) => {
      const names: Names = noun ? await namesOf(noun, values) : new Map();
      return [...names].map(([id, name]) => [`${path} ${id}`, name] as const);
    }),
  );
  return new Map(found.flat());
};

const Value = ({ value, name, missing }: { value: string; name: string | undefined; missing: string | undefined }) => (
  <span className="change-value">
    {name ? (
      <>
        <Isolated text={name} /> <span className="faint">{value}</span>
      </>
    ) : (
      <Isolated text={value} />
    )}
    {missing && <strong className="change-missing"> no {missing} that this key sees</strong>}
  </span>
);

/** What is given at one place: first what is not there, since of many values only some are shown. */
const Given = ({ given: { path, values, noun }, names }: { given: GivenValue; names: Names }) => {
  const nameOf = (value: string) => names.get(`${path} ${value}`);
  const isMissing = (value: string) => names.has(`${path} ${value}`) && nameOf(value) === undefined;
  const inOrder = [...values.filter(isMissing), ...values.filter((value) => !isMissing(value))];
  return (
    <div className="change-given">
      <dt>
        {path
          .replace(/^input\./, "")
          .split(/(?<=\.)/)
          .map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a path has its parts by their places
            <Fragment key={index}>
              {part}
              <wbr />
            </Fragment>
          ))}
      </dt>
      <dd>
        {inOrder.slice(0, shownAtOnce).map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same value may come twice
          <Value key={index} value={value} name={nameOf(value)} missing={isMissing(value) ? noun?.title : undefined} />
        ))}
        {values.length > shownAtOnce && <span className="change-value">and {values.length - shownAtOnce} more</span>}
      </dd>
    </div>
  );
};

const ChangeSummary = ({ change, names }: { change: Change; names: Names }) => (
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

type Plan =
  | { state: "none" }
  | { state: "asking" }
  | { state: "known"; planned: Planned; unsent: readonly Item[] }
  | { state: "failed"; why: string };

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
            : {
                state: "known",
                planned: planned ?? { calls: [], changes: [] },
                unsent: outcomesIn(result.data).filter(({ message }) => message),
              },
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
      {plan.state === "failed" && (
        <p className="change-refused">
          As it stands it would be refused: <Isolated text={plan.why} />
        </p>
      )}
      {plan.state === "known" && plan.unsent.length > 0 && (
        <ul className="change-refused">
          {plan.unsent.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same item may come twice
            <li key={index}>
              <Isolated text={item.id || item.mutation} /> would not be sent: <Isolated text={item.message} />
            </li>
          ))}
        </ul>
      )}
      {plan.state === "known" && <PlannedWork planned={plan.planned} />}
    </section>
  );
};

const ChangeActions = ({ network, decide }: { network: string; decide(decision: Decision): void }) => {
  const { dryRun } = useStore(house);
  return (
    <div className="change-actions">
      <button type="button" className="button quiet" onClick={() => decide("leave")}>
        Leave it
      </button>
      {dryRun && (
        <button type="button" className="button quiet" onClick={() => decide("dry-run")}>
          Dry run
        </button>
      )}
      <button type="button" className="button danger" onClick={() => decide("send")}>
        Change {network}
      </button>
    </div>
  );
};

const Asking = ({ waiting }: { waiting: WaitingChange }) => {
  const schema = useGraphiQL((state) => state.schema);
  const { now } = useStore(standing);
  const dialog = useRef<HTMLDialogElement>(null);
  const changes = useMemo(() => changesIn(schema, waiting.question), [schema, waiting.question]);
  const [names, setNames] = useState<Names>(new Map());
  const plan = usePlan(waiting);
  const decision = useRef<Decision>("leave");
  // Closed by itself the dialog gives the focus back to where it was.
  const decide = (next: Decision) => {
    decision.current = next;
    dialog.current?.close();
  };
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    void nameGiven(changes.flatMap(({ given }) => given)).then(setNames);
  }, [changes]);
  const network = networkInWords(waiting.network);
  return (
    <dialog
      ref={dialog}
      className="change-dialog"
      aria-labelledby="change-title"
      onClose={() => waiting.decide(decision.current)}
    >
      <h2 id="change-title">Change {network}?</h2>
      <p>
        This is a real network: what is sent is carried out there at once
        {now.state === "known" && (
          <>
            , in the name of{" "}
            <strong>
              <Isolated text={nameOf(now.viewer)} />
            </strong>{" "}
            ({roleInWords(now.viewer.role ?? now.viewer.kind)})
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
      <ChangeActions network={network} decide={decide} />
    </dialog>
  );
};

/** Asks before anything is changed on a real network, while a change waits. */
export const ChangeDialog = () => {
  const { waiting } = useStore(gate);
  return waiting ? <Asking waiting={waiting} /> : null;
};
