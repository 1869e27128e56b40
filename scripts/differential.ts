import { compare } from "../test/execution/differential.js";

/** `npm run differential -- SEED COUNT`: so many random valid queries, answered by our executor and by graphql-js. */
const [seed = Date.now() % 1_000_000, count = 20_000] = process.argv.slice(2).map(Number);
const { different, ...counts } = await compare(seed, count);
console.log(JSON.stringify({ seed, ...counts, different: different.length }));
for (const one of different.slice(0, 3)) console.log(one);
process.exitCode = different.length ? 1 : 0;
