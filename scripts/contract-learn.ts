// `npm run contract:learn -- report.json [folder]`: a report of `affise-graphql doctor --contract` → invented answers of the same forms, which
// test/contract/learned.test.ts serves, and lines that say what the contract should learn.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Operation, operations } from "../src/contract/operation.js";
import { contract, type Schema } from "../src/contract/schema.js";
import { type Column, type Difference, type OperationReport, type Report, reportSchema } from "../src/doctor/contract/report.js";
import { formsOf } from "../src/doctor/contract/schema.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const stepsOf = (path: string): string[] => path.match(/\[\]|[^.[\]]+/g) ?? [];

/** A place in an answer, with what was seen there and what stands inside. */
interface Place {
  column: Column | undefined;
  words: readonly unknown[];
  inside: Map<string, Place>;
}

const wordsAt = (schema: Schema, steps: readonly string[]): readonly unknown[] => {
  const forms = formsOf(schema);
  const [step, ...rest] = steps;
  if (step === undefined) return forms.flatMap(({ words }) => words ?? []);
  return forms.flatMap(({ items, properties, additional }) => {
    const next = step === "[]" ? items : (properties[step] ?? (typeof additional === "object" ? additional : undefined));
    return next ? wordsAt(next, rest) : [];
  });
};

const placesOf = ({ operation, columns, differences }: OperationReport): Place => {
  const top: Place = { column: undefined, words: [], inside: new Map() };
  const schema = operations.get(operation as Operation)?.answer ?? {};
  for (const [path, column] of Object.entries(columns)) {
    let at = top;
    for (const step of stepsOf(path)) {
      const next: Place = at.inside.get(step) ?? { column: undefined, words: [], inside: new Map() };
      at.inside.set(step, next);
      at = next;
    }
    at.column = column;
    const learned = differences.find((one) => one.kind === "word" && one.path === path)?.words ?? [];
    at.words = [...learned, ...wordsAt(schema, stepsOf(path))];
  }
  return top;
};

const names: Record<string, (row: number) => string> = {
  "{number}": (row) => String(1001 + row),
  "{hex}": (row) => String(row).padStart(24, "5d"),
  "{uuid}": (row) => `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`,
  "{date}": (row) => `2026-01-${String((row % 28) + 1).padStart(2, "0")}`,
  "{code}": (row) => ["en", "de", "fr", "es"][row % 4] ?? "en",
  "{name}": (row) => `name ${row + 1}`,
};

const texts: Record<string, (row: number, length: number) => string> = {
  empty: () => "",
  "zero time": () => "0000-00-00 00:00:00",
  "date-time": (row) => `2026-01-${String((row % 28) + 1).padStart(2, "0")} 10:00:00`,
  date: (row) => `2026-01-${String((row % 28) + 1).padStart(2, "0")}`,
  "day-first date": (row) => `${String((row % 28) + 1).padStart(2, "0")}-01-2026`,
  hex: (row, length) => String(row + 1).padStart(length, "5d"),
  uuid: (row) => `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`,
  number: (row, length) => String(10 ** Math.min(length - 1, 12) + row),
  url: (row) => `https://learned.example/${row}`,
  email: (row) => `person${row}@learned.example`,
  text: (row, length) => `learned ${row} ${"x".repeat(length)}`.slice(0, length),
};

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** How many rows it takes until each type and form of a place and of all inside has stood somewhere. */
const varietyOf = (place: Place): number =>
  Math.max(
    Object.values(place.column?.types ?? {}).reduce((sum, forms) => sum + Math.max(1, Object.keys(forms).length), 0),
    ...[...place.inside].filter(([step]) => step !== "[]").map(([, inside]) => varietyOf(inside)),
    1,
  );

const scalar = (type: string, form: string, length: number, words: readonly unknown[], row: number): unknown => {
  const fitting = words.filter((word) => typeof word === (type === "integer" ? "number" : type));
  if (fitting.length && form !== "empty") return at(fitting, row);
  if (type === "string") return (texts[form] ?? texts.text)?.(row, length);
  if (type === "integer") return length <= 1 ? row % 10 : 10 ** (Math.min(length, 12) - 1) + row;
  if (type === "number") return row + 0.5;
  return type === "boolean" ? row % 2 === 0 : null;
};

