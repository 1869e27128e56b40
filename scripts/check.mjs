// `npm run check`: every check in turn, each with its name and its time. All that are independent run even when one has failed, so that one
// run names everything; the exit code is 1 when any failed. `--quick` leaves out the tests.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const quick = process.argv.includes("--quick");

const npx = (name, path, ...args) => [
  name,
  process.execPath,
  fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url)),
  ...args,
];
const npm = (name, script, ...args) => [name, "npm", "run", "--silent", script, ...(args.length ? ["--", ...args] : [])];

/** Without generated types nothing else says anything. */
const first = npm("generated types", "codegen");
const steps = [
  npm("types", "types"),
  npx("lint and format", "@biomejs/biome/bin/biome", "check", "."),
  npx("unused files, exports and packages", "knip/bin/knip.js", "--no-config-hints"),
  npx("spelling", "cspell/bin.mjs", "--no-progress", "--no-summary"),
  npm("coverage list", "coverage", "--check"),
  ...(quick
    ? [npx("house rules and schema", "vitest/vitest.mjs", "run", "test/house", "test/schema")]
    : [npx("tests", "vitest/vitest.mjs", "run")]),
];

const run = ([name, command, ...args]) => {
  process.stdout.write(`\n— ${name}\n`);
  const start = performance.now();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: command === "npm" && process.platform === "win32",
  });
  if (error) process.stderr.write(`${error.message}\n`);
  return { name, good: status === 0, seconds: (performance.now() - start) / 1000 };
};

const done = [run(first)];
if (done[0].good) for (const step of steps) done.push(run(step));
process.stdout.write("\n");
for (const { name, good, seconds } of done)
  process.stdout.write(`${good ? "ok    " : "FAILED"} ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
if (!done[0].good) process.stdout.write("The rest was not run: it needs the generated types.\n");
process.exitCode = done.every(({ good }) => good) ? 0 : 1;
