import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Context } from "../context.js";
import { inParts, type Operation, type Run } from "../execution/run.js";
import { type AnswerCache, lookUp } from "./answer-cache.js";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fits = (value: unknown, test: (value: unknown) => boolean) => value === undefined || value === null || test(value);

/**
 * A request that needs nothing of GraphQL over HTTP but its body: a JSON POST with one plain operation, whose client takes JSON. It skips
 * the negotiation and goes straight to the operation.
 */
const plain = (request: FastifyRequest): Operation | undefined => {
  const { body, headers } = request;
  const { accept } = headers;
  if (request.method !== "POST" || !(accept === undefined || accept === "*/*" || accept === "application/json")) return undefined;
  if (headers["content-type"] !== "application/json" || !isObject(body) || typeof body.query !== "string") return undefined;
  const { operationName, variables, extensions } = body;
  const good =
    fits(operationName, (value) => typeof value === "string") && fits(variables, isObject) && fits(extensions, isObject);
  return good ? (body as unknown as Operation) : undefined;
};

const headersOf = (request: FastifyRequest): HeaderMap => {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
};

type ContextFor = (request: FastifyRequest, reply: FastifyReply) => Context;

/** The handler of `/graphql`: GraphQL over HTTP by Apollo, with a short way for the plainest and commonest requests. */
export const graphqlHandler =
  (apollo: ApolloServer<Context>, run: Run, contextFor: ContextFor, cache?: AnswerCache) =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const operation = plain(request);
    if (!operation) return whole(apollo, contextFor, request, reply);
    const place = cache && (await lookUp(cache, request));
    reply.header("content-type", "application/json; charset=utf-8");
    if (place?.found !== undefined) return reply.send(place.found);
    const contextValue = contextFor(request, reply);
    // All that anybody reads of HTTP here is whether to trace: what a plain request accepts is known.
    const isTraced = request.headers["x-affise-trace"] !== undefined;
    const http = isTraced ? { method: "POST", headers: headersOf(request), search: "", body: operation } : undefined;
    try {
      const { result, status = 200, headers = [] } = await run(operation, contextValue, http);
      for (const [name, value] of headers) reply.header(name, value);
      const text = JSON.stringify(result);
      place?.keep(text, contextValue, result.errors !== undefined);
      return reply.code(status).send(text);
    } finally {
      contextValue.end();
    }
  };

const whole = async (apollo: ApolloServer<Context>, contextFor: ContextFor, request: FastifyRequest, reply: FastifyReply) => {
  const { search } = new URL(request.url, "http://localhost");
  const context = contextFor(request, reply);
  const { body, headers, status } = await apollo
    .executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers: headersOf(request), search, body: request.body },
      context: async () => context,
    })
    .finally(() => context.end());
  for (const [name, value] of headers) reply.header(name, value);
  reply.code(status ?? 200);
  if (body.kind === "complete") return reply.send(body.string);
  throw inParts();
};
