import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { batchChannel } from "../loading/session-batcher.js";
import { counterIn, histogramIn } from "./counters.js";
import type { Exporter } from "./telemetry.js";

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Of the process rather than of one server in it. */
let ofProcess: Registry | undefined;

const processMetrics = (): Registry => {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
};

/** What Prometheus reads. Labels have few values, all of them ours but the clients' names, which are bounded: no operation names, no keys, no ids. */
export interface Metrics {
  exporter: Exporter;
  /** An HTTP answer of /graphql. */
  answered(status: number): void;
  /** How many REST calls are under way and how many wait, read when somebody asks. */
  text(): Promise<string>;
  contentType: string;
  close(): void;
}

/** What is counted of each operation, once it is answered. */
const operationMetrics = (registry: Registry): Exporter => {
  const operations = counterIn(registry, "affise_graphql_operations_total", "GraphQL operations answered, by type and outcome", [
    "type",
    "outcome",
  ]);
  const duration = histogramIn(registry, "affise_graphql_operation_seconds", "How long GraphQL operations took", seconds, [
    "type",
  ]);
  const clients = counterIn(
    registry,
    "affise_graphql_client_operations_total",
    "GraphQL operations by the client that its headers name; past a hundred clients the rest are counted as other",
    ["client", "version"],
    100,
  );
  const errors = counterIn(registry, "affise_graphql_errors_total", "Operations that had an error of this code", ["code"]);
  const exportCalls = callMetrics(registry);
  return (record) => {
    const { type, ms, client, codes } = record;
    if (client.name) clients(client.name, client.version ?? "");
    operations(type, codes.length ? "errors" : "ok");
    duration(ms / 1000, type);
    for (const code of codes) errors(code);
    exportCalls(record);
  };
};

/** What is counted of the REST calls that an operation used. */
const callMetrics = (registry: Registry): Exporter => {
  const calls = counterIn(
    registry,
    "affise_graphql_rest_calls_total",
    "REST calls that operations used, by operation, outcome and source: network, shared with another operation, cache",
    ["operation", "outcome", "source"],
  );
  const callSeconds = histogramIn(
    registry,
    "affise_graphql_rest_call_seconds",
    "How long REST calls over the network took",
    seconds,
  );
  const callsPerOperation = histogramIn(
    registry,
    "affise_graphql_rest_calls_per_operation",
    "REST calls that one operation used",
    [0, 1, 2, 3, 5, 10, 20, 50, 100],
  );
  return ({ calls: made }) => {
    callsPerOperation(made.length);
    for (const { operation, status, source, ms, isGivenUp } of made) {
      const outcome = status === 0 ? (isGivenUp ? "given up" : "no answer") : status < 400 ? "ok" : String(status);
      calls(operation, outcome, source);
      if (source === "network") callSeconds(ms / 1000);
    }
  };
};

const lagGauge = (registry: Registry): { disable(): void } => {
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  new Gauge({
    name: "affise_graphql_event_loop_lag_seconds",
    help: "The longest that the event loop was behind since the last look",
    registers: [registry],
    collect() {
      this.set(Number.isFinite(lag.max) ? lag.max / 1e9 : 0);
      lag.reset();
    },
  });
  return lag;
};

const queueGauge = (registry: Registry, queue: () => { active: number; waiting: number }): void => {
  new Gauge({
    name: "affise_graphql_rest_queue",
    help: "REST calls under way, and waiting for their turn",
    labelNames: ["state"] as const,
    registers: [registry],
    collect() {
      const { active, waiting } = queue();
      this.set({ state: "active" }, active);
      this.set({ state: "waiting" }, waiting);
    },
  });
};

export const openMetrics = (queue?: () => { active: number; waiting: number }): Metrics => {
  const registry = new Registry();
  const exporter = operationMetrics(registry);
  const answers = counterIn(registry, "affise_graphql_http_responses_total", "HTTP answers of /graphql, by status", ["status"]);
  const batches = histogramIn(
    registry,
    "affise_graphql_batch_size",
    "Keys that one REST call fetched together",
    [1, 2, 5, 10, 20, 50, 100, 200, 350],
  );
  const onBatch = (message: unknown) => batches((message as { size: number }).size);
  subscribe(batchChannel, onBatch);
  const lag = lagGauge(registry);
  if (queue) queueGauge(registry, queue);
  return {
    exporter,
    answered: (status) => answers(String(status)),
    text: async () => `${await registry.metrics()}\n${await processMetrics().metrics()}`,
    contentType: registry.contentType,
    close() {
      unsubscribe(batchChannel, onBatch);
      lag.disable();
    },
  };
};
