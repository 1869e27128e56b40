import { useGraphiQL } from "@graphiql/react";
import { useMemo } from "react";
import { AnswerLabel } from "./answer-label.js";
import type { GraphQLFault } from "./ask.js";
import { Chart } from "./chart.js";
import { downloadCsv } from "./csv.js";
import { isMutation } from "./example.js";
import { hintFor } from "./hint.js";
import { DownloadIcon } from "./icon.js";
import { Outcomes, outcomesIn } from "./outcomes.js";
import { PlannedCalls } from "./planned-calls.js";
import { RestCalls } from "./rest-calls.js";
import { listsIn } from "./rows.js";
import { plotOf } from "./series.js";
import { useStore } from "./store.js";
import { Table } from "./table.js";
import { traceOf } from "./trace.js";
import { standing } from "./viewer.js";
import { isOutOfReach, type View, workbench } from "./workbench.js";

interface Parsed {
  data?: unknown;
  errors?: GraphQLFault[];
}

const parse = (text: string): Parsed | undefined => {
  try {
    return text ? (JSON.parse(text) as Parsed) : undefined;
  } catch {
    return undefined;
  }
};

const views: readonly { view: View; title: string }[] = [
  { view: "json", title: "JSON" },
  { view: "table", title: "Table" },
  { view: "chart", title: "Chart" },
];

/** Everything around the answer editor: other ways to look at the answer, what to do about errors, and the REST calls. */
export const Answer = () => {
  const text = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response ?? "");
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id ?? "");
  const fetching = useGraphiQL((state) => state.isFetching);
  const { view: wanted, example } = useStore(workbench);
  const { now } = useStore(standing);
  const answer = useMemo(() => parse(text), [text]);
  const list = useMemo(() => listsIn(answer?.data).sort((left, right) => right.rows.length - left.rows.length)[0], [answer]);
  const plot = useMemo(() => list && plotOf(list), [list]);
  const outcomes = useMemo(() => outcomesIn(answer?.data), [answer]);
  const hint = hintFor(answer?.errors);
  const trace = traceOf(tab, text);
  const possible: Record<View, boolean> = { json: true, table: list !== undefined, chart: plot !== undefined };
  const view = possible[wanted] ? wanted : "json";

  return (
    <>
      {trace && <AnswerLabel trace={trace} />}
      {trace?.planned && (
        <section className="dry-run" aria-label="Dry run">
          <p>
            <strong>Dry run: nothing was changed.</strong> This is what would be sent:
          </p>
          <PlannedCalls calls={trace.planned} />
        </section>
      )}
      {outcomes.length > 0 && <Outcomes items={outcomes} />}
      <div className="answer-head">
        <fieldset className="views">
          <legend className="unseen">How to show the answer</legend>
          {views.map((one) => (
            <button
              key={one.view}
              type="button"
              aria-pressed={view === one.view}
              disabled={!possible[one.view]}
              onClick={() => workbench.set({ view: one.view })}
            >
              {one.title}
            </button>
          ))}
        </fieldset>
        {list && (
          <button type="button" className="action" onClick={() => downloadCsv(list)} title={`Downloads ${list.path} as CSV`}>
            <DownloadIcon />
            <span>CSV</span>
          </button>
        )}
      </div>
      {view === "table" && list && (
        <div className="answer-body">
          <Table key={text} list={list} sort={example?.sort} />
        </div>
      )}
      {view === "chart" && plot && (
        <div className="answer-body">
          <Chart plot={plot} />
        </div>
      )}
      {!text && !fetching && (
        <div className="answer-body empty">
          {example && isOutOfReach(example, now) ? (
            <>
              <p>This one is not for your key.</p>
              <p className="faint">It is for {example.who}. Take such a key, then choose it again.</p>
            </>
          ) : example && isMutation(example) ? (
            <>
              <p>This one changes data.</p>
              <p className="faint">Look at the variables, then press ▶ when you mean it.</p>
            </>
          ) : (
            <>
              <p>The answer comes here.</p>
              <p className="faint">Choose an example, or write a query and press Ctrl-Enter.</p>
            </>
          )}
        </div>
      )}
      {hint && (
        <div className="hint" role="alert">
          <strong>{hint.title}</strong>
          <span>{hint.advice}</span>
        </div>
      )}
      {trace && <RestCalls trace={trace} />}
    </>
  );
};
