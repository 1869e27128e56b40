import { parentPort, workerData } from "node:worker_threads";
import { createSandbox, type SandboxOptions } from "./index.js";

const sandbox = await createSandbox(workerData as SandboxOptions).listen({ port: 0 });
parentPort?.once("message", () => void sandbox.close().then(() => parentPort?.close()));
parentPort?.postMessage(sandbox.url);
