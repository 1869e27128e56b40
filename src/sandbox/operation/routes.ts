import type { Routes } from "../model/route.js";
import * as nouns from "./noun.js";

/** Every handler of the sandbox by its operation. */
export const routes: Routes = Object.assign({}, ...Object.values(nouns));
