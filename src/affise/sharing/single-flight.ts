import { Cancellation, type End } from "../request/cancellation.js";

/** All who waited for an answer have gone. */
export class NobodyWaits extends Error {
  override readonly name = "NobodyWaits";
}

interface Flight<T> {
  result: Promise<T>;
  waiting: number;
  cancellation: Cancellation;
}

/**
 * Equal work under way at the same time is done once. It is cancelled when all who wait for it have gone; who brings no token waits to the
 * end.
 */
export class SingleFlight<T> {
  private readonly underWay = new Map<string, Flight<T>>();

  /** Joins the work of this name, or begins it. `isShared` for all but the one who began it. */
  async run(
    name: string,
    waiter: Cancellation | undefined,
    begin: (cancellation: Cancellation) => Promise<T>,
  ): Promise<{ result: T; isShared: boolean }> {
    const known = this.underWay.get(name);
    const flight = known ?? this.begin(name, begin);
    const stopListening = this.join(name, flight, waiter);
    try {
      return { result: await flight.result, isShared: known !== undefined };
    } finally {
      stopListening?.();
    }
  }

  private begin(name: string, begin: (cancellation: Cancellation) => Promise<T>): Flight<T> {
    const cancellation = new Cancellation();
    const flight: Flight<T> = { result: begin(cancellation), waiting: 0, cancellation };
    this.underWay.set(name, flight);
    const end = () => this.remove(name, flight);
    flight.result.then(end, end);
    return flight;
  }

  private join(name: string, flight: Flight<T>, waiter: Cancellation | undefined): End | undefined {
    flight.waiting += 1;
    return waiter?.onCancel(() => {
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      this.remove(name, flight);
      flight.cancellation.cancel(new NobodyWaits("nobody waits any more"));
    });
  }

  private remove(name: string, flight: Flight<T>): void {
    if (this.underWay.get(name) === flight) this.underWay.delete(name);
  }
}
