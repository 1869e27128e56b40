import { useState } from "react";
import { BarChart } from "./bar-chart.js";
import { LineChart } from "./line-chart.js";
import type { Plot } from "./series.js";

const drawnAtFirst = 3;

/** A list as lines along time, one small chart for each number, or as bars. */
export const Chart = ({ plot }: { plot: Plot }) => {
  const names = plot.series.map(({ column }) => column);
  const [chosen, setChosen] = useState<string[]>();
  const valid = chosen?.filter((column) => names.includes(column));
  const drawn = valid?.length ? valid : names.slice(0, plot.kind === "line" ? drawnAtFirst : 1);
  const toggle = (column: string) => {
    if (plot.kind === "bar") return setChosen([column]);
    setChosen(drawn.includes(column) ? drawn.filter((one) => one !== column) : [...drawn, column]);
  };
  const series = plot.series.filter(({ column }) => drawn.includes(column));

  return (
    <section className="chart-view" aria-label="Chart">
      {plot.series.length > 1 && (
        <fieldset className="chips">
          <legend className="unseen">What to draw</legend>
          {plot.series.map(({ column, name }) => (
            <button
              key={column}
              type="button"
              className="chip"
              aria-pressed={drawn.includes(column)}
              title={column}
              onClick={() => toggle(column)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      )}
      {plot.kind === "line" ? (
        series.map((one) => <LineChart key={one.column} series={one} labels={plot.labels} count={series.length} />)
      ) : series[0] ? (
        <BarChart series={series[0]} labels={plot.labels} />
      ) : null}
    </section>
  );
};
