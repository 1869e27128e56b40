import { GraphQLError } from "graphql";
import { errorCodes } from "../affise/error/error-code.js";

/** The codes with which a whole request may be refused. */
type RefusalCode = {
  [C in keyof typeof errorCodes]: (typeof errorCodes)[C] extends { status: number } ? C : never;
}[keyof typeof errorCodes];

/** Why a whole request is refused, with the HTTP status of its code unless told otherwise. */
export const refusal = (
  code: RefusalCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
  status: number = errorCodes[code].status,
): GraphQLError => new GraphQLError(message, { extensions: { code, ...details, http: { status } } });
