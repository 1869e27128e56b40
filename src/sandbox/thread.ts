import { parentPort, workerData } from "node:worker_threads";
import type { Assignment } from "./in-thread.js";
import { createSandbox } from "./index.js";

const { options, port } = workerData as Assignment;
const sandbox = createSandbox(options);
const { url } = await sandbox.listen({ port });
parentPort?.postMessage(url);
sandbox.prepare();
