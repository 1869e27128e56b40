import type { ServerResponse } from "node:http";
import { Cancellation } from "../affise/request/cancellation.js";

const left = new Error("the client went away");

/** A token that is cancelled when the client goes away before its answer is out. */
export const clientGone = (raw: ServerResponse): Cancellation => {
  const cancellation = new Cancellation();
  const leave = () => {
    if (!raw.writableFinished) cancellation.cancel(left);
  };
  if (raw.destroyed) leave();
  else raw.once("close", leave);
  return cancellation;
};
