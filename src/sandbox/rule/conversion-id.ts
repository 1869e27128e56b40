import { objectId, uuid } from "../model/random.js";
import type { Conversion } from "../model/traffic.js";

/** The advertiser's own id of a conversion. */
export const actionIdOf = (one: Conversion): string => one.actionId ?? uuid("action", one.number);

/** The click a conversion came of: 24 hex digits. */
export const clickIdOf = (one: Conversion): string => one.clickId ?? objectId("click", one.number);
