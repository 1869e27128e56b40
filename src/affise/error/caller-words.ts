const camel = (name: string) => name.replaceAll(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());

/** Stands on a body, and goes along where it is copied: the caller's own path to what each column was made of. */
const spoken = Symbol("spoken");

/** Notes under which paths a caller knows the columns of a body, such as `input.payouts`, so that what is wrong is said in the caller's words. */
export const spokenAs = <Body extends object>(body: Body, paths: Record<string, string>): Body =>
  Object.assign(body, { [spoken]: paths });

/** The caller's path to what stands at some steps into a body: `input.payouts.0.income` for payments, 0, total. */
export const argumentAt = (body: unknown, steps: readonly string[], start: string): string => {
  let at = body;
  let path = start;
  for (const step of steps) {
    const known = at && typeof at === "object" && spoken in at ? (at[spoken] as Record<string, string>)[step] : undefined;
    path = known ?? (path ? `${path}.${camel(step)}` : camel(step));
    at = (at as Record<string, unknown> | undefined)?.[step];
  }
  return path;
};

/** A column as Affise's sentences name it: `pid`, `caps[0][value]`, `list[1]offer`. */
const column = /(?<![\w.\]])([A-Za-z_]\w*)((?:\[\w+\])*)(?:(?<=\])(\w+))?/g;

/**
 * What Affise says about a body, with its columns named as the caller knows them, and the arguments that it is about.
 */
export const inCallerWords = (text: string, body: object): { text: string; arguments: string[] } => {
  const named: string[] = [];
  const said = text.replaceAll(column, (word: string, first: string, inside: string, last: string | undefined, place: number) => {
    if (!Object.hasOwn(body, first)) return word;
    const steps = [first, ...[...inside.matchAll(/\[(\w+)\]/g)].map(([, step = ""]) => step), ...(last ? [last] : [])];
    const path = argumentAt(body, steps, "input");
    // A word of plain English names a column only where a sentence begins.
    const isPlain = steps.length === 1 && /^[A-Za-z][a-z]*$/.test(first);
    if (isPlain && place > 0 && !/[:;] $/.test(text.slice(0, place))) return word;
    named.push(path);
    return path;
  });
  return { text: said, arguments: [...new Set(named)] };
};
