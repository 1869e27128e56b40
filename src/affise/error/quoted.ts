/** A value as a message shows it, cut at `most` letters: in JSON, so that one sees where it begins and ends. */
export const quoted = (value: unknown, most = 100): string => {
  // What is cut is never read whole: a text may have a million letters, and two hundred fields may complain of it.
  if (typeof value === "string" && value.length > most) return `${JSON.stringify(value.slice(0, most))}…`;
  const text = JSON.stringify(value) ?? "missing";
  return typeof value !== "string" && text.length > most ? `${text.slice(0, most)}…` : text;
};

/** A number as a message shows it: 10,000. */
export const formatNumber = (number: number): string => number.toLocaleString("en");
