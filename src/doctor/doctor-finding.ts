/** One thing looked at: how it stands, what was found, and what to do about it. */
export interface Finding {
  check: "node" | "url" | "network" | "api" | "clock" | "key" | "permissions" | "redis";
  outcome: "fine" | "problem" | "skipped";
  tenant?: string;
  says: string;
  next?: string;
}

export const fine = (check: Finding["check"], says: string): Finding => ({ check, outcome: "fine", says });
export const problem = (check: Finding["check"], says: string, next: string): Finding => ({
  check,
  outcome: "problem",
  says,
  next,
});
export const skipped = (check: Finding["check"], says: string, next?: string): Finding => ({
  check,
  outcome: "skipped",
  says,
  ...(next ? { next } : {}),
});
