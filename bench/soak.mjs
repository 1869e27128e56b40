// npm run soak [-- --minutes 5] [--sandbox]: the full mix, reads and 5 % writes, at full load. Fails on any error, and when memory has grown
// by more than a tenth since the warm-up, which is the first fifth of the time and at least 30 seconds.
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { family, rssOf, startLoad, startServer, startUpstream, stop } from "./process.mjs";
import { mixedBodies } from "./workload.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "5" }, sandbox: { type: "boolean", default: false } },
});
const seconds = Number(values.minutes) * 60;
const warm = Math.max(30, seconds / 5);
const every = 5;
const mostGrowth = 1.1;

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const soak = async () => {
  const upstream = values.sandbox ? undefined : await startUpstream();
  const server = await startServer(upstream, { CACHE_TTL: "5" });
  const load = startLoad();
  const keys = values.sandbox ? ["sandbox-general-manager"] : ["bench-a", "bench-b", "bench-c", "bench-d"];
  const run = load.ask("throughMany", { url: server.url, bodies: mixedBodies(), keys, connections: 32, seconds: warm + seconds });
  let ended = false;
  const done = run.finally(() => {
    ended = true;
  });
  const pids = family(server.pid);
  const samples = [];
  while (!ended) {
    await Promise.race([sleep(every * 1000), done]);
    if (ended) break;
    const at = (samples.length + 1) * every;
    samples.push({ at, rss: rssOf(pids) });
    process.stdout.write(`${String(at).padStart(5)} s  ${samples.at(-1).rss.toFixed(0)} MB${at <= warm ? "  warming up" : ""}\n`);
  }
  return { result: await done, steady: samples.filter(({ at }) => at > warm).map(({ rss }) => rss) };
};

try {
  const { result, steady } = await soak();
  // The collector makes single samples jump: a tenth of them at each end says more.
  const few = Math.max(3, Math.ceil(steady.length / 10));
  const first = middle(steady.slice(0, few));
  const last = middle(steady.slice(-few));
  const growth = last / first;
  process.stdout.write(
    `${result.requests} requests, ${result.perSecond.toFixed(0)} a second, p50 ${result.p50} ms, p99 ${result.p99} ms; ${result.wrong} errors; ` +
      `memory from ${first.toFixed(0)} to ${last.toFixed(0)} MB (${((growth - 1) * 100).toFixed(1)} %)\n`,
  );
  if (result.wrong) process.stderr.write(`${result.failures.join("\n")}\n`);
  process.exitCode = result.wrong || growth > mostGrowth ? 1 : 0;
} finally {
  await stop();
}
