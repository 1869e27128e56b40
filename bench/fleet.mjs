// npm run bench:fleet [-- --requests 5000]: fifty apps, each with a key of its own, ask 1, 2 and 4 servers behind each other's back, over a REST API
// that refuses more than so many calls a second. What reaches it: plain, with one budget for all servers, and with kept answers. Wants redis-server.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "undici";
import { startServer, startUpstream, stop } from "./process.mjs";
import { bodiesOf, workloads } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "5000" },
    rate: { type: "string", default: "500" },
    apps: { type: "string", default: "50" },
  },
});
const [requests, rate, apps] = [Number(values.requests), Number(values.rate), Number(values.apps)];
const redisPort = 20_000 + (process.pid % 20_000);

const startRedis = async () => {
  if (spawnSync("redis-server", ["--version"]).status !== 0)
    throw new Error("redis-server is missing; it is Debian's package of that name.");
  const child = spawn("redis-server", ["--port", String(redisPort), "--save", "", "--appendonly", "no"], { stdio: "ignore" });
  for (let left = 100; left > 0; left -= 1) {
    const socket = connect(redisPort, "127.0.0.1");
    const isUp = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return child;
    await sleep(50);
  }
  throw new Error("Redis did not start.");
};

/** Each app asks one thing after the other, of whichever server comes next. */
const load = async (servers) => {
  const bodies = Object.keys(workloads).map((name) => bodiesOf(name, "ours"));
  const pools = servers.map(({ url }) => new Pool(new URL(url).origin, { connections: apps }));
  const failed = {};
  let asked = 0;
  const app = async (key) => {
    while (asked < requests) {
      const turn = asked++;
      const kind = bodies[turn % bodies.length];
      const { body } = await pools[turn % pools.length].request({
        path: "/graphql",
        method: "POST",
        headers: { "content-type": "application/json", "api-key": `bench-app-${key}` },
        body: kind[Math.floor(turn / bodies.length) % kind.length],
      });
      const { errors } = await body.json();
      const code = errors?.[0]?.extensions?.code;
      if (code) failed[code] = (failed[code] ?? 0) + 1;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: apps }, (_, key) => app(key)));
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(pools.map((pool) => pool.close()));
  return { seconds, failed };
};

const modes = {
  "each server by itself": {},
  "one budget (UPSTREAM_RATE)": { UPSTREAM_RATE: String(Math.floor(rate * 0.9)) },
  "one budget, answers kept for a minute": { UPSTREAM_RATE: String(Math.floor(rate * 0.9)), CACHE_TTL: "60" },
};

const redis = await startRedis();
try {
  process.stdout.write(
    `${requests} requests of ${apps} apps, W1 to W5 in turn, over a REST API that takes ${rate} calls a second of one network.\n\n` +
      "| servers | | REST calls a request | refused with 429 | requests that failed | seconds |\n| --- | --- | --- | --- | --- | --- |\n",
  );
  for (const count of [1, 2, 4]) {
    for (const [mode, settings] of Object.entries(modes)) {
      const upstream = await startUpstream({ UPSTREAM_RATE: String(rate) });
      const environment = {
        REDIS_URL: `redis://127.0.0.1:${redisPort}/${count}`,
        STORE_SECRET: "a secret of the bench",
        ...settings,
      };
      const servers = await Promise.all(Array.from({ length: count }, () => startServer(upstream, environment)));
      const { seconds, failed } = await load(servers);
      const { refused = 0, ...calls } = await upstream.counts();
      const made = Object.values(calls).reduce((sum, one) => sum + one, 0);
      const failures = Object.entries(failed).map(([code, times]) => `${times} ${code}`);
      process.stdout.write(
        `| ${count} | ${mode} | ${((made + refused) / requests).toFixed(2)} | ${refused} | ${failures.join(", ") || "none"} | ${seconds.toFixed(1)} |\n`,
      );
      await stop();
    }
  }
} finally {
  await stop();
  redis.kill();
}
