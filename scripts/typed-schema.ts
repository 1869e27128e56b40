// What codegen reads: the SDL with its enums bound to the words that resolvers see.
import { bareSchema } from "../src/sdl.js";

export const schema = bareSchema();
