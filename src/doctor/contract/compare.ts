import type { OperationInfo } from "../../contract/operation.js";
import type { Schema } from "../../contract/schema.js";
import { columnName, enumWord, type Secrets } from "./mask.js";
import type { Column, Difference } from "./report.js";
import { anything, type Form, formsOf } from "./schema.js";
import { keyForm, Seen, textForm, typeOf } from "./seen.js";

/** A step of a path: a name of the contract's, `[]`, a pattern, or a name that nobody knows yet. */
type Step = string | { stranger: string };

const mark = "\u0001";
const keyOf = (path: readonly Step[]): string =>
  path.map((step) => (typeof step === "string" ? step : `${mark}${step.stranger}`)).join("\n");

const accepts = ({ types }: Form, type: string): boolean =>
  !types.length || types.includes(type) || (type === "integer" && types.includes("number"));

type Row = Record<string, unknown>;

const oddities = (form: Form, value: unknown): number => {
  if (typeOf(value) !== "object") return 0;
  const names = Object.keys(value as Row);
  const strange = form.additional || form.isOpen ? 0 : names.filter((name) => !form.properties[name]).length;
  return strange + form.required.filter((name) => !names.includes(name)).length * 2;
};

/** Of all forms that take a value the one that it fits best. */
const bestOf = (forms: readonly Form[], value: unknown): Form | undefined => {
  const fitting = forms.filter((form) => accepts(form, typeOf(value)));
  return fitting.sort((one, other) => oddities(one, value) - oddities(other, value))[0];
};

interface Draft {
  kind: Difference["kind"];
  path: readonly Step[];
  expected?: readonly string[];
  seen: Set<string>;
  words: Set<unknown>;
  rows: number;
}

const typesOf = (forms: readonly Form[]): string[] => [...new Set(forms.flatMap(({ types }) => types))];

/** Holds the answers of one operation against the contract, and remembers of them what says nothing of their values. */
export class Comparison {
  private readonly columns = new Map<string, { path: readonly Step[]; seen: Seen; isDeclared: boolean }>();
  private readonly drafts = new Map<string, Draft>();
  private readonly knownWords = new Set<string>();
  private readonly declared = new Map<string, { path: readonly Step[]; names: Set<string> }>();

  constructor(
    readonly facts: OperationInfo,
    private readonly secrets: Secrets,
  ) {}

  /** Looks at one good answer. */
  look(answer: unknown): void {
    this.walk(this.facts.answer ?? {}, answer, [], true);
  }

  private walk(schema: Schema, value: unknown, path: readonly Step[], isDeclared: boolean): void {
    this.remember(value, path, isDeclared);
    const forms = formsOf(schema);
    const form = bestOf(forms, value);
    if (!form) this.draft("type", path, { expected: typesOf(forms), seen: typeOf(value) });
    else this.lookAtWord(form, forms, value, path);
    // What is of another type may still have the rows of the type it should have: a map of them in place of a list.
    const closest = form ?? forms.find(({ items, properties }) => items ?? Object.keys(properties).length) ?? anything;
    if (Array.isArray(value)) {
      const inside = closest.items ?? (form ? undefined : schema);
      for (const item of value) this.below(inside, item, [...path, "[]"], isDeclared);
    } else if (typeOf(value) === "object") this.walkObject(form, closest, value as Row, path, isDeclared);
  }

  /** What has no schema is anything's: its columns are remembered and nothing is wrong with them. */
  private below(schema: Schema | undefined, value: unknown, path: readonly Step[], isDeclared: boolean): void {
    if (schema && !(Array.isArray(value) && path.length > 20)) this.walk(schema, value, path, isDeclared);
    else this.walk({}, value, path, false);
  }

  private walkObject(form: Form | undefined, closest: Form, value: Row, path: readonly Step[], isDeclared: boolean): void {
    const inList = !form && closest.items;
    if (inList) {
      for (const item of Object.values(value)) this.walk(inList, item, [...path, "[]"], isDeclared);
      return;
    }
    const { properties, required, additional, isOpen } = closest;
    const isFree = isOpen || (!additional && Object.keys(properties).length === 0);
    for (const [name, item] of Object.entries(value)) {
      const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (declared) this.walk(declared, item, [...path, name], isDeclared);
      else if (additional) {
        this.secrets.add(name);
        this.walk(additional, item, [...path, keyForm(name)], isDeclared);
      } else {
        const inside = [...path, { stranger: name }];
        if (!isFree && form) this.draft("unknown", inside, { seen: typeOf(item) });
        this.walk({}, item, inside, false);
      }
    }
    if (!form) return;
    const offered = this.declared.get(keyOf(path)) ?? { path, names: new Set<string>() };
    for (const name of Object.keys(properties)) offered.names.add(name);
    this.declared.set(keyOf(path), offered);
    for (const name of required) if (!Object.hasOwn(value, name)) this.draft("missing", [...path, name], {});
  }

