import { Counter, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { counterIn, histogramIn } from "../../src/telemetry/counters.js";

test("prints what prom-client's own counters and histograms print", async () => {
  const [theirs, ours] = [new Registry(), new Registry()];
  const counter = new Counter({ name: "calls_total", help: "Calls", labelNames: ["operation", "source"], registers: [theirs] });
  const histogram = new Histogram({
    name: "took_seconds",
    help: "How long",
    labelNames: ["type"],
    buckets: [0.1, 1, 10],
    registers: [theirs],
  });
  const count = counterIn(ours, "calls_total", "Calls", ["operation", "source"]);
  const observe = histogramIn(ours, "took_seconds", "How long", [0.1, 1, 10], ["type"]);
  for (const [operation, source] of [
    ["GET /3.0/offers", "network"],
    ["GET /3.0/offers", "shared"],
    ["GET /3.0/offers", "network"],
    ['odd "name"\n', "network"],
  ] as const) {
    counter.inc({ operation, source });
    count(operation, source);
  }
  for (const [type, value] of [
    ["query", 0.1],
    ["query", 0.11],
    ["mutation", 5],
    ["query", 10],
    ["query", 10.5],
  ] as const) {
    histogram.observe({ type }, value);
    observe(value, type);
  }
  const lines = (text: string) => text.split("\n").sort();
  expect(lines(await ours.metrics())).toEqual(lines(await theirs.metrics()));
});
