import { AffiseError } from "../../affise/error/error.js";

/** A login that Affise refuses is not about an API key, whatever its status says. */
export const refusedLogin = (error: unknown): never => {
  if (!(error instanceof AffiseError)) throw error;
  const { code, ...details } = error.extensions;
  if (code !== "UNAUTHENTICATED" && code !== "FORBIDDEN" && code !== "NOT_FOUND") throw error;
  throw new AffiseError("UNAUTHENTICATED", "Affise does not take this email address and password.", details);
};
