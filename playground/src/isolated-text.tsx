import { isolated } from "./isolated.js";

/** A value between other words. The element alone would not hold it in: a text may end what holds it. */
export const Isolated = ({ text, className }: { text: string | null | undefined; className?: string }) => (
  <bdi className={className}>{isolated(text ?? "")}</bdi>
);
