import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Assignment } from "./in-thread.js";
import { createSandbox } from "./index.js";

const { options, port } = workerData as Assignment;
const sandbox = createSandbox(options);
const { url } = await sandbox.listen({ port });
parentPort?.postMessage(url);
// Before a person has typed a query about visits; a program that is gone by then needs none.
await pause(2_000);
sandbox.prepare();
