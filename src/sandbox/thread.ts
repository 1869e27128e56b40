import { parentPort, workerData } from "node:worker_threads";
import type { Assignment } from "./in-thread.js";
import { createSandbox } from "./index.js";

const { options, port } = workerData as Assignment;
const { url } = await createSandbox(options).listen({ port });
parentPort?.postMessage(url);
