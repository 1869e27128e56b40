import { badInput, InputError } from "../../affise/error/error.js";
import { quoted } from "../../affise/error/quoted.js";
import type { Load } from "../../loaders.js";
import { onFailure } from "./failure.js";

/** Why the list cannot be read, in words about the argument that wants it. */
const unlisted = (argument: string) =>
  onFailure(["FORBIDDEN"], ({ extensions: { operation } }): never => {
    const message = `${argument}: Affise takes the number of a currency here, and this key may not read the list that tells it. Ask with a network user's key, or without ${argument}.`;
    throw new InputError("FORBIDDEN", message, { operation, arguments: [argument] });
  });

/**
 * The number of a currency, by which some operations name it. Throws BAD_USER_INPUT naming the argument where the network has no such code,
 * and FORBIDDEN naming it where the key may not read the network's currencies.
 */
export const currencyNumber = async ({ currencyByCode }: Load, code: string, argument: string): Promise<number> => {
  const found = await currencyByCode.load(code.toUpperCase()).catch(unlisted(argument));
  if (found) return found._id;
  throw badInput(argument, `${argument}: ${quoted(code)} is none of the network's currencies; \`currencies\` lists them.`);
};
