import type { ServerResponse } from "node:http";
import { Patience } from "../affise/patience.js";

const left = new Error("the client went away");

/** Ends when the client goes away before its answer is out. */
export const patienceOf = (raw: ServerResponse): Patience => {
  const patience = new Patience();
  const leave = () => {
    if (!raw.writableFinished) patience.end(left);
  };
  if (raw.destroyed) leave();
  else raw.once("close", leave);
  return patience;
};
