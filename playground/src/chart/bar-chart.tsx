import { numberText } from "../number.js";
import type { Series } from "./series.js";

const shownAtOnce = 40;

/** One bar for each label, as long as its number; groups stand in order of size. */
export const BarChart = ({ series, labels, isGrouped }: { series: Series; labels: readonly string[]; isGrouped: boolean }) => {
  const bars = labels.map((label, index) => ({ label, value: series.values[index] }));
  if (isGrouped) bars.sort((left, right) => (right.value ?? Number.NEGATIVE_INFINITY) - (left.value ?? Number.NEGATIVE_INFINITY));
  const shown = bars.slice(0, shownAtOnce);
  const rest = bars.slice(shownAtOnce);
  const largest = Math.max(...shown.map(({ value }) => Math.abs(value ?? 0)), 0) || 1;
  const others = rest.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return (
    <figure className="bars">
      <figcaption>
        {series.name}
        {series.unit && <span className="unit"> {series.unit}</span>}
      </figcaption>
      <ol>
        {shown.map(({ label, value }) => (
          <li key={label}>
            <span className="bar-label" title={label}>
              {label}
            </span>
            <span className="bar-track" aria-hidden="true">
              <span
                className={(value ?? 0) < 0 ? "bar negative" : "bar"}
                style={{ width: `${(Math.abs(value ?? 0) / largest) * 100}%` }}
              />
            </span>
            <span className="bar-value">{numberText(value)}</span>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <p className="faint">
          {isGrouped ? "The largest" : "The first"} {shown.length} of {numberText(bars.length)}
          {series.adds ? `; the others come to ${numberText(others)} together` : ""}.
        </p>
      )}
    </figure>
  );
};
