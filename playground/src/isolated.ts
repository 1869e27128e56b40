const orders = "\u202a-\u202e\u2066-\u2069";
const lineEnds = "\u0085\u2028\u2029";

const givesOrders = new RegExp(`[${orders}]|\\p{Script=Arabic}|\\p{Script=Hebrew}`, "u");

/**
 * A value as it may stand in a line of others: on one line, and without a say in how what is beside it is drawn. Names are chosen by anybody, and
 * a character that turns the direction of writing would turn the numbers behind it too.
 */
export const isolated = (text: string): string => {
  const line = text.replaceAll(new RegExp(`[\\r\\n${lineEnds}]+`, "g"), " ");
  return givesOrders.test(line) ? `\u2068${line.replaceAll(/[\u2066-\u2069]/g, "")}\u2069` : line;
};

const written = new RegExp(`[${orders}${lineEnds}]`, "g");

/** A value as JSON, in which such characters are written by their numbers. */
export const jsonText = (value: unknown, space?: number): string =>
  (JSON.stringify(value, null, space) ?? "null").replaceAll(
    written,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
