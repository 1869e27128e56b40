// The processes of a bench: started, watched from outside, and stopped whatever happens.
import { fork, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const running = new Set();
const noted = (child) => {
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
};

const gone = (child) =>
  new Promise((resolve) => {
    if (!running.has(child)) return resolve();
    child.once("exit", resolve);
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 15_000).unref();
  });

/** Stops the processes given, or all. */
export const stop = async (...children) => {
  await Promise.all((children.length ? children : [...running]).map(gone));
};

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => stop().then(() => process.exit(130)));
}

/** Starts a part of the bench, which says its port once it listens. */
export const startPart = (file, environment) =>
  new Promise((resolve, reject) => {
    const child = noted(
      fork(isAbsolute(file) ? file : at(file), { env: { ...process.env, NODE_ENV: "production", ...environment } }),
    );
    child.once("message", ({ port }) => resolve({ child, pid: child.pid, url: `http://127.0.0.1:${port}` }));
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code}`)));
  });

export const startUpstream = async (environment = {}) => {
  const part = await startPart("upstream.mjs", environment);
  const ask = async (path) => (await fetch(part.url + path, { method: "POST" })).json();
  return {
    ...part,
    reset: () => ask("/bench/reset"),
    latency: (ms) => ask(`/bench/latency?ms=${ms}`),
    /** Whether no two answers shall be the same. */
    changing: (on) => ask(`/bench/changing?on=${on ? 1 : 0}`),
    /** REST calls since the last reset, by operation. */
    counts: () => ask("/bench/counts"),
    async calls() {
      return Object.values(await ask("/bench/counts")).reduce((sum, count) => sum + count, 0);
    },
  };
};

export const startTextbook = (upstream) => startPart("textbook.mjs", { UPSTREAM: upstream.url, PORT: "0" });

/** Builds what `start` needs, unless it is there. */
export const built = () => {
  const dist = process.env.BENCH_DIST ?? at("../dist/cli.js");
  if (existsSync(dist)) return dist;
  const { status } = spawnSync("npm", ["run", "build:server"], { cwd: at("../"), stdio: "inherit", shell: true });
  if (status !== 0) throw new Error("The server could not be built.");
  return dist;
};

/** What stands in the way of a load test and of nothing else. */
const openLimits = {
  MAX_IN_FLIGHT: "0",
  MAX_LAG_MS: "0",
  MAX_COST: "1000000000",
  MAX_UPSTREAM_CALLS: "100000",
  RATE_LIMIT_PER_KEY: "0",
  RATE_LIMIT_PER_ADDRESS: "0",
  LOG_LEVEL: "warn",
};

/** Our own server as people run it, out of dist. */
export const startServer = async (upstream, environment = {}, nodeOptions = []) => {
  const env = {
    ...process.env,
    NODE_ENV: "production",
    ...openLimits,
    AFFISE_API_URL: upstream?.url ?? "sandbox",
    PORT: "0",
    ...environment,
  };
  const child = noted(spawn(process.execPath, [...nodeOptions, built(), "start"], { env, stdio: ["ignore", "pipe", "pipe"] }));
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stderr.on("data", (chunk) => {
      text += chunk;
      const found = /GraphQL\s+(http:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${text}`)));
  });
  return { child, pid: child.pid, url, output: () => output };
};

/** Has a server tell of its collections of garbage. */
export const tracingGarbage = ["--trace-gc", "--trace-gc-nvp"];

/** How much of what was allocated outlived a scavenge, in percent, by a server's output; NaN where it tells nothing. */
export const survivorsIn = (output) => {
  const sum = (name) =>
    [...output.matchAll(new RegExp(`gc=s .*?\\b${name}=(\\d+)`, "g"))].reduce((all, [, bytes]) => all + Number(bytes), 0);
  return (100 * (sum("promoted") + sum("new_space_survived"))) / sum("allocated");
};

/** A process that loads others; one for the whole bench. */
export const startLoad = () => {
  const child = noted(fork(at("load.mjs")));
  const ask = (kind, job) =>
    new Promise((resolve, reject) => {
      child.once("message", ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
      child.send({ kind, job });
    });
  return { child, ask };
};

const status = (pid, path) => {
  try {
    return readFileSync(`/proc/${pid}/${path}`, "utf8");
  } catch {
    return "";
  }
};

/** A process and those it started. */
export const family = (pid) => {
  if (!existsSync("/proc")) return [pid];
  const parentOf = (one) => Number(/\) \S (\d+)/.exec(status(one, "stat"))?.[1]);
  const others = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [pid, ...others.flatMap((one) => family(Number(one)))];
};

/** Seconds of CPU that processes have used; NaN where there is no /proc. */
export const cpuOf = (pids) =>
  pids.reduce((sum, pid) => {
    const fields = status(pid, "stat").split(") ")[1]?.split(" ") ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);

/** Megabytes of memory that processes have; NaN where there is no /proc. */
export const rssOf = (pids) =>
  pids.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(status(pid, "status"))?.[1] ?? Number.NaN) / 1024, 0);

/** Runs something, and tells the most memory that processes had meanwhile. */
export const withPeak = async (pids, run) => {
  let peak = rssOf(pids);
  const look = () => {
    peak = Math.max(peak, rssOf(pids));
  };
  const timer = setInterval(look, 50);
  try {
    const result = await run();
    look();
    return { result, peak };
  } finally {
    clearInterval(timer);
  }
};

/** Waits until nobody calls the upstream any more: what a load left behind must not reach the next. */
export const quiet = async (upstream) => {
  for (let last = -1, index = 0; index < 100; index += 1) {
    const now = await upstream.calls();
    if (now === last) return;
    last = now;
    await sleep(50);
  }
};
