// `npm run schema:store`: writes schema.graphql, the whole SDL as clients see it, so that a diff shows what a change does to them.
import { writeFileSync } from "node:fs";
import { printedSchema } from "../src/sdl.js";

writeFileSync(new URL("../schema.graphql", import.meta.url), `${printedSchema()}\n`);
