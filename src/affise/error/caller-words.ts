import { AsyncLocalStorage } from "node:async_hooks";

/** A column's name as the schema would write it. */
export const camel = (name: string) => name.replaceAll(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());

/** Stands on a body, and goes along where it is copied: the caller's own path to what each column was made of. */
const spoken = Symbol("spoken");

/**
 * Notes under which paths a caller knows the columns of a body, such as `input.payouts`, so that what is wrong is said in the caller's words. A path
 * that begins with a dot goes on from where the body stands. What came from a thing that the caller named is said after a colon:
 * `input.offerId: its payouts`.
 */
export const withFieldNames = <Body extends object>(body: Body, paths: Record<string, string>): Body =>
  Object.assign(body, { [spoken]: paths });

/** Whether somebody has noted the caller's words for a body or a query. */
export const isSpoken = (body: object | undefined): body is object => body !== undefined && spoken in body;

const notes = (at: unknown): Record<string, string> | undefined =>
  at && typeof at === "object" && spoken in at ? (at[spoken] as Record<string, string>) : undefined;

/** A body with another laid over it; what is wrong with either is said as for it alone. */
export const laidOver = <Below extends object, Above extends object>(below: Below, above: Above): Below & Above => {
  const [under, over] = [notes(below) ?? {}, notes(above) ?? {}];
  const ofAbove = Object.fromEntries(
    Object.entries(over).filter(([column]) => Object.hasOwn(above, column) || !(column in below)),
  );
  return withFieldNames({ ...below, ...above }, { ...under, ...ofAbove });
};

/** The caller's path to what stands at some steps into a body: `input.payouts.0.income` for payments, 0, total. */
export const argumentAt = (body: unknown, steps: readonly string[], start: string): string => {
  let at = body;
  let path = start;
  for (const step of steps) {
    const known = notes(at)?.[step];
    path = known?.startsWith(".") ? path + known : known || (path ? `${path}.${camel(step)}` : camel(step));
    at = (at as Record<string, unknown> | undefined)?.[step];
  }
  return path;
};

/** What a read asked, and the same error for it with its columns under the caller's names. */
interface Asked<Failure> {
  query: object;
  retell(query: object): Failure;
}

const asked = new WeakMap<Error, Asked<Error>>();

/** Notes what a read asked, so that its error can be told again in the caller's words by who knows what the caller gave. */
export const noteRead = <Failure extends Error>(error: Failure, query: object, retell: (query: object) => Failure): Failure => {
  asked.set(error, { query, retell });
  return error;
};

/** What the read asked that an error is about. */
export const readBehind = <Failure extends Error>(error: Failure): Asked<Failure> | undefined =>
  asked.get(error) as Asked<Failure> | undefined;

/** The argument that a path is about: the path itself, or what stands before its colon. */
export const aboutOf = (path: string): string => path.replace(/:.*/, "");

/** What tells whether a path, such as `input.payouts.0.income`, leads to something that the caller can write. */
type IsArgument = (path: string) => boolean;

const speaking = new AsyncLocalStorage<IsArgument>();

/** Runs what a caller asked for; meanwhile Affise's words are turned into such paths only as lead somewhere. */
export const withArguments = <T>(isArgument: IsArgument, run: () => T): T => speaking.run(isArgument, run);

/** Whether a body has what stands at some steps. */
const isSent = (body: unknown, [step, ...others]: readonly string[]): boolean =>
  step === undefined ||
  (typeof body === "object" && body !== null && Object.hasOwn(body, step) && isSent(Object(body)[step], others));

/** The path, or as much of it as leads somewhere; undefined where that is not even a field of the input. */
const leading = (path: string, isArgument: IsArgument): string | undefined => {
  const about = aboutOf(path);
  if (isArgument(about)) return path;
  const shorter = about.slice(0, about.lastIndexOf("."));
  return shorter.includes(".") ? leading(shorter, isArgument) : undefined;
};

/** The caller's path to a column that Affise names; undefined where it cannot be told. */
const pathTo = (body: object, steps: readonly string[], start: string): string | undefined => {
  const [first = "", ...inside] = steps;
  const noted = notes(body)?.[first];
  const sent = Object.hasOwn(body, first);
  if (noted === "" || (!sent && !noted && !/^[a-z]\w*$/.test(first))) return undefined;
  const path = argumentAt(body, steps, start);
  const isArgument = speaking.getStore();
  if (!isArgument) return sent || noted || first.includes("_") ? path : undefined;
  // Of what was sent the caller wrote the most that leads somewhere; what was not sent is named exactly or not at all.
  return sent && (inside.length || isSent(body, steps))
    ? leading(path, isArgument)
    : isArgument(aboutOf(path))
      ? path
      : undefined;
};

/** A column as Affise's sentences name it: `pid`, `caps[0][value]`, `list[1]offer`, `payouts.0.total`, `/caps/0/value`. */
const column = /(?<![\w.\]/])\/?([A-Za-z_]\w*)((?:\[[\w-]*\]|[./]\w[\w-]*)*)(?:(?<=\])(\w+))?/g;

/** A column whose underscores were made spaces: "The supplier id field". */
const spaced = /\b(the )([a-z]\w*(?: \w+){1,4})(?= (?:field|column|parameter)\b)/gi;

/** Whether a plain word is said as a name: a sentence begins with it, it is quoted, or called a field. */
const isNamed = (text: string, place: number, word: string): boolean => {
  const [before, after] = [text.slice(0, place), text.slice(place + word.length)];
  if (/(?:^|[:;.] )$/.test(before) || /^ (?:field|column|parameter|attribute|property)\b/i.test(after)) return true;
  return (
    /\b(?:field|column|parameter|attribute|property):? ["'`]?$/i.test(before) || (/["'`]$/.test(before) && /^["'`]/.test(after))
  );
};

/**
 * What Affise says about a body, with its columns named as the caller knows them, and the arguments that it is about. What cannot be told to be
 * one of the caller's arguments stays as Affise has it.
 */
export const inCallerWords = (text: string, body: object, start: string): { text: string; arguments: string[] } => {
  const named: string[] = [];
  const inWords = (word: string, steps: readonly string[]): string => {
    const path = pathTo(body, steps, start);
    if (path) named.push(aboutOf(path));
    return path ?? word;
  };
  const joined = text.replaceAll(spaced, (word: string, the: string, words: string) => {
    const name = words.toLowerCase().replaceAll(" ", "_");
    return Object.hasOwn(body, name) || notes(body)?.[name] ? the + name : word;
  });
  const said = joined.replaceAll(
    column,
    (word: string, first: string, inside: string, last: string | undefined, place: number) => {
      const steps = [first, ...[...inside.matchAll(/[\w-]+/g)].map(String), ...(last ? [last] : [])];
      const isPlain = steps.length === 1 && /^[A-Za-z][a-z]*$/.test(first);
      return isPlain && !isNamed(joined, place, word) ? word : inWords(word, steps);
    },
  );
  return { text: named.length ? said : text, arguments: [...new Set(named)] };
};
