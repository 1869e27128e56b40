import { Fragment, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { numberText, shortNumber } from "../number.js";
import { isDay, roundScale, runsOf, type Series } from "./series.js";

const margin = { left: 52, right: 14, top: 8, bottom: 22 };

const useWidth = () => {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, entry.contentRect.width)));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
};

const shortDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

const tickText = (label: string): string => (isDay(label) ? shortDay.format(new Date(`${label}T00:00:00Z`)) : label);

/** Where the numbers of a column stand in a picture of a width and height. */
const placesOf = ({ values }: Series, count: number, width: number, height: number) => {
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const scale = roundScale(values.map((value) => value ?? 0));
  const [bottom, top] = [scale[0] ?? 0, scale.at(-1) ?? 1];
  const last = Math.max(1, count - 1);
  const every = Math.max(1, Math.ceil(count / Math.max(2, Math.floor(inner.width / 72))));
  return {
    width,
    height,
    floor: margin.top + inner.height,
    scale,
    x: (index: number) => margin.left + (index / last) * inner.width,
    y: (value: number) => margin.top + ((top - value) / (top - bottom)) * inner.height,
    /** The places of the labels that there is room for; the last is always one of them. */
    ticks: values.map((_, index) => index).filter((index) => (count - 1 - index) % every === 0),
    /** The number that is nearest to so many pixels from the left edge. */
    nearest: (left: number) => Math.min(count - 1, Math.max(0, Math.round(((left - margin.left) / inner.width) * last))),
  };
};

const Axes = ({ places, labels }: { places: ReturnType<typeof placesOf>; labels: readonly string[] }) => {
  const { width, height, scale, ticks, x, y } = places;
  return (
    <>
      {scale.map((value) => (
        <g key={value}>
          <line className="grid" x1={margin.left} x2={width - margin.right} y1={y(value)} y2={y(value)} />
          <text className="tick" x={margin.left - 8} y={y(value) + 4} textAnchor="end">
            {shortNumber(value)}
          </text>
        </g>
      ))}
      {ticks.map((index) => (
        <text
          key={index}
          className="tick"
          x={x(index)}
          y={height - 5}
          textAnchor={index === labels.length - 1 ? "end" : "middle"}
        >
          {tickText(labels[index] ?? "")}
        </text>
      ))}
    </>
  );
};

/** A line for each run of numbers, a dot for one that stands alone. */
const Curves = ({ series, places: { x, y } }: { series: Series; places: ReturnType<typeof placesOf> }) =>
  runsOf(series).map((run) => {
    const [first = 0, last = first] = [run[0], run.at(-1)];
    const height = (index: number) => y(series.values[index] ?? 0);
    if (first === last) return <circle key={first} className="dot" cx={x(first)} cy={height(first)} r="4" />;
    const points = run.map((index) => `${x(index).toFixed(1)},${height(index).toFixed(1)}`);
    return (
      <Fragment key={first}>
        <path className="area" d={`M${points.join("L")}L${x(last)},${y(0)}L${x(first)},${y(0)}Z`} />
        <polyline className="curve" points={points.join(" ")} />
      </Fragment>
    );
  });

/** One column of numbers along time. */
export const LineChart = ({ series, labels, count }: { series: Series; labels: readonly string[]; count: number }) => {
  const [box, width] = useWidth();
  const [at, setAt] = useState<number>();
  const height = count > 2 ? 150 : 200;
  const places = placesOf(series, labels.length, width, height);
  const { x, y, floor } = places;
  const total = series.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const { adds, unit } = series;

  const read = (event: PointerEvent<SVGSVGElement>) =>
    setAt(places.nearest(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const step = (event: KeyboardEvent<SVGSVGElement>) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    setAt((now) => Math.min(labels.length - 1, Math.max(0, (now ?? (by > 0 ? -1 : labels.length)) + by)));
  };

  return (
    <figure className="line" ref={box}>
      <figcaption>
        <span className="line-name">
          {series.name}
          {unit && <span className="unit"> {unit}</span>}
        </span>
        <output className="line-reading">
          {at === undefined
            ? adds && `${numberText(total)} in all`
            : `${tickText(labels[at] ?? "")}: ${numberText(series.values[at])}`}
        </output>
      </figcaption>
      <svg
        width={width}
        height={height}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read it value by value
        tabIndex={0}
        aria-label={`${series.name}${unit ? ` (${unit})` : ""} from ${labels[0]} to ${labels.at(-1)}${adds ? `, ${numberText(total)} in all` : ""}. The arrow keys read it day by day.`}
        onPointerMove={read}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={step}
        onBlur={() => setAt(undefined)}
      >
        <Axes places={places} labels={labels} />
        <Curves series={series} places={places} />
        {at !== undefined && (
          <>
            <line className="cross" x1={x(at)} x2={x(at)} y1={margin.top} y2={floor} />
            {(adds || series.values[at] !== undefined) && (
              <circle className="dot" cx={x(at)} cy={y(series.values[at] ?? 0)} r="4" />
            )}
          </>
        )}
      </svg>
    </figure>
  );
};
