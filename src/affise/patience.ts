/**
 * Whether anybody still waits for an answer. Each request and each REST call has one and hardly any ends before its answer, so it is no
 * AbortSignal: those cost ten times as much.
 */
export class Patience {
  #reason: Error | undefined;
  #listeners: Set<() => void> | undefined;

  /** Why nobody waits any more; undefined while somebody does. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  end(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener();
  }

  /** Calls once nobody waits any more: at once where that is so already. */
  whenOver(listener: () => void): void {
    if (this.#reason) listener();
    else {
      this.#listeners ??= new Set();
      this.#listeners.add(listener);
    }
  }

  forget(listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  /** The same as a signal, for libraries. */
  toSignal(): AbortSignal {
    const controller = new AbortController();
    this.whenOver(() => controller.abort(this.#reason));
    return controller.signal;
  }

  static of(signal: AbortSignal): Patience {
    const patience = new Patience();
    const end = () => patience.end(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    return patience;
  }
}
