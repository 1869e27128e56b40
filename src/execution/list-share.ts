import { cut } from "../telemetry/telemetry.js";

/** A list that an argument slices, and how much of an operation stands in it. */
export interface ListShare {
  /** Its argument, after its names in the answer from the root on. */
  argument: string;
  rows: number;
  /** Values of the answer. */
  values: number;
  /** Rows and calls, as in the cost's `total`. */
  total: number;
  calls: number;
  /** Calls that do not get fewer with the rows, and what they weigh: a call for many rows is made for few as well. */
  fixedCalls: number;
  fixedTotal: number;
}

/** What of an operation stands in a list. */
type Held = Omit<ListShare, "argument" | "rows">;

/** A place in the answer by its name, and where that stands; the root has neither. */
export interface NamedPlace {
  name?: string;
  above?: NamedPlace;
}

/** A list with fewer values, and of less cost, is not worth a word where there is too much; and no more lists than that are. */
const [leastOfLong, mostLists] = [1_000, 10];

const pathOf = (place: NamedPlace): string => {
  const names: string[] = [];
  for (let at: NamedPlace | undefined = place; at?.name !== undefined; at = at.above) names.push(at.name);
  return names.reverse().join(".");
};

/** The long lists of one operation. */
export class ListShares {
  private readonly shares = new Map<NamedPlace, ListShare>();

  add(place: NamedPlace, argument: string, rows: number, own: Held): void {
    if (Math.max(own.values, own.total) < leastOfLong) return;
    const share = this.shares.get(place) ?? { argument, rows, values: 0, total: 0, calls: 0, fixedCalls: 0, fixedTotal: 0 };
    this.shares.set(place, share);
    share.values += own.values;
    share.total += own.total;
    share.calls += own.calls;
    share.fixedCalls += own.fixedCalls;
    share.fixedTotal += own.fixedTotal;
  }

  /** The longest first. */
  longest(): ListShare[] {
    const size = ({ values, total }: ListShare) => values + total;
    return [...this.shares]
      .sort(([, one], [, other]) => size(other) - size(one))
      .slice(0, mostLists)
      .map(([place, share]) => ({ ...share, argument: cut(`${pathOf(place)}.${share.argument}`, 200) }));
  }
}
