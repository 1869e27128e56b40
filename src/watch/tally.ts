import type { Metric, Registry } from "prom-client";

type Labels = Record<string, string>;

/** A metric as prom-client prints it. */
interface Printed {
  name: string;
  help: string;
  type: "counter" | "histogram";
  aggregator: "sum";
  values: { labels: Record<string, string | number>; value: number; metricName?: string }[];
}

/** What counts and spreads have in common: a cell of numbers for each set of label values. */
abstract class Tally<Cell> {
  readonly #cells = new Map<string, { labels: Labels; cell: Cell }>();

  constructor(
    registry: Registry,
    readonly name: string,
    readonly help: string,
    private readonly labelNames: readonly string[],
  ) {
    registry.registerMetric(this as unknown as Metric);
  }

  protected abstract empty(): Cell;

  protected cell(values: readonly string[]): Cell {
    const id = values.join("\n");
    let found = this.#cells.get(id);
    if (!found) {
      const labels = Object.fromEntries(this.labelNames.map((name, place) => [name, values[place] ?? ""]));
      found = { labels, cell: this.empty() };
      this.#cells.set(id, found);
    }
    return found.cell;
  }

  protected cells(): { labels: Labels; cell: Cell }[] {
    return [...this.#cells.values()];
  }
}

/**
 * A counter in plain numbers that prom-client prints. Its own counters and histograms hash their labels at every step, which was a sixth of
 * a request's CPU.
 */
export class Count extends Tally<{ value: number }> {
  protected empty() {
    return { value: 0 };
  }

  /** Counts one; the values stand in the order of the label names. */
  inc(...labels: string[]): void {
    this.cell(labels).value += 1;
  }

  async get(): Promise<Printed> {
    const values = this.cells().map(({ labels, cell }) => ({ labels, value: cell.value }));
    return { name: this.name, help: this.help, type: "counter", aggregator: "sum", values };
  }
}

/** A histogram in plain numbers, likewise. */
export class Spread extends Tally<{ counts: number[]; sum: number }> {
  readonly #bounds: readonly number[];

  constructor(registry: Registry, name: string, help: string, bounds: readonly number[], labelNames: readonly string[] = []) {
    super(registry, name, help, labelNames);
    this.#bounds = bounds;
  }

  protected empty() {
    return { counts: Array<number>(this.#bounds.length + 1).fill(0), sum: 0 };
  }

  observe(value: number, ...labels: string[]): void {
    const cell = this.cell(labels);
    let place = 0;
    while (place < this.#bounds.length && value > (this.#bounds[place] ?? 0)) place += 1;
    cell.counts[place] = (cell.counts[place] ?? 0) + 1;
    cell.sum += value;
  }

  async get(): Promise<Printed> {
    const values = this.cells().flatMap(({ labels, cell: { counts, sum } }) => {
      let total = 0;
      const buckets = counts.map((count, place) => {
        total += count;
        return { metricName: `${this.name}_bucket`, labels: { le: this.#bounds[place] ?? "+Inf", ...labels }, value: total };
      });
      return [
        ...buckets,
        { metricName: `${this.name}_sum`, labels, value: sum },
        { metricName: `${this.name}_count`, labels, value: total },
      ];
    });
    return { name: this.name, help: this.help, type: "histogram", aggregator: "sum", values };
  }
}
