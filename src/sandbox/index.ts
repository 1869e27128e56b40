import { createApp } from "./http/app.js";
import { type Listening, type ListenOptions, listen } from "./http/listen.js";
import { World } from "./http/world.js";
import { digestOf } from "./model/digest.js";
import { copyOf } from "./model/snapshot.js";
import type { SandboxOptions } from "./model/state.js";

export { answered } from "./http/app.js";
export type { SandboxOptions } from "./model/state.js";
export { sampleKeys } from "./sample-key.js";

/** A small Affise: stateful, seeded, strict. */
export interface Sandbox {
  /** The whole HTTP surface as a fetch. */
  fetch(request: Request): Promise<Response>;
  /** Serves the sandbox on a port; port 0, the default, takes a free one. */
  listen(options?: ListenOptions): Promise<Listening>;
  /** How often each operation was called since the last reset. */
  calls(): Record<string, number>;
  /** What it holds, by noun, as hashes: they are equal while nothing of the noun has changed. */
  digest(): Record<string, string>;
  /** Makes now what else is made when somebody asks for it first: visits, and the money that follows from them. */
  prepare(): void;
  /** Restores the seeded data and forgets the calls and the faults. */
  reset(): void;
  /** Remembers what it holds. What is returned restores that and forgets the calls and the faults, as often as it is called. */
  snapshot(): () => void;
}

/** Makes a sandbox; two of them share nothing. */
export const createSandbox = (options: SandboxOptions = {}): Sandbox => {
  const world = new World(options);
  const app = createApp(world);
  return {
    fetch: async (request) => app.fetch(request),
    listen: (where) => listen((request, env) => app.fetch(request, env), where),
    calls: () => Object.fromEntries(world.calls),
    digest: () => {
      world.applyDue();
      return digestOf(world.state);
    },
    prepare: () => world.prepare(),
    reset: () => world.reset(),
    snapshot: () => {
      world.applyDue();
      const kept = copyOf(world.state);
      return () => world.reset(() => copyOf(kept));
    },
  };
};
