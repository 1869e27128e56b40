import { useNetwork } from "../key/session.js";
import type { Trace } from "./trace.js";

/** Whose data an answer holds, and with what key it was asked: both may have been changed since. */
export const AnswerLabel = ({ trace: { asked, network } }: { trace: Trace }) => {
  const now = useNetwork();
  const elsewhere = network?.name !== now?.name || network?.api !== now?.api;
  return (
    <p className={elsewhere ? "answer-label elsewhere" : "answer-label"}>
      <strong>{asked.network}</strong> <span>{asked.role}</span>
      {elsewhere && <span className="answer-elsewhere">Not the network that is chosen now</span>}
    </p>
  );
};
