const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
// What a click earns is often less than a cent.
const small = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const smallMoney = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const numberText = (value: number | undefined): string => {
  if (value === undefined) return "–";
  return (Math.abs(value) < 1 ? small : plain).format(value);
};

/** A sum of money: two digits at least, so that one below the other can be compared. */
export const moneyText = (value: number): string => (Math.abs(value) < 1 ? smallMoney : money).format(value);

export const shortNumber = (value: number): string => (Math.abs(value) < 10_000 ? plain.format(value) : compact.format(value));
