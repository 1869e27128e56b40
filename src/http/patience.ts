import type { ServerResponse } from "node:http";
import { endPatience, openPatience, type Patience } from "../affise/patience.js";

const left = new Error("the client went away");

/** Ends when the client goes away before its answer is out. */
export const patienceOfClient = (raw: ServerResponse): Patience => {
  const patience = openPatience();
  const leave = () => {
    if (!raw.writableFinished) endPatience(patience, left);
  };
  if (raw.destroyed) leave();
  else raw.once("close", leave);
  return patience;
};
