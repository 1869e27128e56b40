// For runtimes that have a command line.
import { run } from "./program.js";

console.log(JSON.stringify(await run(process.argv[2])));