const made = (place: Place, row: number): unknown => {
  const kinds = Object.entries(place.column?.types ?? {}).flatMap(([type, forms]) =>
    Object.keys(forms).length
      ? Object.entries(forms).map(([form, [, most]]) => ({ type, form, most }))
      : [{ type, form: "", most: 0 }],
  );
  const { type, form, most } = at(kinds, row) ?? { type: place.inside.size ? "object" : "null", form: "", most: 0 };
  const item = place.inside.get("[]");
  if (type === "array") {
    const count = item && most ? Math.min(8, varietyOf(item)) : 0;
    return Array.from({ length: count }, (_, index) => item && made(item, row + index));
  }
  if (type !== "object") return scalar(type, form, most, place.words, row);
  const rows = [...place.inside].flatMap(([step, inside]): [string, unknown][] => {
    if (step === "[]") return [0, 2, 3].map((key) => [String(key), made(inside, key)]);
    if (inside.column?.sometimes && row % 2 === 1) return [];
    return [[names[step]?.(row) ?? step, made(inside, row)]];
  });
  return Object.fromEntries(rows);
};

/** Answers of the forms that a report tells of, all values invented. */
export const learnedAnswers = ({ operations: all }: Report): Record<string, unknown> =>
  Object.fromEntries(
    all
      .filter(({ columns }) => Object.keys(columns).length)
      .map((one) => [one.operation, made(placesOf(one), 0)] as const)
      .filter(([, answer]) => answer !== null),
  );

/** The component of the contract that a path ends in; undefined where the contract has no such path. */
const componentAt = (schema: Schema, steps: readonly string[], component = ""): string | undefined => {
  if (schema.$ref) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return componentAt(contract.components.schemas[name] ?? {}, steps, name);
  }
  const [step, ...rest] = steps;
  if (step === undefined) return component;
  const { items, additionalProperties: map } = schema;
  const next = step === "[]" ? items : (schema.properties?.[step] ?? (typeof map === "object" ? map : undefined));
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const inside = next && componentAt(next, rest, component);
  return inside ?? parts.map((part) => componentAt(part, steps, component)).find((found) => found !== undefined);
};

const fileOf = (component: string): string => {
  const files = readdirSync(join(root, "contract")).filter((name) => name.endsWith(".yaml"));
  return (
    files.find((name) => new RegExp(`^    ${component}:`, "m").test(readFileSync(join(root, "contract", name), "utf8"))) ?? ""
  );
};

const typeList = (types: readonly string[]) => `{type: [${types.map((type) => (type === "null" ? '"null"' : type)).join(", ")}]}`;

const lineFor = ({ kind, path, expected = [], seen = [], words = [], withheld = 0, rows }: Difference): string => {
  const name = stepsOf(path).at(-1) ?? path;
  const isMissing = kind === "missing" || (kind === "envelope" && seen.includes("nothing"));
  if (kind === "unknown") return `+ ${name}: ${typeList(seen)}`;
  if (isMissing) return `- required: ${name}`;
  if (kind === "type" || kind === "envelope")
    return `- ${name}: ${typeList(expected)}\n+ ${name}: ${typeList([...new Set([...expected, ...seen])])}`;
  if (kind === "word")
    return `+ ${name}: words ${words.join(", ") || "(none told)"}${withheld ? `; ${withheld} more, not told` : ""}`;
  return kind === "page"
    ? `# a page has ${seen.join("")} rows at the most, ${rows} came`
    : `# the network refuses it: ${seen.join("")}`;
};

/** What should change in contract/, a heading for each place and lines like those of a patch. */
export const contractLines = ({ operations: all }: Report): string[] => {
  const places = new Map<string, Set<string>>();
  for (const { operation, differences } of all) {
    const facts = operations.get(operation as Operation);
    for (const difference of differences) {
      const steps = difference.path === "the answer" ? [] : stepsOf(difference.path);
      const component = componentAt(facts?.answer ?? {}, steps.slice(0, -1));
      const place = component ? `contract/${fileOf(component)} ${component}` : `contract/${facts?.tag}.yaml ${operation}, 200`;
      places.set(place, (places.get(place) ?? new Set()).add(`${lineFor(difference)}`));
    }
  }
  return [...places].flatMap(([place, lines]) => [`@@ ${place}`, ...[...lines].flatMap((line) => line.split("\n"))]);
};

const main = (file: string | undefined, folder: string): void => {
  if (!file) throw new Error("Name the report: npm run contract:learn -- report.json");
  const read = reportSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!read.success)
    throw new Error(`${file} is no report of affise-graphql doctor --contract: ${read.error.issues[0]?.message}`);
  const out = join(folder, basename(file));
  mkdirSync(folder, { recursive: true });
  writeFileSync(out, `${JSON.stringify({ key: read.data.key, answers: learnedAnswers(read.data) }, null, 1)}\n`);
  const lines = contractLines(read.data);
  process.stdout.write(lines.length ? `${lines.join("\n")}\n` : "The contract has nothing to learn from it.\n");
  process.stdout.write(
    `\n${out} has answers of these forms; npx vitest run test/contract/learned.test.ts reads them through GraphQL.\n`,
  );
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    main(process.argv[2], process.argv[3] ?? join(root, "test/contract/learned"));
  } catch (error) {
    process.stderr.write(`contract:learn: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
