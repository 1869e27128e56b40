const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const numberText = (value: number | undefined): string => (value === undefined ? "–" : plain.format(value));
export const shortNumber = (value: number): string => (Math.abs(value) < 10_000 ? plain.format(value) : compact.format(value));
