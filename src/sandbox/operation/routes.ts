import type { Routes } from "../model/route.js";
import * as nouns from "./noun.js";

/** Every handler of the sandbox by its operation. */
export const routes: Routes = {};
for (const noun of Object.values(nouns)) Object.assign<Routes, Routes>(routes, noun);
