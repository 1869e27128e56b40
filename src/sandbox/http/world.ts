import type { SandboxOptions, State } from "../model/state.js";
import { createState } from "../seed/state.js";
import type { Fault } from "./fault.js";
import { type Form, oddNouns } from "./form.js";

/** What a running sandbox holds; a reset replaces the state and forgets the calls. */
export class World {
  state: State;
  readonly calls = new Map<string, number>();
  faults: Fault[] = [];
  private active: readonly Form[] = [];

  constructor(private readonly options: SandboxOptions) {
    this.state = this.seeded();
  }

  /** The forms of answers; the data is restored where its odd rows come or go. */
  get forms(): readonly Form[] {
    return this.active;
  }

  set forms(forms: readonly Form[]) {
    const before = this.state.ugly;
    const after = oddNouns(forms, this.options.ugly);
    this.active = forms;
    if (after.length !== before.size || after.some((noun) => !before.has(noun))) this.state = this.seeded();
  }

  /** Restores the seeded data, or what else is to be held. */
  reset(restored = () => this.seeded()): void {
    this.active = [];
    this.state = restored();
    this.calls.clear();
    this.faults = [];
  }

  /** Makes what follows from the seeded rows while they are as they were seeded. */
  prepare(): void {
    void this.state.traffic;
  }

  /** Applies what was accepted and whose delay is over. */
  applyDue(): void {
    const { state } = this;
    const now = Date.now();
    const due = state.queue.filter((change) => change.due <= now);
    if (!due.length) return;
    state.queue = state.queue.filter((change) => change.due > now);
    state.changes += due.length;
    for (const change of due) change.apply();
  }

  private seeded(): State {
    return createState({ ...this.options, ugly: oddNouns(this.active, this.options.ugly) });
  }
}
