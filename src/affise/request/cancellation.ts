/** Ends what was begun; said twice, the second does nothing. */
export type End = () => void;

const nothing: End = () => {};

/**
 * A cancellation token: whether anybody still waits for an answer. Each request and each REST call has one and hardly any is cancelled
 * before its answer, so it is no AbortSignal, which costs ten times as much. Who listens gets the end of listening and must use it: a
 * token lives as long as its client's connection, and what listens to it is kept alive by it.
 */
export class Cancellation {
  private listeners: Set<() => void> | undefined;
  private why: Error | undefined;

  /** Why nobody waits any more; undefined while somebody does. */
  get reason(): Error | undefined {
    return this.why;
  }

  /** How many listen now. */
  get listening(): number {
    return this.listeners?.size ?? 0;
  }

  /** Nobody waits any more. Said twice, the first reason stays. */
  cancel(reason: Error): void {
    if (this.why) return;
    this.why = reason;
    const listeners = this.listeners ?? [];
    this.listeners = undefined;
    for (const listener of listeners) listener();
  }

  /** Calls the listener once nobody waits any more, at once where that is so already. Returns the end of listening. */
  onCancel(listener: () => void): End {
    if (this.why) {
      listener();
      return nothing;
    }
    this.listeners ??= new Set();
    const { listeners } = this;
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** An AbortSignal that follows this token, for libraries, and the end of following. */
  signal(): [signal: AbortSignal, end: End] {
    const controller = new AbortController();
    return [controller.signal, this.onCancel(() => controller.abort(this.why))];
  }
}
