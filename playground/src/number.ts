const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
// What a click earns is often less than a cent.
const small = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const numberText = (value: number | undefined): string => {
  if (value === undefined) return "–";
  return (Math.abs(value) < 1 ? small : plain).format(value);
};
export const shortNumber = (value: number): string => (Math.abs(value) < 10_000 ? plain.format(value) : compact.format(value));
