import { AsyncLocalStorage } from "node:async_hooks";

const reporters = new AsyncLocalStorage<(fault: unknown) => void>();

/** Runs a mutation; what `reportFault` is told meanwhile goes to `report`. */
export const withFaults = <T>(report: (fault: unknown) => void, run: () => T): T => reporters.run(report, run);

/** Tells of a fault of this server that the answer will hold as data, so that no error carries it to the log. */
export const reportFault = (fault: unknown): void => reporters.getStore()?.(fault);
