import type { GraphQLResponse } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FormattedExecutionResult } from "graphql";
import { turnEnd } from "../affise/request/turn-end.js";
import type { Context } from "../context.js";
import type { DocumentResolver } from "../documents/resolver.js";
import type { Pipeline } from "../execution/pipeline.js";
import { refusal } from "../execution/refusal.js";
import { readRequest } from "./graphql-request.js";
import { json, mediaTypeFor } from "./refusal.js";

/** What is wrong with a well-formed request: who takes `application/json` gets 200 for it, as the specification wants it for old clients. */
const wellFormed = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "QUERY_TOO_EXPENSIVE"]);

const statusOf = ({ status = 200 }: GraphQLResponse["http"], { errors }: FormattedExecutionResult, type: string): number => {
  const [first] = errors ?? [];
  return status === 400 && type === json && wellFormed.has(String(first?.extensions?.code)) ? 200 : status;
};

/** The longest that an error asks to wait, in seconds. */
const retryAfter = ({ errors }: FormattedExecutionResult): number | undefined => {
  const waits = errors?.flatMap(({ extensions }) =>
    typeof extensions?.retryAfterSeconds === "number" ? [extensions.retryAfterSeconds] : [],
  );
  return waits?.length ? Math.ceil(Math.max(...waits)) : undefined;
};

const textOf = ({ errors, data, extensions }: FormattedExecutionResult): string => {
  try {
    return JSON.stringify({ errors, data, extensions });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal("OVERLOADED", "This answer is too large for this server to hold; ask for fewer rows or fields.");
  }
};

const writeHead = (
  request: FastifyRequest,
  reply: FastifyReply,
  http: GraphQLResponse["http"],
  result: FormattedExecutionResult,
) => {
  const type = mediaTypeFor(request.headers.accept) ?? json;
  for (const [name, value] of http.headers) reply.header(name, value);
  const wait = retryAfter(result);
  if (wait !== undefined) reply.header("retry-after", wait);
  reply.code(statusOf(http, result, type)).header("content-type", `${type}; charset=utf-8`);
};

/** The handler of `/graphql`: each request is one operation, and goes through the pipeline of all operations. */
export const graphqlHandler =
  (pipeline: Pipeline, documents: DocumentResolver, contextFor: (request: FastifyRequest, reply: FastifyReply) => Context) =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const resolved = documents.resolve(readRequest(request), request.caller.client.name);
    const operation = resolved instanceof Promise ? await resolved : resolved;
    const contextValue = contextFor(request, reply);
    let text: string;
    try {
      const { body, http } = await pipeline.run(operation, contextValue);
      if (body.kind !== "single") throw new Error("This server sends whole answers only.");
      text = textOf(body.singleResult);
      writeHead(request, reply, http, body.singleResult);
    } finally {
      contextValue.end();
    }
    await turnEnd();
    return reply.send(text);
  };
