import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Sink } from "./watch.js";

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Where batches are told: `channel(batchChannel).publish({ size })` for each merged fetch. */
export const batchChannel = "affise-graphql:batch";

/** Of the process rather than of one server in it. */
let ofProcess: Registry | undefined;

const processMetrics = (): Registry => {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
};

/** What Prometheus reads. Labels have few values, all of them ours: no operation names, no keys, no ids. */
export interface Metrics {
  sink: Sink;
  /** An HTTP answer of /graphql. */
  answered(status: number): void;
  /** How many REST calls are under way and how many wait, read when somebody asks. */
  text(): Promise<string>;
  contentType: string;
  close(): void;
}

export const openMetrics = (queue?: () => { active: number; waiting: number }): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const operations = new Counter({
    name: "affise_graphql_operations_total",
    help: "GraphQL operations answered, by type and outcome",
    labelNames: ["type", "outcome"] as const,
    registers,
  });
  const duration = new Histogram({
    name: "affise_graphql_operation_seconds",
    help: "How long GraphQL operations took",
    labelNames: ["type"] as const,
    buckets: seconds,
    registers,
  });
  const errors = new Counter({
    name: "affise_graphql_errors_total",
    help: "Operations that had an error of this code",
    labelNames: ["code"] as const,
    registers,
  });
  const calls = new Counter({
    name: "affise_graphql_rest_calls_total",
    help: "REST calls that operations used, by operation, outcome and source: network, shared with another operation, cache",
    labelNames: ["operation", "outcome", "source"] as const,
    registers,
  });
  const callSeconds = new Histogram({
    name: "affise_graphql_rest_call_seconds",
    help: "How long REST calls over the network took",
    buckets: seconds,
    registers,
  });
  const callsPerOperation = new Histogram({
    name: "affise_graphql_rest_calls_per_operation",
    help: "REST calls that one operation used",
    buckets: [0, 1, 2, 3, 5, 10, 20, 50, 100],
    registers,
  });
  const answers = new Counter({
    name: "affise_graphql_http_responses_total",
    help: "HTTP answers of /graphql, by status",
    labelNames: ["status"] as const,
    registers,
  });
  const batches = new Histogram({
    name: "affise_graphql_batch_size",
    help: "Keys that one REST call fetched together",
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 350],
    registers,
  });
  const onBatch = (message: unknown) => batches.observe((message as { size: number }).size);
  subscribe(batchChannel, onBatch);
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  new Gauge({
    name: "affise_graphql_event_loop_lag_seconds",
    help: "The longest that the event loop was behind since the last look",
    registers,
    collect() {
      this.set(Number.isFinite(lag.max) ? lag.max / 1e9 : 0);
      lag.reset();
    },
  });
  if (queue) {
    new Gauge({
      name: "affise_graphql_rest_queue",
      help: "REST calls under way, and waiting for their turn",
      labelNames: ["state"] as const,
      registers,
      collect() {
        const { active, waiting } = queue();
        this.set({ state: "active" }, active);
        this.set({ state: "waiting" }, waiting);
      },
    });
  }

  return {
    sink({ type, ms, calls: made, codes }) {
      operations.inc({ type, outcome: codes.length ? "errors" : "ok" });
      duration.observe({ type }, ms / 1000);
      callsPerOperation.observe(made.length);
      for (const code of codes) errors.inc({ code });
      for (const { operation, status, source, ms: took } of made) {
        const outcome = status === 0 ? "no answer" : status < 400 ? "ok" : String(status);
        calls.inc({ operation, outcome, source });
        if (source === "network") callSeconds.observe(took / 1000);
      }
    },
    answered: (status) => answers.inc({ status: String(status) }),
    text: async () => `${await registry.metrics()}\n${await processMetrics().metrics()}`,
    contentType: registry.contentType,
    close() {
      unsubscribe(batchChannel, onBatch);
      lag.disable();
    },
  };
};
