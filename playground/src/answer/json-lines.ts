import { jsonText } from "../isolated.js";

/** A line of a value written as a tree. */
export interface JsonLine {
  /** Where it stands, such as `data/offers/nodes/3`. */
  path: string;
  depth: number;
  /** The name or number it stands under. */
  name: string;
  value: unknown;
  /** Whether what is inside is written below; undefined where there is nothing inside. */
  open: boolean | undefined;
}

/** What was opened and folded by hand, by path; `all` is for what was not. */
export interface Folds {
  byHand: ReadonlyMap<string, boolean>;
  all: boolean | undefined;
}

const openLevels = 3;
const openSiblings = 30;

const entriesOf = (value: object): [string, unknown][] => Object.entries(value);

const isFilled = (value: unknown): value is object => typeof value === "object" && value !== null && entriesOf(value).length > 0;

/** The lines of a value that are to be seen. Long lists stand folded at first, item by item. */
export function* linesOf(root: unknown, { byHand, all }: Folds): Generator<undefined, JsonLine[]> {
  const lines: JsonLine[] = [];
  function* write(value: object, path: string, depth: number): Generator<undefined, void> {
    const entries = entriesOf(value);
    for (const [name, inner] of entries) {
      const here = path ? `${path}/${name}` : name;
      const usual = all ?? (depth < openLevels || entries.length <= openSiblings);
      const open = isFilled(inner) ? (byHand.get(here) ?? usual) : undefined;
      lines.push({ path: here, depth, name, value: inner, open });
      if (lines.length % 500 === 0) yield;
      if (open && isFilled(inner)) yield* write(inner, here, depth + 1);
    }
  }
  if (isFilled(root)) yield* write(root, "", 0);
  return lines;
}

const short = (value: unknown): string => {
  if (Array.isArray(value)) return value.length ? `[${value.length}]` : "[]";
  if (typeof value === "object" && value !== null) return entriesOf(value).length ? "{…}" : "{}";
  return jsonText(value);
};

const mostPreview = 110;

/** What is inside a folded value, in a few words. */
export const previewOf = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return short(value);
  const parts: string[] = [];
  let length = 0;
  for (const [name, inner] of entriesOf(value)) {
    const part = Array.isArray(value) ? short(inner) : `${name}: ${short(inner)}`;
    length += part.length;
    if (length > mostPreview || parts.length > 11) {
      parts.push("…");
      break;
    }
    parts.push(part);
  }
  return Array.isArray(value) ? `${value.length} [ ${parts.join(", ")} ]` : `{ ${parts.join(", ")} }`;
};
