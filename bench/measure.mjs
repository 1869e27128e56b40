// One load of one server, and what it cost.
import { cpuOf, family, quiet, survivorsIn, withPeak } from "./process.mjs";

/**
 * Req/s, p50 and p99 in ms, CPU per request in µs, REST calls per request, the most memory in MB, and how much of what was allocated
 * outlived a scavenge, in percent. Throws on a wrong answer.
 */
export const measure = async ({ load, upstream, server, seconds, connections = 32, ...job }) => {
  const run = (time) => load.ask("throughMany", { url: server.url, connections, seconds: time, ...job });
  // The engine compiles what is hot only after a while.
  await run(3);
  await quiet(upstream);
  await upstream.reset();
  const pids = family(server.pid);
  const before = cpuOf(pids);
  const told = server.output?.().length ?? 0;
  const { result, peak } = await withPeak(pids, () => run(seconds));
  const cpu = cpuOf(pids) - before;
  await quiet(upstream);
  if (result.wrong) throw new Error(`${result.wrong} wrong answers of ${result.requests}: ${result.failures.join(" ")}`);
  return {
    perSecond: result.perSecond,
    p50: result.p50,
    p99: result.p99,
    cpu: (cpu / result.requests) * 1e6,
    calls: (await upstream.calls()) / result.requests,
    rss: peak,
    survived: survivorsIn(server.output?.().slice(told) ?? ""),
  };
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** The middle of several measurements, figure by figure. */
export const middle = (measurements) =>
  Object.fromEntries(Object.keys(measurements[0]).map((name) => [name, median(measurements.map((one) => one[name]))]));

const shown = (value) => {
  if (!Number.isFinite(value)) return "–";
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
};

export const cells = (one) => [one.perSecond, one.p50, one.p99, one.cpu, one.calls, one.rss, one.survived].map(shown);

export const ratio = (a, b) => (Number.isFinite(a / b) ? `${(a / b).toFixed(2)} ×` : "–");

export const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map((cell) => (typeof cell === "number" ? shown(cell) : cell)).join(" | ")} |`)
    .join("\n");
