import { useGraphiQL } from "@graphiql/react";
import { useMemo, useState } from "react";
import type { GraphQLFault } from "../ask.js";
import { Shelter } from "../shelter.js";
import { useStore } from "../store.js";
import { type View, workbench } from "../workbench.js";
import { Advice } from "./advice.js";
import { AnswerLabel } from "./answer-label.js";
import { Completeness } from "./completeness.js";
import { EmptyAnswer } from "./empty-answer.js";
import { hintFor } from "./hint.js";
import { JsonTree } from "./json-tree.js";
import { answers, showWhole } from "./kept-answer.js";
import { emptyIn, listsIn } from "./list.js";
import { ListView } from "./list-view.js";
import { Outcomes, outcomesIn } from "./outcomes.js";
import { PlannedWork } from "./planned.js";
import { RestCalls } from "./rest-calls.js";
import { type Trace, traceOf } from "./trace.js";

interface Parsed {
  data?: unknown;
  errors?: GraphQLFault[];
}

const parse = (text: string): Parsed | undefined => {
  try {
    const parsed: unknown = text ? JSON.parse(text) : undefined;
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const views: readonly { view: View; title: string; about: string }[] = [
  { view: "table", title: "Table", about: "The answer's lists, row by row" },
  { view: "chart", title: "Chart", about: "The answer's lists, drawn" },
  { view: "json", title: "JSON", about: "The whole answer as a tree that folds" },
  { view: "text", title: "Text", about: "The whole answer as the server wrote it" },
];

const DryRun = ({ planned }: { planned: NonNullable<Trace["planned"]> }) => (
  <section className="dry-run" aria-label="Dry run">
    <p>
      <strong>Dry run: nothing was changed.</strong> This is what would be sent:
    </p>
    <PlannedWork planned={planned} />
  </section>
);

const ViewChoice = ({ view, possible, choose }: { view: View; possible: Record<View, boolean>; choose(view: View): void }) => (
  <fieldset className="views">
    <legend className="unseen">How to show the answer</legend>
    {views.map((one) => (
      <button
        key={one.view}
        type="button"
        title={one.about}
        aria-pressed={view === one.view}
        disabled={!possible[one.view]}
        onClick={() => choose(one.view)}
      >
        {one.title}
      </button>
    ))}
  </fieldset>
);

/** How an answer is shown: as the reader last wanted one, as far as this one can be. */
const useView = (tab: string, answer: Parsed | undefined, hasLists: boolean) => {
  const { view: wanted } = useStore(workbench);
  const possible: Record<View, boolean> = { table: hasLists, chart: hasLists, json: answer !== undefined, text: true };
  // Whoever asks for a chart is told why there is none; an answer that only came while charts were shown is a table then.
  const [undrawn, setUndrawn] = useState<{ answer?: Parsed; askedFor?: boolean }>({});
  const drawable = wanted === "chart" && undrawn.answer === answer && !undrawn.askedFor ? "table" : wanted;
  const view = possible[drawable] ? drawable : possible.json ? "json" : "text";
  const choose = (next: View) => {
    setUndrawn({ answer, askedFor: next === "chart" });
    if (next === "text") showWhole(tab);
    workbench.set({ view: next });
  };
  return { view, possible, choose, cannotDraw: () => undrawn.answer !== answer && setUndrawn({ answer }) };
};

/** Everything around the answer editor: other ways to look at the answer, what to do about errors, and the REST calls. */
export const Answer = () => {
  const text = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response ?? "");
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id ?? "");
  const fetching = useGraphiQL((state) => state.isFetching);
  const { example } = useStore(workbench);
  const ours = useStore(answers)[tab];
  // The text is what the reader sees, whoever put it there: what we hold belongs to it only where it says the same.
  const kept = ours?.text === text ? ours : undefined;
  const answer = useMemo<Parsed | undefined>(() => kept?.result ?? parse(text), [kept?.result, text]);
  const lists = useMemo(() => listsIn(answer?.data), [answer]);
  const empty = useMemo(() => emptyIn(answer?.data), [answer]);
  const items = useMemo(() => outcomesIn(answer?.data), [answer]);
  const hint = hintFor(answer?.errors);
  const trace = useMemo(() => traceOf(tab, text), [tab, text]);
  // A dry run sends nothing: only what could not be sent is worth a word.
  const outcomes = trace?.planned ? items.filter(({ message }) => message) : items;
  const { view, possible, choose, cannotDraw } = useView(tab, answer, lists.length > 0);

  return (
    <>
      {trace?.planned && <DryRun planned={trace.planned} />}
      {outcomes.length > 0 && <Outcomes items={outcomes} />}
      <div className="answer-head">
        <ViewChoice view={view} possible={possible} choose={choose} />
        {trace && <AnswerLabel trace={trace} />}
      </div>
      {(view === "table" || view === "chart") && (
        <Shelter key={view} of={answer} instead={`This answer cannot be shown as a ${view}. JSON and Text have all of it.`}>
          <ListView key={tab} tab={tab} lists={lists} kept={kept} view={view} sort={example?.sort} cannotDraw={cannotDraw} />
        </Shelter>
      )}
      {view === "json" && answer && (
        <>
          {lists[0]?.connection && <Completeness tab={tab} list={lists[0]} kept={kept} />}
          {!lists.length && empty.length > 0 && (
            <p className="completeness">
              <strong>Nothing found: no {empty.join(", no ")}</strong>
            </p>
          )}
          <JsonTree key={tab} value={answer} />
        </>
      )}
      {!text && !fetching && <EmptyAnswer example={example} />}
      {hint && <Advice hint={hint} />}
      {trace && <RestCalls trace={trace} />}
    </>
  );
};
