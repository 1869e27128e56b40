// `npm run check`: every check, each with its name and its time. All that are independent run even when one has failed, so that one
// run names everything; the exit code is 1 when any failed. It leaves out the slow tests (vitest.config.ts names them), which `--all` runs
// too, and `--quick` nearly all. Tests wait for their children half of the time: the short checks, in turn, run meanwhile and say what they
// find first.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const quick = process.argv.includes("--quick");
const all = process.argv.includes("--all");

const npx = (name, path, ...args) => [
  name,
  process.execPath,
  fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url)),
  ...args,
];
const npm = (name, script, ...args) => [name, "npm", "run", "--silent", script, ...(args.length ? ["--", ...args] : [])];

/** Without generated types nothing else says anything. */
const first = npm("generated types", "codegen");
const short = [
  npm("types", "types"),
  npx("lint and format", "@biomejs/biome/bin/biome", "check", "."),
  npx("unused files, exports and packages", "knip/bin/knip.js", "--no-config-hints"),
  npx("spelling", "cspell/bin.mjs", "--no-progress", "--no-summary"),
  npm("coverage list", "coverage", "--check"),
];
const tests = quick
  ? npx("house rules and schema", "vitest/vitest.mjs", "run", "test/house", "test/schema")
  : npx(all ? "all tests" : "tests but the slow ones", "vitest/vitest.mjs", "run");
const leftOut = quick
  ? "Left out: the tests, but for the house's rules and the schema's. `npm run check` runs most, `npm run check -- --all` all.\n"
  : "Left out: the slow tests (browsers, other processes, every column of every mutation). `npm run check -- --all` runs them, as CI does.\n";

/** Starts a check. What it prints goes out by itself, or through `output`, which gives it a place among others'. */
const run = async ([name, command, ...args], output) => {
  if (!output) process.stdout.write(`\n— ${name}\n`);
  const start = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    stdio: output ? ["inherit", "pipe", "pipe"] : "inherit",
    env: {
      ...process.env,
      ...(output && process.stdout.isTTY && { FORCE_COLOR: process.env.FORCE_COLOR ?? "1" }),
      ...(!all && { SLOW_TESTS: "0" }),
    },
    shell: command === "npm" && process.platform === "win32",
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", output);
  const code = await once(child, "close").then(
    ([found]) => found,
    (error) => process.stderr.write(`${error.message}\n`) && 1,
  );
  return { name, good: code === 0, seconds: (performance.now() - start) / 1000 };
};

/** Runs a check beside others: it is heard once they are done, and from then on as it speaks. */
const behind = async (step, others) => {
  let waiting = [`\n— ${step[0]}\n`];
  const done = run(step, (chunk) => (waiting ? waiting.push(chunk) : process.stdout.write(chunk)));
  const before = await others();
  for (const chunk of waiting) process.stdout.write(chunk);
  waiting = undefined;
  return [...before, await done];
};

const inTurn = async () => {
  const done = [];
  for (const step of short) done.push(await run(step));
  return done;
};

const generated = await run(first);
const done = [generated, ...(generated.good ? await behind(tests, inTurn) : [])];
process.stdout.write("\n");
for (const { name, good, seconds } of done)
  process.stdout.write(`${good ? "ok    " : "FAILED"} ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
if (!generated.good) process.stdout.write("The rest was not run: it needs the generated types.\n");
else if (!all) process.stdout.write(leftOut);
process.exitCode = done.every(({ good }) => good) ? 0 : 1;
