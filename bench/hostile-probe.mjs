// Loaded into the server under attack (`--import`): tells over IPC how long its event loop stood still, how much it computed and held.
const eachMs = 5;
let base = 0;
let peak = 0;
let blockMs = 0;
let cpuAtBegin = 0;

const computed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

const held = () => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

let last = { at: performance.now(), cpu: computed() };
/** On a busy machine a block is longer than what was computed in it: the shorter of both is this process's doing. */
const look = () => {
  const now = { at: performance.now(), cpu: computed() };
  blockMs = Math.max(blockMs, Math.min(now.at - last.at - eachMs, now.cpu - last.cpu));
  last = now;
  peak = Math.max(peak, held());
};
setInterval(look, eachMs).unref();

process.on("message", (word) => {
  if (word === "begin") {
    globalThis.gc?.();
    base = held();
    peak = base;
    cpuAtBegin = computed();
    last = { at: performance.now(), cpu: cpuAtBegin };
    blockMs = 0;
  } else if (word === "end") {
    look();
    const cpuMs = last.cpu - cpuAtBegin;
    globalThis.gc?.();
    process.send({
      blockMs,
      cpuMs,
      peakMb: (peak - base) / 1e6,
      keptMb: (held() - base) / 1e6,
    });
  } else return;
  if (word === "begin") process.send({ begun: true });
});
process.channel?.unref();
