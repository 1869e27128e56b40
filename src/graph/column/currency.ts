import { badInput } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { Load } from "../../loaders.js";

/** The number of a currency, by which some operations name it. Throws BAD_USER_INPUT naming the argument where the network has no such code. */
export const currencyNumber = async ({ currencyByCode }: Load, code: string, argument: string): Promise<number> => {
  const found = await currencyByCode.load(code.toUpperCase());
  if (found) return found._id;
  throw badInput(argument, `${argument}: ${quoted(code)} is none of the network's currencies; \`currencies\` lists them.`);
};
