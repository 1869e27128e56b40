// npm run profile -- W4 [--keys 32] [--distinct] [--seconds 5] [--cache] [--keep]: where the server's CPU goes under one workload, by package and by
// function. `--keep` writes it into profile.md, in place of the last one of that workload.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { at, startLoad, startServer, startUpstream, stop } from "./process.mjs";
import { bodiesOf, workloads } from "./workload.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    keys: { type: "string", default: "1" },
    seconds: { type: "string", default: "5" },
    cache: { type: "boolean", default: false },
    distinct: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const [name = "W4"] = positionals;
if (!(name in workloads)) {
  process.stderr.write(`There is no workload ${name}; take one of ${Object.keys(workloads).join(", ")}.\n`);
  process.exit(2);
}
const seconds = Number(values.seconds);

/** The profile of one load, warm-up and start left out: samples by node. */
const recorded = async () => {
  const folder = mkdtempSync(join(tmpdir(), "profile-"));
  try {
    const upstream = await startUpstream();
    const load = startLoad();
    const begin = performance.now();
    const server = await startServer(upstream, values.cache ? { CACHE_TTL: "300" } : {}, [
      "--cpu-prof",
      `--cpu-prof-dir=${folder}`,
      "--cpu-prof-interval=500",
    ]);
    const keys = Array.from({ length: Number(values.keys) }, (_, index) => `bench-key-${index}`);
    const job = { url: server.url, bodies: bodiesOf(name, "ours"), keys, connections: 32, distinct: values.distinct };
    await load.ask("throughMany", { ...job, seconds: 6 });
    const from = performance.now() - begin;
    const { requests } = await load.ask("throughMany", { ...job, seconds });
    const to = performance.now() - begin;
    await stop();
    const [file = ""] = readdirSync(folder).filter((one) => one.endsWith(".cpuprofile"));
    return { profile: JSON.parse(readFileSync(join(folder, file), "utf8")), from, to, requests };
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const packageOf = (url, functionName) => {
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)") return "native code: sockets, parser";
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/g;
  const [inside] = [...url.matchAll(found)].slice(-1);
  if (inside) return inside[1];
  if (url.startsWith("node:")) return `node:${url.slice(5).split("/").at(-1)}`;
  if (/\/(dist|src)\//.test(url)) return `ours: ${url.replace(/.*\/(dist|src)\//, "")}`;
  return functionName.startsWith("(") ? "idle" : "native and compiled queries";
};

const tally = ({ profile, from, to }) => {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const functions = new Map();
  const packages = new Map();
  let clock = 0;
  let busy = 0;
  const add = (map, key, time) => map.set(key, (map.get(key) ?? 0) + time);
  for (const [index, id] of profile.samples.entries()) {
    const time = profile.timeDeltas[index];
    clock += time / 1000;
    const { functionName, url, lineNumber } = nodes.get(id);
    if (clock < from || clock > to || functionName === "(idle)" || functionName === "(root)") continue;
    busy += time;
    const inPackage = packageOf(url, functionName);
    add(packages, inPackage, time);
    add(functions, `${functionName || "(anonymous)"} · ${inPackage}${url ? `:${lineNumber + 1}` : ""}`, time);
  }
  return { busy, functions, packages };
};

const found = await recorded();
const { busy, functions, packages } = tally(found);
const lines = (map, count) =>
  [...map]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(
      ([key, time]) =>
        `${((100 * time) / busy).toFixed(1).padStart(5)} %  ${(time / found.requests).toFixed(1).padStart(7)} µs  ${key}`,
    )
    .join("\n");
const keyWord = values.keys === "1" ? "one key" : `${values.keys} keys`;
const title = `## ${name}, ${keyWord}${values.cache ? ", cache on" : ""}${values.distinct ? ", every document another" : ""}`;
const text = `${title}

${workloads[name].about}; ${found.requests} requests in ${seconds} s, ${(busy / found.requests).toFixed(0)} µs of CPU each (with the profiler on). Self time, for each request.

By package:

\`\`\`
${lines(packages, 25)}
\`\`\`

By function:

\`\`\`
${lines(functions, 45)}
\`\`\`
`;
process.stdout.write(text);
if (values.keep) {
  const path = at("profile.md");
  const parts = readFileSync(path, "utf8").split(/^(?=## )/m);
  const kept = parts.filter((part) => !part.startsWith(`${title}\n`)).map((part) => part.trimEnd());
  writeFileSync(path, `${[...kept, text.trimEnd()].join("\n\n")}\n`);
}
