import type { Advertiser } from "./advertiser.js";
import type { Affiliate } from "./affiliate.js";
import type { User } from "./user.js";

/** Whoever a key belongs to, as the contract's x-audience names them. */
export type Caller =
  | { kind: "admin"; user: User }
  | { kind: "affiliate"; affiliate: Affiliate }
  | { kind: "advertiser"; advertiser: Advertiser };
