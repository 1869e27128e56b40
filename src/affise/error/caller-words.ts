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

/** A body with another laid over it; what is wrong with either is said as for it alone. */
export const laidOver = <Below extends object, Above extends object>(below: Below, above: Above): Below & Above => {
  const paths = [below, above].map((body) => (spoken in body ? (body[spoken] as Record<string, string>) : {}));
  return withFieldNames({ ...below, ...above }, Object.assign({}, ...paths) as Record<string, string>);
};

/** The caller's path to what stands at some steps into a body: `input.payouts.0.income` for payments, 0, total. */
export const argumentAt = (body: unknown, steps: readonly string[], start: string): string => {
  let at = body;
  let path = start;
  for (const step of steps) {
    const known = at && typeof at === "object" && spoken in at ? (at[spoken] as Record<string, string>)[step] : undefined;
    path = known?.startsWith(".") ? path + known : (known ?? (path ? `${path}.${camel(step)}` : camel(step)));
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

/** A column as Affise's sentences name it: `pid`, `caps[0][value]`, `list[1]offer`. */
const column = /(?<![\w.\]])([A-Za-z_]\w*)((?:\[\w+\])*)(?:(?<=\])(\w+))?/g;

/**
 * What Affise says about a body, with its columns named as the caller knows them, and the arguments that it is about.
 */
export const inCallerWords = (text: string, body: object, start: string): { text: string; arguments: string[] } => {
  const named: string[] = [];
  const said = text.replaceAll(column, (word: string, first: string, inside: string, last: string | undefined, place: number) => {
    // What was not sent can be missing: then its name is no English, or one that the caller knows it by.
    if (!Object.hasOwn(body, first) && !first.includes("_")) return word;
    const steps = [first, ...[...inside.matchAll(/\[(\w+)\]/g)].map(([, step = ""]) => step), ...(last ? [last] : [])];
    const path = argumentAt(body, steps, start);
    // A word of plain English names a column only where a sentence begins.
    const isPlain = steps.length === 1 && /^[A-Za-z][a-z]*$/.test(first);
    if (isPlain && place > 0 && !/[:;] $/.test(text.slice(0, place))) return word;
    named.push(aboutOf(path));
    return path;
  });
  return { text: said, arguments: [...new Set(named)] };
};
