import type { OperationInfo } from "../../contract/operation.js";
import { flatten } from "../../contract/schema.js";
import { argumentAt, noteRead } from "../error/caller-words.js";
import { InputError } from "../error/error.js";
import { formatNumber } from "../error/quoted.js";

/** The most bytes that path and query may have: common servers take 8 KB for the whole request line, and answer 431 to more. */
export const mostUrlBytes = 8_000;

/** A list on its way out: its bytes, and how many values they are. */
interface WireList {
  bytes: number;
  count: number;
}

/** How many values of a list fit into a URL, where so many take so many of its bytes. */
const valuesThatFit = (urlBytes: number, { bytes, count }: WireList): number =>
  Math.max(0, Math.floor((mostUrlBytes - (urlBytes - bytes)) / (bytes / count)));

const refusal = (operation: InputError["extensions"]["operation"], name: string, what: string, query: object): InputError => {
  const argument = argumentAt(query, name.replaceAll("]", "").split("[").filter(Boolean), "");
  const error = new InputError("BAD_USER_INPUT", `${argument}: ${what}. Nothing was sent.`, { operation, arguments: [argument] });
  return noteRead(error, query, (asked) => refusal(operation, name, what, asked));
};

/** Throws BAD_USER_INPUT for an address longer than servers take, naming its longest list and the number of its values that fits. */
export const checkUrl = ({ operation, parameters }: OperationInfo, url: string, query: object): void => {
  if (url.length <= mostUrlBytes) return;
  const lists = new Map<string, WireList>();
  for (const part of url.slice(url.indexOf("?") + 1).split("&")) {
    const [encoded = "", value = ""] = part.split("=");
    const name = decodeURIComponent(encoded);
    const list = lists.get(name) ?? { bytes: 0, count: 0 };
    const schema = parameters.find((parameter) => parameter.name === name)?.schema;
    const count = schema && flatten(schema).isComma ? value.split("%2C").length : 1;
    lists.set(name, { bytes: list.bytes + part.length + 1, count: list.count + count });
  }
  const [[name, list] = ["", { bytes: 0, count: 1 }]] = [...lists].sort(([, a], [, b]) => b.bytes - a.bytes);
  const count = formatNumber(list.count);
  const what =
    list.count > 1
      ? `${count} values are too many for one call; at most ${formatNumber(valuesThatFit(url.length, list))} fit`
      : "the value is too long for one call";
  throw refusal(operation, name, what, query);
};
