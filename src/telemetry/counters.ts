import { Counter, Histogram, type Registry } from "prom-client";

type Labels = Record<string, string>;

/** A metric as prom-client prints it. */
interface Printed {
  name: string;
  help: string;
  type: "counter" | "histogram";
  aggregator: "sum";
  values: { labels: Record<string, string | number>; value: number; metricName?: string }[];
}

/** More sets of label values than that no metric of ours has by itself. */
const usualMost = 2_000;

/** A cell of numbers for each set of label values, in the order of the label names; past so many sets one cell, `other`, for all the rest. */
const openCells = <Cell>(labelNames: readonly string[], empty: () => Cell, most: number) => {
  const cells = new Map<string, { labels: Labels; cell: Cell }>();
  return {
    at(given: readonly string[]): Cell {
      const isKnown = cells.size < most || cells.has(given.join("\n"));
      const values = isKnown ? given : labelNames.map(() => "other");
      const id = values.join("\n");
      let found = cells.get(id);
      if (!found) {
        found = { labels: Object.fromEntries(labelNames.map((name, place) => [name, values[place] ?? ""])), cell: empty() };
        cells.set(id, found);
      }
      return found.cell;
    },
    all: () => [...cells.values()],
  };
};

/** Has a metric of prom-client print other numbers than its own. */
const print = (metric: object, printed: () => Printed): void => {
  const get = async () => printed();
  Object.assign(metric, { get, getForPromString: get });
};

/**
 * A counter in plain numbers that prom-client prints. Its own counters and histograms hash their labels at every step, which was a sixth of
 * a request's CPU. Gives a function that counts one.
 */
export const counterIn = (
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
  mostCells = usualMost,
) => {
  const cells = openCells(labelNames, () => ({ value: 0 }), mostCells);
  print(new Counter({ name, help, labelNames, registers: [registry] }), () => {
    const values = cells.all().map(({ labels, cell }) => ({ labels, value: cell.value }));
    return { name, help, type: "counter", aggregator: "sum", values };
  });
  return (...labels: string[]): void => {
    cells.at(labels).value += 1;
  };
};

/** A histogram in plain numbers, likewise. Gives a function that takes in one value. */
export const histogramIn = (
  registry: Registry,
  name: string,
  help: string,
  bounds: readonly number[],
  labelNames: readonly string[] = [],
) => {
  const cells = openCells(labelNames, () => ({ counts: Array<number>(bounds.length + 1).fill(0), sum: 0 }), usualMost);
  print(new Histogram({ name, help, labelNames, buckets: [...bounds], registers: [registry] }), () => {
    const values = cells.all().flatMap(({ labels, cell: { counts, sum } }) => {
      let total = 0;
      const buckets = counts.map((count, place) => {
        total += count;
        return { metricName: `${name}_bucket`, labels: { le: bounds[place] ?? "+Inf", ...labels }, value: total };
      });
      return [
        ...buckets,
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: total },
      ];
    });
    return { name, help, type: "histogram", aggregator: "sum", values };
  });
  return (value: number, ...labels: string[]): void => {
    const cell = cells.at(labels);
    let place = 0;
    while (place < bounds.length && value > (bounds[place] ?? 0)) place += 1;
    cell.counts[place] = (cell.counts[place] ?? 0) + 1;
    cell.sum += value;
  };
};
