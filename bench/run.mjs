// npm run bench [-- --quick] [--only W1,W4,latency] [--seconds 5] [--rounds 3] [--peers]: measures the built server against the textbook and
// prints tables; with --peers against Mercurius too, which is then downloaded into a temporary folder. A whole run, neither quick nor partial, replaces the figures in results.md; what stands there below the mark stays.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { at, startLoad, startUpstream, stop } from "./process.mjs";
import { sections } from "./section.mjs";
import { workloads } from "./workload.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    seconds: { type: "string" },
    rounds: { type: "string" },
    peers: { type: "boolean", default: false },
  },
});
const picked = values.only?.split(",");
const unknown = picked?.find((name) => !(name in workloads) && !(name in sections));
if (unknown) {
  process.stderr.write(`--only knows ${[...Object.keys(workloads), ...Object.keys(sections)].join(", ")}, not ${unknown}.\n`);
  process.exit(2);
}
const named = Object.keys(workloads).filter((name) => picked?.includes(name));
const parts = Object.keys(sections).filter(
  (name) =>
    (name === "peers" && values.peers) ||
    (name !== "peers" && !picked) ||
    picked?.includes(name) ||
    (name === "workloads" && named.length > 0 && !values.peers),
);

const mark = "<!-- Below this line nothing is written by the bench. -->";
const keep = (text) => {
  const path = at("results.md");
  const below = readFileSync(path, "utf8").split(mark)[1] ?? "\n";
  writeFileSync(path, `${text}\n${mark}${below}`);
};

const upstream = await startUpstream();
const load = startLoad();
const bench = {
  upstream,
  load,
  seconds: Number(values.seconds ?? (values.quick ? 1 : 5)),
  rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
  names: named.length ? named : Object.keys(workloads),
};
const day = new Date().toISOString().slice(0, 10);
const lines = [
  "# Results of the bench",
  `${day}, Node ${process.versions.node}, ${cpus().length} cores shared by load, upstream and server; ${bench.seconds} s a load, medians of ${bench.rounds} rounds. ` +
    "CPU is the server's own, for each request; REST calls are for each request. Ratios within a table are worth more than figures.",
];
process.stdout.write(`${lines.join("\n\n")}\n\n`);
try {
  for (const name of parts) {
    const [title, ...text] = await sections[name](bench);
    const part = [`## ${title}`, ...text];
    process.stdout.write(`${part.join("\n\n")}\n\n`);
    lines.push(...part);
  }
  if (!values.quick && !picked) keep(`${lines.join("\n\n")}\n`);
} finally {
  await stop();
}
