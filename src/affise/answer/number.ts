/** A thousand to who sets commas between thousands, and little more than one to who sets them before decimals. */
const isAmbiguous = (text: string) => /^[-+]?[1-9]\d{0,2},\d{3}%?$/.test(text);

/**
 * A number in any of the forms that Affise prints it in: 12.5, "1607530", "1 234.50", "0,6", "12%". Undefined for what says none, or one of
 * two. Whoever reads, adds up or compares what Affise prints goes by this one reading.
 */
export const parseNumber = (value: unknown): number | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.replaceAll(/\s/g, "");
  if (!/^[-+]?\d*[.,]?\d+(e[-+]?\d+)?%?$/i.test(text) || isAmbiguous(text)) return undefined;
  const read = Number.parseFloat(text.replace(",", "."));
  return Number.isFinite(read) ? read : undefined;
};
