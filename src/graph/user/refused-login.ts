import { AffiseError } from "../../affise/error/error.js";
import { onFailure } from "../column/failure.js";

/** A login that Affise refuses is not about an API key, whatever its status says. */
export const refusedLogin = onFailure(["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"], ({ extensions }): never => {
  const { code: _, ...details } = extensions;
  throw new AffiseError("UNAUTHENTICATED", "Affise does not take this email address and password.", details);
});
