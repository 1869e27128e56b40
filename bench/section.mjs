// The parts of the bench. Each starts what it needs beside the upstream, measures, and gives a heading and lines of Markdown.
import { cells, measure, middle, ratio, table } from "./measure.mjs";
import { installPeers } from "./peer/install.mjs";
import { family, startPart, startServer, startTextbook, startUpstream, stop, tracingGarbage, withPeak } from "./process.mjs";
import { bodiesOf, checkAnswer, mixedBodies, workloads } from "./workload.mjs";

const head = ["req/s", "p50 ms", "p99 ms", "CPU µs", "REST calls", "RSS MB", "survives %"];
const otherKeys = Array.from({ length: 32 }, (_, index) => `bench-key-${index}`);

/** Servers beside each other, each workload in turn and round by round, so that all meet the same weather. Ratios are to the first. */
const compared = async ({ upstream, load, seconds, rounds, names }, peers) => {
  const rows = [];
  for (const name of names) {
    for (const { server, schema } of peers) await checkAnswer(name, schema, server.url, upstream.url);
    const found = peers.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, { server, schema, keys }] of peers.entries()) {
        found[place].push(await measure({ load, upstream, server, seconds, keys, bodies: bodiesOf(name, schema) }));
      }
    }
    const figures = found.map(middle);
    for (const [place, peer] of peers.entries()) {
      const one = figures[place];
      rows.push([name, peer.name, ...cells(one), ratio(one.perSecond, figures[0].perSecond), ratio(figures[0].cpu, one.cpu)]);
    }
  }
  return table(["", "server", ...head, `req/s to ${peers[0].name}`, "less CPU"], rows);
};

const workloadRows = async (bench) => {
  const textbook = await startTextbook(bench.upstream);
  const ours = await startServer(bench.upstream, {}, tracingGarbage);
  const rows = await compared(bench, [
    { name: "textbook", server: textbook, schema: "textbook" },
    { name: "ours, one key", server: ours, schema: "ours" },
    { name: "ours, 32 keys", server: ours, schema: "ours", keys: otherKeys },
  ]);
  await stop(textbook.child, ours.child);
  return rows;
};

/** The fastest peer on Node, under the load that its and our work is the same for: many keys, and no two answers alike. */
const peerSection = async (bench) => {
  const folder = installPeers();
  const rows = [];
  for (const keys of [otherKeys, undefined]) {
    const mercurius = await startPart(`${folder}/mercurius.mjs`, { UPSTREAM: bench.upstream.url, PORT: "0" });
    const ours = await startServer(bench.upstream, {}, tracingGarbage);
    await bench.upstream.changing(true);
    const about = keys ? "32 keys" : "one key";
    const peers = [
      { name: "Mercurius", server: { ...mercurius, url: `${mercurius.url}/graphql` }, schema: "textbook", keys },
      { name: "ours", server: ours, schema: "ours", keys },
    ];
    rows.push(`${about}:`, await compared(bench, peers));
    await bench.upstream.changing(false);
    await stop(mercurius.child, ours.child);
  }
  return ["Beside Mercurius (JIT, undici), no two REST answers alike", ...rows];
};

const workloadSection = async (bench) => {
  const legend = bench.names.map((name) => `${name}: ${workloads[name].about}.`).join(" ");
  return ["Workloads, 32 connections", legend, await workloadRows(bench)];
};

/** Answers that come again byte for byte are not parsed again, so here none does. */
const changingSection = async (bench) => {
  await bench.upstream.changing(true);
  const rows = await workloadRows(bench);
  await bench.upstream.changing(false);
  return [
    "The same, with no two REST answers alike",
    "Every answer has a number of its own, so that each has to be parsed.",
    rows,
  ];
};

const latencySection = async ({ upstream, load, seconds }) => {
  const textbook = await startTextbook(upstream);
  const ours = await startServer(upstream);
  const targets = [
    {
      name: "the bare REST call",
      urls: bodiesOf("W4", "ours").map((_, index) => upstream.url + workloads.W4.rest(index).replace("int_id[]", "int_id%5B%5D")),
    },
    { name: "ours", url: ours.url, bodies: bodiesOf("W4", "ours") },
    { name: "textbook", url: textbook.url, bodies: bodiesOf("W4", "textbook") },
  ];
  await load.ask("oneByOne", { targets, seconds: 1 });
  const found = await load.ask("oneByOne", { targets, seconds: seconds * 2 });
  await stop(textbook.child, ours.child);
  const rows = found.map(({ name, p50, p99 }) => [name, p50, p99, p50 - found[0].p50]);
  return ["Latency of W4, one connection", table(["", "p50 ms", "p99 ms", "added at the median, ms"], rows)];
};

const many = "query Many($first: Int) { offers(first: $first) { nodes { id title status } } }";
const manyBody = (first) => JSON.stringify({ query: many, variables: { first } });

