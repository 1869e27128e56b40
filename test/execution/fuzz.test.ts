import { afterAll, beforeAll, expect, test } from "vitest";
import { bareSchema } from "../../src/sdl.js";
import { openWorld, type World } from "../world/world.js";
import { fuzz } from "./fuzz-run.js";
import { drawn, randomFrom } from "./random-document.js";

let world: World;
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  world = await openWorld({ offers: 30, affiliates: 10, advertisers: 5, conversions: 100 });
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await world.close();
});

const { seed, count } = drawn(20_261_122, 2_500);

test(`random operations, seed ${seed}: no crash, no hang, no bare 500, nothing uncaught`, {
  timeout: 60_000 + count * 60,
}, async () => {
  const { masked, broken, ...counts } = await fuzz(world, bareSchema(), randomFrom(seed), count);
  process.stdout.write(`fuzz: ${JSON.stringify({ seed, ...counts, masked: masked.length })}\n`);
  expect(broken).toEqual([]);
  expect(masked).toEqual([]);
  expect(uncaught).toEqual([]);
  // The server is as well as before, over data that no random mutation has touched.
  world.sandbox.reset();
  expect((await world.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
});
