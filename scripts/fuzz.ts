// The longer run of test/execution/fuzz.test.ts: `npx tsx scripts/fuzz.ts [requests] [seed]`. Prints what it found; exits 1 when anything broke.
import { bareSchema } from "../src/sdl.js";
import { fuzz } from "../test/execution/fuzz-run.js";
import { randomFrom } from "../test/execution/random-document.js";
import { openWorld } from "../test/world/world.js";

const [requests = "50000", seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const uncaught: unknown[] = [];
process.on("unhandledRejection", (error) => uncaught.push(error));

const world = await openWorld({ offers: 100, affiliates: 30, advertisers: 10, conversions: 500 });
process.stdout.write(`${requests} requests, seed ${seed}\n`);
const { masked, broken, ...counts } = await fuzz(world, bareSchema(), randomFrom(Number(seed)), Number(requests));
await world.close();
for (const line of broken.slice(0, 20)) process.stdout.write(`BROKEN ${line}\n`);
for (const { path, query } of masked.slice(0, 20)) process.stdout.write(`MASKED ${path}: ${query}\n`);
process.stdout.write(
  `${JSON.stringify({ ...counts, masked: masked.length, broken: broken.length, uncaught: uncaught.length })}\n`,
);
process.exitCode = broken.length || masked.length || uncaught.length ? 1 : 0;
