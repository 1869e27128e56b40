// Loaded into the server under attack (`--import`): tells over IPC how long its event loop stood still, how much it computed and held.
import { monitorEventLoopDelay } from "node:perf_hooks";

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
let base = 0;
let peak = 0;
let cpu = process.cpuUsage();

const held = () => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

setInterval(() => {
  peak = Math.max(peak, held());
}, 10).unref();

process.on("message", (word) => {
  if (word === "begin") {
    globalThis.gc?.();
    base = held();
    peak = base;
    cpu = process.cpuUsage();
    delay.reset();
  } else if (word === "end") {
    const { user, system } = process.cpuUsage(cpu);
    const atPeak = Math.max(peak, held());
    globalThis.gc?.();
    process.send({
      blockMs: delay.max / 1e6,
      cpuMs: (user + system) / 1e3,
      peakMb: (atPeak - base) / 1e6,
      keptMb: (held() - base) / 1e6,
    });
  } else return;
  if (word === "begin") process.send({ begun: true });
});
process.channel?.unref();
