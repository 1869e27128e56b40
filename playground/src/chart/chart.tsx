import { useCallback, useEffect, useState } from "react";
import { headingOf } from "../answer/list.js";
import { useSliced } from "../sliced.js";
import type { Seen } from "../table/table-rows.js";
import { BarChart } from "./bar-chart.js";
import { LineChart } from "./line-chart.js";
import { type Plot, plotOf } from "./series.js";

const drawnAtFirst = 3;

interface ChoiceProps {
  plot: Plot;
  drawn: readonly string[];
  setBy(path: string): void;
  toggle(id: string): void;
}

/** By what the rows are drawn, and which of their numbers. */
const ChartChoice = ({ plot, drawn, setBy, toggle }: ChoiceProps) => (
  <div className="chart-choice">
    {plot.groups.length > 1 && (
      <label>
        By{" "}
        <select value={plot.by.path} onChange={(event) => setBy(event.currentTarget.value)}>
          {plot.groups.map((column) => (
            <option key={column.path} value={column.path}>
              {headingOf(column, plot.groups)}
            </option>
          ))}
        </select>
      </label>
    )}
    {plot.series.length > 1 && (
      <fieldset className="chips">
        <legend className="unseen">What to draw</legend>
        {plot.series.map(({ id, name, unit }) => (
          <button key={id} type="button" className="chip" aria-pressed={drawn.includes(id)} onClick={() => toggle(id)}>
            {name}
            {unit?.length === 3 && ` ${unit}`}
          </button>
        ))}
      </fieldset>
    )}
  </div>
);

interface Props {
  seen: Seen;
  /** Told of rows that cannot be drawn. */
  cannot(): void;
}

/** The rows of a list as lines along time, one small chart for each number, or as bars; rows of the same label are one. */
export const Chart = ({ seen, cannot }: Props) => {
  const [by, setBy] = useState<string>();
  const [chosen, setChosen] = useState<readonly string[]>();
  const done = useSliced(
    useCallback(
      function* () {
        return { seen, plot: yield* plotOf(seen, by) };
      },
      [seen, by],
    ),
  );
  const isEmpty = done?.seen === seen && !done.plot;
  useEffect(() => {
    if (isEmpty) cannot();
  });
  if (!done) return <section className="chart-view" aria-label="Chart" />;
  const { plot } = done;
  if (!plot)
    return (
      <section className="chart-view" aria-label="Chart">
        <p className="faint">There is nothing to draw here: a chart needs two rows with numbers, and a name or a day for each.</p>
      </section>
    );
  const ids = plot.series.map(({ id }) => id);
  const valid = chosen?.filter((id) => ids.includes(id));
  const drawn = valid?.length ? valid : ids.slice(0, plot.kind === "line" ? drawnAtFirst : 1);
  const toggle = (id: string) => {
    if (plot.kind === "bar") return setChosen([id]);
    setChosen(drawn.includes(id) ? drawn.filter((one) => one !== id) : [...drawn, id]);
  };
  const series = plot.series.filter(({ id }) => drawn.includes(id));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="chart-view" aria-label="Chart" tabIndex={0}>
      <ChartChoice plot={plot} drawn={drawn} setBy={setBy} toggle={toggle} />
      {plot.kind === "line"
        ? series.map((one) => <LineChart key={one.id} series={one} labels={plot.labels} count={series.length} />)
        : series[0] && <BarChart series={series[0]} labels={plot.labels} isGrouped={plot.isGrouped} />}
    </section>
  );
};
