import { unwrapResolverError } from "@apollo/server/errors";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import { AffiseError } from "../affise/error/error.js";
import { Unreadable, unreadableText } from "../graph/column/decode.js";
import { cut } from "../telemetry/telemetry.js";

/** graphql-js gives up on a variable with more faults than that, by an error that names neither code nor variable. */
const tooManyFaults = /^Too many errors processing variables/;

/** graphql-js refuses so what becomes null by a variable that has a default and was given null: no rule of validation sees it. */
const nullByVariable = /^Argument "(\w+)" (?:of (?:non-null|required) type|has invalid value) /;

const codeOf = (code: unknown, { message, extensions }: GraphQLFormattedError): unknown => {
  if (tooManyFaults.test(message) || nullByVariable.test(message)) return "BAD_USER_INPUT";
  return code === "GRAPHQL_VALIDATION_FAILED" && extensions?.arguments ? "BAD_USER_INPUT" : code;
};

/** Names of the schema that graphql-js suggests, of the variables' types too. */
const suggestion = / ?Did you mean .+\?$/;

/** Errors repeat what was sent and what Affise answered: no more of it than a person reads. */
const [mostOfMessage, mostOfDetail] = [1_000, 300];

const cutDetails = (details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      if (typeof value === "string") return [name, cut(value, mostOfDetail)];
      if (Array.isArray(value))
        return [name, value.slice(0, 100).map((one) => (typeof one === "string" ? cut(one, mostOfDetail) : one))];
      return [name, value];
    }),
  );

const cutError = (error: GraphQLFormattedError): GraphQLFormattedError => ({
  ...error,
  message: cut(error.message, mostOfMessage),
  ...(error.extensions && { extensions: cutDetails(error.extensions) }),
});

/** Our own words for what graphql-js refuses, and no word of anything unforeseen: that is logged instead. */
export const errorFormatter =
  (logger: FastifyBaseLogger | undefined, mayTellNames: boolean) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    const { stacktrace: _, code, ...extensions } = formatted.extensions ?? {};
    if (cause instanceof AffiseError)
      return cutError({ ...formatted, message: cause.message, extensions: { ...cause.extensions } });
    if (cause instanceof Unreadable && error instanceof GraphQLError) {
      const [node] = error.nodes ?? [];
      const name = node?.kind === Kind.FIELD ? node.name.value : "a value";
      return cutError({ ...formatted, message: unreadableText(name, cause) });
    }
    const known = codeOf(code, formatted);
    if (cause instanceof GraphQLError && known !== "INTERNAL_SERVER_ERROR") {
      const message = mayTellNames ? formatted.message : formatted.message.replace(suggestion, "");
      const [, argument] = nullByVariable.exec(message) ?? [];
      if (argument) {
        const words = `${argument}: a variable is null where a value is needed; give it one, or leave it out.`;
        return { ...formatted, message: words, extensions: { code: known, arguments: [argument], ...extensions } };
      }
      return cutError({ ...formatted, message, extensions: { code: known, ...extensions } });
    }
    logger?.error({ err: cause, path: formatted.path }, "a fault of this server");
    return {
      ...formatted,
      message: "Something went wrong in this server; its log has the rest.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    };
  };
