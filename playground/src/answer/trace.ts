import type { Answer, Cost, Planned, RestCall } from "../ask.js";
import { isText, isTextByName, tabNotes } from "../browser-storage.js";
import { type Network, networkInWords } from "../house.js";
import { isJsonObject } from "../json-object.js";
import { roleInWords } from "../key/permission.js";
import { standing } from "../key/viewer.js";

/** What is told of an answer beside its text: the REST calls behind it, and whose answer to whom it is. */
export interface Trace {
  calls: RestCall[];
  ms: number;
  /** What a dry run would have done. */
  planned?: Planned;
  cost?: Cost;
  network: Network | undefined;
  /** The network in words, and the role of the key, as they were when it was asked. */
  asked: { network: string; role: string };
}

const name = "affise-graphql:traces";

interface Kept {
  tab: string;
  text: string;
  trace: Trace;
}

// A hash is enough to see whether a text is the one that an answer had.
const hashOf = (text: string): string => {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}:${hash}`;
};

const isKept = (value: unknown): value is Kept =>
  isJsonObject(value) &&
  isText(value.tab) &&
  isText(value.text) &&
  isJsonObject(value.trace) &&
  Array.isArray(value.trace.calls) &&
  isTextByName(value.trace.asked);

let kept: Kept[] = (tabNotes.read(name, Array.isArray) ?? []).filter(isKept);

const roleNow = (hasKey: boolean): string => {
  if (!hasKey) return "without a key";
  const { now } = standing.get();
  return now.state === "known" ? `as ${roleInWords(now.viewer.role ?? now.viewer.kind)}` : "with a key of unknown owner";
};

// GraphiQL hands the text of an answer around, tab by tab, and nothing else: these two are what its trace can be found by.
export const keepTrace = (tab: string, { asked, calls, cost, ms, planned, result }: Answer): void => {
  const text = hashOf(JSON.stringify(result, null, 2));
  const network = asked.network ? networkInWords(asked.network) : "this server";
  const role = roleNow(asked.key !== undefined);
  const trace: Trace = { calls, cost, ms, planned, network: asked.network, asked: { network, role } };
  kept = [{ tab, text, trace }, ...kept.filter((one) => one.tab !== tab || one.text !== text)].slice(0, 20);
  tabNotes.write(name, kept);
};

/** What is told of the answer that a tab shows, by its text. */
export const traceOf = (tab: string, text: string): Trace | undefined => {
  if (!text) return undefined;
  const hash = hashOf(text);
  return kept.find((one) => one.tab === tab && one.text === hash)?.trace;
};
