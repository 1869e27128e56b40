/**
 * Whether anybody still waits for an answer. Each request and each REST call has one and hardly any ends before its answer, so it is no
 * AbortSignal, which costs ten times as much.
 */
export interface Patience {
  /** Why nobody waits any more; undefined while somebody does. */
  reason: Error | undefined;
  listeners: Set<() => void> | undefined;
}

export const openPatience = (): Patience => ({ reason: undefined, listeners: undefined });

/** Nobody waits any more. Told twice, the first reason stays. */
export const endPatience = (patience: Patience, reason: Error): void => {
  if (patience.reason) return;
  patience.reason = reason;
  const listeners = patience.listeners ?? [];
  patience.listeners = undefined;
  for (const listener of listeners) listener();
};

/** Calls once nobody waits any more: at once where that is so already. */
export const whenOver = (patience: Patience | undefined, listener: () => void): void => {
  if (!patience) return;
  if (patience.reason) listener();
  else {
    patience.listeners ??= new Set();
    patience.listeners.add(listener);
  }
};

export const forget = (patience: Patience | undefined, listener: () => void): void => {
  patience?.listeners?.delete(listener);
};

/** The same as a signal, for libraries. */
export const signalOf = (patience: Patience | undefined): AbortSignal | undefined => {
  if (!patience) return undefined;
  const controller = new AbortController();
  whenOver(patience, () => controller.abort(patience.reason));
  return controller.signal;
};

/** And the way back. */
export const patienceOf = (signal: AbortSignal): Patience => {
  const patience = openPatience();
  const end = () => endPatience(patience, signal.reason as Error);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return patience;
};
