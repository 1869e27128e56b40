import { judge } from "../../affise/answer/envelope.js";
import { check } from "../../affise/encoding/check.js";
import { InputError } from "../../affise/error/error.js";
import type { Tenant } from "../../affise/transport/tenant.js";
import { type OperationInfo, operationInfo } from "../../contract/operation.js";
import { Reader, type Reply } from "./ask.js";
import { Comparison } from "./compare.js";
import { Secrets } from "./mask.js";
import { type Asked, askedOf, type Ids, type KeyKind, keepId, stepsFor } from "./plan.js";
import type { Difference, OperationReport, Report } from "./report.js";
import { formsOf } from "./schema.js";

export interface ContractOptions {
  tenant: Tenant;
  key: string;
  /** The most rows of a page that are asked for. */
  rows: number;
  /** The longest that one call may take, in milliseconds. */
  waitMs: number;
  /** Told before each call: how many are done, and of how many. */
  progress(done: number, all: number): void;
}

interface Answered {
  facts: OperationInfo;
  asked: Asked;
  reply: Reply;
  comparison: Comparison | undefined;
}

const nothing: Asked = { path: {}, query: {} };

/** An id of a form that the contract does not let through is no reason to stop. */
const unsendable = (facts: OperationInfo, asked: Asked): string | undefined => {
  try {
    check(facts, asked);
    return undefined;
  } catch (error) {
    if (error instanceof InputError)
      return "the id that a list gave is of another form than this operation takes by the contract";
    throw error;
  }
};

/** Whose key it is: each kind has a reading operation that only it may call. */
const kindOf = async (reader: Reader): Promise<KeyKind | undefined> => {
  for (const [kind, operation] of [
    ["admin", "GET /3.1/user/me"],
    ["affiliate", "GET /3.1/partner/me"],
    ["advertiser", "GET /3.1/advertiser/offers"],
  ] as const)
    if ((await reader.ask(operationInfo(operation), nothing)).status === 200) return kind;
  return undefined;
};

const isGood = ({ status, answer }: Reply, facts: OperationInfo): boolean =>
  status === 200 && answer !== undefined && judge(facts, answer) !== "failure";

const rowsIn = (facts: OperationInfo, answer: unknown): number | undefined => {
  const [form] = formsOf(facts.answer ?? {});
  const [name = ""] = Object.entries(form?.properties ?? {}).find(([, one]) => formsOf(one).some(({ items }) => items)) ?? [];
  const list = (answer as Record<string, unknown> | null)?.[name];
  return list && typeof list === "object" ? Object.keys(list).length : undefined;
};

/** A page that is shorter than asked for although the list goes on. */
const pageDifference = ({ facts, asked, reply }: Answered): Difference[] => {
  const { limit } = asked.query;
  const rows = rowsIn(facts, reply.answer);
  const { pagination } = (reply.answer ?? {}) as { pagination?: { per_page?: unknown; total_count?: unknown } | null };
  if (typeof limit !== "number" || rows === undefined) return [];
  const perPage = Number(pagination?.per_page ?? limit);
  const goesOn = Number(pagination?.total_count ?? 0) > rows && rows < limit;
  if (perPage >= limit && !goesOn) return [];
  return [
    { kind: "page", path: "pagination.per_page", rows, expected: [String(limit)], seen: [String(Math.min(perPage, limit))] },
  ];
};

const refusal = ({ status, answer }: Reply): Difference => ({
  kind: "refused",
  path: "the answer",
  rows: 1,
  seen: [
    status === 200
      ? answer === undefined
        ? "HTTP 200, no JSON"
        : "a failure inside HTTP 200"
      : status
        ? `HTTP ${status}`
        : "no answer",
  ],
});

const reportOf = (answered: Answered): OperationReport => {
  const { facts, asked, reply, comparison } = answered;
  const { limit } = asked.query;
  const rows = comparison && rowsIn(facts, reply.answer);
  return {
    operation: facts.operation,
    status: reply.status,
    ...(typeof limit === "number" ? { asked: limit } : {}),
    ...(rows === undefined ? {} : { rows }),
    columns: comparison?.columnsTold() ?? {},
    differences: comparison ? [...comparison.differencesTold(), ...pageDifference(answered)] : [refusal(reply)],
    unseen: comparison?.unseenTold() ?? [],
  };
};

/** A network user's permissions are the network's own affair; the other kinds of key have none. */
const isPermission = ({ reply }: Answered, kind: KeyKind): boolean => reply.status === 403 && kind === "admin";

/** Reads a page of all lists that a key may see, and one row of what has a detail, and holds them against the contract. Undefined: nobody's key. */
export const compareNetwork = async (options: ContractOptions): Promise<{ report: Report; calls: number } | undefined> => {
  const reader = new Reader(options.tenant, options.key, options.waitMs);
  const [ids, secrets]: [Ids, Secrets] = [new Map(), new Secrets()];
  const notSeen: Report["notSeen"] = [];
  secrets.add(options.key);
  secrets.add(new URL(options.tenant.url).hostname);
  try {
    const kind = await kindOf(reader);
    if (!kind) return undefined;
    const { lists, single } = stepsFor(kind);
    let done = 0;
    const read = async (facts: OperationInfo): Promise<Answered[]> => {
      const asked = askedOf(facts, options.rows, ids);
      const why = "missing" in asked ? asked.missing : unsendable(facts, asked);
      if ("missing" in asked || why) {
        notSeen.push({ operation: facts.operation, why: why ?? "" });
        return [];
      }
      const reply = await reader.ask(facts, asked);
      options.progress(++done, lists.length + single.length);
      const comparison = isGood(reply, facts) ? new Comparison(facts, secrets) : undefined;
      comparison?.look(reply.answer);
      if (comparison) keepId(facts.operation, reply.answer, ids);
      return [{ facts, asked, reply, comparison }];
    };
    const answered = (await Promise.all(lists.map(read))).flat();
    answered.push(...(await Promise.all(single.map(read))).flat());
    const forbidden = answered.filter((one) => isPermission(one, kind));
    notSeen.push(
      ...forbidden.map(({ facts: { operation } }) => ({ operation, why: "this user has no permission for it (HTTP 403)" })),
    );
    const operations = answered.filter((one) => !forbidden.includes(one)).map(reportOf);
    return { report: { report: "affise-graphql contract", version: 1, key: kind, operations, notSeen }, calls: reader.calls };
  } finally {
    await reader.close();
  }
};
