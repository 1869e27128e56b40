import { AffiseError, badInput } from "../../affise/error/error.js";

/** An email address and a password, both there. Throws BAD_USER_INPUT naming what is missing. */
export const credentials = ({ email, password }: { email: string; password: string }): { email: string; password: string } => {
  for (const [name, value] of Object.entries({ email, password })) {
    if (value === "") throw badInput(`input.${name}`, `input.${name} is empty.`);
  }
  return { email, password };
};

/** A login that Affise refuses is not about an API key, whatever its status says. */
export const refusedLogin = (error: unknown): never => {
  if (!(error instanceof AffiseError)) throw error;
  const { code, ...details } = error.extensions;
  if (code !== "UNAUTHENTICATED" && code !== "FORBIDDEN" && code !== "NOT_FOUND") throw error;
  throw new AffiseError("UNAUTHENTICATED", "Affise does not take this email address and password.", details);
};
