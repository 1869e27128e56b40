import type { OperationInfo } from "../../contract/operation.js";
import { InputError } from "../error/error.js";

/** The most bytes that path and query may have: common servers take 8 KB for the whole request line, and answer 431 to more. */
export const mostUrlBytes = 8_000;

/** `filter.offer` for `filter[offer][]`. */
const pathOf = (name: string) => name.replaceAll("[]", "").replaceAll(/\[(\w+)\]/g, ".$1");

/** How many values of a list fit into a URL, where so many take so many of its bytes. */
const valuesThatFit = (urlBytes: number, listBytes: number, count: number): number =>
  Math.max(0, Math.floor((mostUrlBytes - (urlBytes - listBytes)) / (listBytes / count)));

/** Throws BAD_USER_INPUT for an address longer than servers take, naming its longest list and the number of its values that fits. */
export const checkUrl = ({ operation }: OperationInfo, url: string): void => {
  if (url.length <= mostUrlBytes) return;
  const lists = new Map<string, { bytes: number; count: number }>();
  for (const part of url.slice(url.indexOf("?") + 1).split("&")) {
    const name = decodeURIComponent(part.slice(0, part.indexOf("=")));
    const list = lists.get(name) ?? { bytes: 0, count: 0 };
    lists.set(name, { bytes: list.bytes + part.length + 1, count: list.count + 1 });
  }
  const [[name, { bytes, count }] = ["", { bytes: 0, count: 1 }]] = [...lists].sort(([, a], [, b]) => b.bytes - a.bytes);
  const argument = pathOf(name);
  const most = valuesThatFit(url.length, bytes, count);
  const what =
    count > 1 ? `${count} values are too many for one call; at most ${most} fit` : "the value is too long for one call";
  throw new InputError("BAD_USER_INPUT", `${argument}: ${what}. Nothing was sent.`, { operation, arguments: [argument] });
};
