import { formatNumber } from "../affise/error/quoted.js";
import { costReader } from "../execution/cost.js";
import type { Limits } from "../execution/limit.js";
import { buildSchema } from "../graph/index.js";
import { type AnswerTable, alignedText } from "../query/answer-table.js";
import { type AssessedDocument, type Assessment, Assessor, titleOf } from "./assess.js";
import { ManifestError, readManifests } from "./manifest.js";

/** Beyond the limits by its defaults, or whatever number its variables are given. */
const isOver = ({ over, sizes }: Assessment) => over !== undefined || (sizes.names.length > 0 && sizes.fits === 0);

const fitOf = ({ sizes: { names, fits } }: Assessment): string => {
  const variables = names.map((name) => `$${name}`).join(", ");
  if (!names.length) return "";
  return `${variables} ≤ ${formatNumber(fits)}`;
};

const columns = ["operation", "kind", "cost", "calls", "values", "variables", "verdict"];

const rowsOf = (one: AssessedDocument): AnswerTable["rows"] =>
  one.faults.length
    ? [{ operation: titleOf(one), verdict: "NOT VALID" }]
    : one.operations.map((each) => ({
        operation: each.operation,
        kind: each.kind,
        cost: each.cost.total,
        calls: each.cost.calls,
        values: each.cost.values,
        variables: fitOf(each),
        verdict: isOver(each) ? "OVER" : "ok",
      }));

/** What is to be said of the documents beside the table, a sentence a line. */
const remarks = (documents: readonly AssessedDocument[]): string[] =>
  documents.flatMap((one) => [
    ...one.faults.map((fault) => `${one.entry.file}: ${titleOf(one)}: ${fault}`),
    ...one.operations.flatMap(({ operation, over }) => (over ? [`${one.entry.file}: ${titleOf(one, operation)}: ${over}`] : [])),
    ...one.deprecated.map((what) => `${one.entry.file}: ${titleOf(one)}: deprecated: ${what}`),
  ]);

const asTable = (documents: readonly AssessedDocument[]): string => {
  const table = alignedText({ path: "", columns, rows: documents.flatMap(rowsOf) });
  const told = remarks(documents);
  return told.length ? `${table}\n\n${told.join("\n")}` : table;
};

const asJson = (isGood: boolean, limits: Limits, documents: readonly AssessedDocument[], faults: readonly string[]) =>
  JSON.stringify(
    {
      ok: isGood,
      limits: { cost: limits.cost, values: limits.values, calls: limits.calls },
      faults,
      documents: documents.map(({ entry: { file, id, name, client }, faults: own, deprecated, operations }) => ({
        file,
        id,
        name,
        client,
        faults: own,
        deprecated,
        operations: operations.map((one) => ({
          operation: one.operation,
          kind: one.kind,
          cost: one.cost.total,
          rows: one.cost.rows,
          calls: one.cost.calls,
          values: one.cost.values,
          isOver: isOver(one),
          reason: one.over,
          variables: one.sizes.names.length ? one.sizes : undefined,
        })),
      })),
    },
    null,
    2,
  );

export interface CheckOptions {
  /** Files and folders of manifests. */
  paths: readonly string[];
  limits: Limits;
  json: boolean;
}

/** Looks at every operation of manifests as a server of these limits would. Prints a table or JSON; gives the exit code. */
export const checkDocuments = ({ paths, limits, json }: CheckOptions): number => {
  const schema = buildSchema();
  const assessor = new Assessor(schema, limits, costReader(schema));
  const faults: string[] = [];
  let documents: AssessedDocument[] = [];
  try {
    documents = readManifests(paths).map((entry) => assessor.assess(entry));
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    faults.push(...error.faults);
  }
  const isGood = !faults.length && documents.every((one) => !one.faults.length && !one.operations.some(isOver));
  if (json) process.stdout.write(`${asJson(isGood, limits, documents, faults)}\n`);
  else {
    if (documents.length) process.stdout.write(`${asTable(documents)}\n`);
    process.stderr.write(faults.map((fault) => `affise-graphql: ${fault}\n`).join(""));
  }
  return isGood ? 0 : 1;
};
