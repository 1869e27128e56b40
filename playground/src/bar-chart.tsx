import { numberText, type Series } from "./series.js";

const shownAtOnce = 40;

/** One bar for each row, as long as its number. */
export const BarChart = ({ series, labels }: { series: Series; labels: string[] }) => {
  const values = series.values.slice(0, shownAtOnce);
  const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)), 0) || 1;
  return (
    <figure className="bars">
      <figcaption>{series.name}</figcaption>
      <ol>
        {values.map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may bear the same name
          <li key={index}>
            <span className="bar-label" title={labels[index]}>
              {labels[index]}
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
      {labels.length > values.length && (
        <p className="faint">
          The first {values.length} of {labels.length} rows.
        </p>
      )}
    </figure>
  );
};
