import { styleText } from "node:util";
import type { Difference, OperationReport, Report } from "./report.js";

const times = (rows: number) => (rows === 1 ? "once" : `${rows} times`);

/** A difference in words. */
const differenceInWords = ({ kind, rows, expected = [], seen = [], words = [], withheld = 0 }: Difference): string => {
  const met = seen.join(" or ");
  switch (kind) {
    case "unknown":
      return `unknown to the contract; ${met}, ${times(rows)}`;
    case "missing":
      return `missing ${times(rows)}; the contract promises it`;
    case "type":
      return `is ${met}, ${times(rows)}; the contract says ${expected.join(" or ")}`;
    case "envelope":
      return met === "nothing" ? "missing; the contract promises it" : `is ${met}; the contract says ${expected.join(" or ")}`;
    case "word": {
      const told = words.length ? `: ${words.join(", ")}` : "";
      return `${words.length + withheld} not in the contract's list${told}${withheld ? ` (${withheld} not told, perhaps a text)` : ""}`;
    }
    case "page":
      return `${rows} rows came of ${expected.join("")} asked for, and the list goes on`;
    case "refused":
      return `refused: ${met}`;
  }
};

const heading = ({ operation, rows }: OperationReport) => `${operation}${rows === undefined ? "" : `  ${rows} rows`}`;

/** The report as a table for people. */
export const reportInWords = ({ operations, notSeen }: Report): string => {
  const odd = operations.filter(({ differences }) => differences.length);
  const width = Math.min(48, Math.max(0, ...odd.flatMap(({ differences }) => differences.map(({ path }) => path.length))));
  const lines = odd.flatMap((one) => [
    styleText("bold", heading(one)),
    ...one.differences.map((difference) => {
      const { kind, path } = difference;
      return `  ${styleText("yellow", kind.padEnd(8))}  ${path.padEnd(width)}  ${differenceInWords(difference)}`;
    }),
    "",
  ]);
  const passed = notSeen.map(({ operation, why }) => `  ${operation}: ${why}`);
  const rest = passed.length ? [`Not looked at, ${passed.length}:`, ...passed, ""] : [];
  return [...lines, ...rest].map((line) => `${line}\n`).join("");
};

/** How many differences there are. */
export const countOf = ({ operations }: Report): number =>
  operations.reduce((sum, { differences }) => sum + differences.length, 0);

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** The last line. */
export const summaryOf = (report: Report, calls: number): string => {
  const count = countOf(report);
  const looked = `${plural(report.operations.length, "operation")} looked at in ${plural(calls, "read-only call")}`;
  return `${looked}: ${count ? `${plural(count, "difference")} from the contract` : "all as the contract says"}.`;
};
