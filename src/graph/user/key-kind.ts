import { LRUCache } from "lru-cache";
import type { Context } from "../../context.js";
import { onFailure } from "../column/failure.js";

/** A key that was told to be no affiliate's is asked about again after that long: Affise may have refused it for another reason just then. */
const noAgainMs = 300_000;

/** What is known of each key: a key's kind never changes. */
const known = new LRUCache<string, boolean>({ max: 10_000 });

const look = async (caller: string, load: Context["load"]): Promise<boolean> => {
  const isAffiliate = await load.ownProfile.load("own").then(
    () => true,
    onFailure(["FORBIDDEN", "NOT_FOUND"], () => false),
  );
  known.set(caller, isAffiliate, { ttl: isAffiliate ? 0 : noAgainMs });
  return isAffiliate;
};

/**
 * True for an affiliate's own key. Costs one REST call the first time a key is asked about; the answer is at once there after it, so that
 * rows of a list do not each become a promise.
 */
export const isAffiliateKey = ({
  tenant,
  callerHash,
  load,
}: Pick<Context, "tenant" | "callerHash" | "load">): boolean | Promise<boolean> => {
  const caller = `${tenant.name} ${callerHash}`;
  return known.get(caller) ?? look(caller, load);
};