const growthSection = async ({ load, seconds }) => {
  const upstream = await startUpstream({ UPSTREAM_OFFERS: "5000" });
  const ours = await startServer(upstream);
  const rows = [];
  for (const first of [1, 10, 100, 1000, 5000]) {
    const targets = [{ name: "ours", url: ours.url, bodies: [manyBody(first)] }];
    await upstream.reset();
    await fetch(ours.url, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "one" },
      body: manyBody(first),
    });
    const calls = await upstream.calls();
    const [{ p50, p99 }] = await load.ask("oneByOne", { targets, seconds: Math.max(2, seconds / 2) });
    rows.push([first.toLocaleString("en"), p50, p99, String(calls), (p50 / first) * 1000]);
  }
  await stop(ours.child, upstream.child);
  return ["Cost growth: offers(first:) alone", table(["offers", "p50 ms", "p99 ms", "REST calls", "µs an offer"], rows)];
};

const distinctSection = async ({ upstream, load, seconds }) => {
  const textbook = await startTextbook(upstream);
  const ours = await startServer(upstream);
  const one = await measure({ load, upstream, server: textbook, seconds, distinct: true, bodies: bodiesOf("W4", "textbook") });
  const two = await measure({ load, upstream, server: ours, seconds, distinct: true, bodies: bodiesOf("W4", "ours") });
  await stop(textbook.child, ours.child);
  return [
    "Distinct queries: W4, every request another document",
    table(
      ["server", ...head, "req/s to textbook"],
      [
        ["textbook", ...cells(one), ratio(1, 1)],
        ["ours", ...cells(two), ratio(two.perSecond, one.perSecond)],
      ],
    ),
  ];
};

const cacheSection = async ({ upstream, load, seconds, names }) => {
  const textbook = await startTextbook(upstream);
  const ours = await startServer(upstream, { CACHE_TTL: "30" });
  const rows = [];
  for (const name of names) {
    const yardstick = await measure({ load, upstream, server: textbook, seconds, bodies: bodiesOf(name, "textbook") });
    const one = await measure({ load, upstream, server: ours, seconds, bodies: bodiesOf(name, "ours") });
    rows.push([name, ...cells(one), ratio(one.perSecond, yardstick.perSecond), ratio(yardstick.cpu, one.cpu)]);
  }
  await stop(textbook.child, ours.child);
  return ["Cache on: CACHE_TTL=30", table(["", ...head, "req/s to textbook", "less CPU"], rows)];
};

const workerSection = async ({ upstream, load, seconds, names }) => {
  const rows = [];
  const servers = [];
  for (const workers of ["1", "2"]) servers.push({ workers, server: await startServer(upstream, { WORKERS: workers }) });
  for (const name of names.filter((one) => one === "W1" || one === "W4")) {
    for (const { workers, server } of servers) {
      rows.push([name, workers, ...cells(await measure({ load, upstream, server, seconds, bodies: bodiesOf(name, "ours") }))]);
    }
  }
  await stop(...servers.map(({ server }) => server.child));
  return ["Workers", "Load, upstream and server share the cores.", table(["", "workers", ...head], rows)];
};

const mixSection = async ({ upstream, load, seconds }) => {
  const rows = [];
  for (const [name, environment] of [
    ["cache off", {}],
    ["CACHE_TTL=30", { CACHE_TTL: "30" }],
  ]) {
    const server = await startServer(upstream, environment);
    rows.push([name, ...cells(await measure({ load, upstream, server, seconds, bodies: mixedBodies() }))]);
    await stop(server.child);
  }
  return ["A mix of all reads with 5 % writes", "A write is `updateOffers`: three REST calls.", table(["", ...head], rows)];
};

const memorySection = async ({ load }) => {
  const upstream = await startUpstream({ UPSTREAM_OFFERS: "5000" });
  const rows = [];
  for (const [about, keys] of [
    ["equal queries, one key", 1],
    ["queries of 100 different lengths, one key", 1],
    ["equal queries, 100 keys", 100],
  ]) {
    const server = await startServer(upstream);
    const bodies = Array.from({ length: 100 }, (_, index) =>
      about.includes("different") ? manyBody(5000 - index) : manyBody(5000),
    );
    const names = Array.from({ length: keys }, (_, index) => `bench-key-${index}`);
    const { result, peak } = await withPeak(family(server.pid), () =>
      load.ask("allAtOnce", { url: server.url, bodies, keys: names, count: 100 }),
    );
    rows.push([about, result.seconds, String(Math.round(peak)), String(await upstream.calls())]);
    await upstream.reset();
    await stop(server.child);
  }
  await stop(upstream.child);
  return [
    "Memory: 100 concurrent offers(first: 5000)",
    "The goal is under 1,024 MB.",
    table(["", "seconds", "peak RSS MB", "REST calls"], rows),
  ];
};

/** By the name under which `--only` picks one; the workloads W1 to W5 are picked by their own. */
export const sections = {
  workloads: workloadSection,
  changing: changingSection,
  peers: peerSection,
  latency: latencySection,
  growth: growthSection,
  distinct: distinctSection,
  cache: cacheSection,
  workers: workerSection,
  mix: mixSection,
  memory: memorySection,
};