  private lookAtWord(form: Form, forms: readonly Form[], value: unknown, path: readonly Step[]): void {
    const isText = typeof value === "string";
    if (!isText && typeof value !== "number") return;
    const lists = forms.filter((one) => one.words && accepts(one, typeOf(value)));
    if (!lists.length || (!form.words && lists.length < forms.length)) {
      if (isText && textForm(value) === "text") this.secrets.add(value);
      return;
    }
    if (value === "" || lists.some(({ words }) => words?.some((word) => String(word) === String(value)))) {
      if (value !== "") this.knownWords.add(keyOf(path));
      return;
    }
    this.draft("word", path, { word: value });
  }

  private remember(value: unknown, path: readonly Step[], isDeclared: boolean): void {
    const key = keyOf(path);
    const column = this.columns.get(key) ?? { path, seen: new Seen(), isDeclared };
    column.seen.add(value);
    if (typeOf(value) === "object") column.seen.objects += 1;
    this.columns.set(key, column);
  }

  private draft(
    kind: Draft["kind"],
    path: readonly Step[],
    { expected, seen, word }: { expected?: string[]; seen?: string; word?: unknown },
  ): void {
    const isEnvelope = kind !== "word" && !path.includes("[]") && (path.length <= 1 || path[0] === "pagination");
    const said = isEnvelope && kind !== "unknown" ? "envelope" : kind;
    const key = `${said}\n${keyOf(path)}`;
    const draft: Draft = this.drafts.get(key) ?? { kind: said, path, expected, seen: new Set(), words: new Set(), rows: 0 };
    draft.rows += 1;
    draft.seen.add(seen ?? "nothing");
    if (word !== undefined) draft.words.add(word);
    this.drafts.set(key, draft);
  }

  /** How often a path was seen to be an object, or at all. */
  private seenAt(path: readonly Step[]): Seen | undefined {
    return this.columns.get(keyOf(path))?.seen;
  }

  private told(path: readonly Step[]): string {
    return path
      .map((step, index) => {
        const parent = path.slice(0, index);
        return typeof step === "string" ? step : this.toldName(step.stranger, parent);
      })
      .join(".")
      .replaceAll(".[]", "[]");
  }

  private toldName(name: string, parent: readonly Step[]): string {
    const inside = [...this.columns.values()].filter(
      ({ path }) => path.length === parent.length + 1 && keyOf(path.slice(0, -1)) === keyOf(parent),
    );
    const strangers = inside.filter(({ path }) => typeof path.at(-1) !== "string");
    const of = this.seenAt(parent)?.objects ?? 0;
    const rows = this.seenAt([...parent, { stranger: name }])?.count ?? 0;
    const isAmongKnown = inside.length > strangers.length;
    return columnName(name, { rows, of, others: strangers.length - 1, isAmongKnown }, this.secrets);
  }

  /** What was seen, column by column, once all answers of all operations were looked at: what is told depends on all values. */
  columnsTold(): Record<string, Column> {
    const told: Record<string, Column> = {};
    for (const { path, seen, isDeclared } of this.columns.values()) {
      const name = this.told(path);
      const of = this.seenAt(path.slice(0, -1))?.objects ?? 0;
      const isListed = path.at(-1) === "[]";
      const { types = {} } = told[name] ?? {};
      for (const [type, forms] of Object.entries(seen.types)) {
        const merged = { ...types[type] };
        for (const [form, [least, most]] of Object.entries(forms)) {
          const [before, after] = merged[form] ?? [least, most];
          merged[form] = [Math.min(before, least), Math.max(after, most)];
        }
        types[type] = merged;
      }
      told[name] = {
        types,
        ...(isDeclared ? {} : { undeclared: true }),
        ...(isListed || seen.count >= of ? {} : { sometimes: true }),
      };
    }
    return told;
  }

  /** Columns of the contract that nothing had, and that it does not promise. */
  unseenTold(): string[] {
    const missing = new Set([...this.drafts.values()].map(({ path }) => keyOf(path)));
    return [...this.declared.values()].flatMap(({ path, names }) =>
      [...names]
        .map((name) => [...path, name])
        .filter((one) => !this.columns.has(keyOf(one)) && !missing.has(keyOf(one)))
        .map((one) => this.told(one)),
    );
  }

  /** What differs, in words that give no value away. */
  differencesTold(): Difference[] {
    const told = new Map<string, Difference>();
    for (const { kind, path, expected, seen, words, rows } of this.drafts.values()) {
      const where = this.told(path) || "the answer";
      const before = told.get(`${kind} ${where}`);
      const isAmongKnown = this.knownWords.has(keyOf(path));
      const stranger = { rows, of: this.seenAt(path)?.count ?? rows, others: words.size - 1, isAmongKnown };
      const said = [...words].map((word) => enumWord(word, stranger, this.secrets));
      const withheld = said.filter((word) => word === undefined).length;
      const listed = said.filter((word) => word !== undefined);
      told.set(`${kind} ${where}`, {
        kind,
        path: where,
        rows: rows + (before?.rows ?? 0),
        ...(expected?.length ? { expected: [...expected] } : {}),
        seen: [...new Set([...(before?.seen ?? []), ...seen])],
        ...(words.size ? { words: listed, withheld } : {}),
      });
    }
    return [...told.values()];
  }
}
