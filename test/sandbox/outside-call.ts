import { goAffiliate, goNouns } from "./outside-noun.js";
import type { Ids, OutsideCall } from "./outside-reads.js";
import { goStatistics, mcp } from "./outside-statistics.js";
import { goWrites } from "./outside-write.js";
import { general } from "./stranger.js";

/** Every call, in the order it is made: what deletes comes after what reads. */
export const outsideCalls = (ids: Ids): OutsideCall[] => [
  ...goStatistics(ids),
  ...goNouns(ids),
  ...goAffiliate(ids),
  ...mcp(ids),
  ...goWrites(ids),
];

/** Whose key a call is made with. */
export const keyOf = ({ key }: OutsideCall): string => key ?? general;
