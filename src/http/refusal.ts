import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import Negotiator from "negotiator";
import { tooLarge } from "./body.js";

export const json = "application/json";
const graphqlJson = "application/graphql-response+json";

/** The media type of the answer that a client takes, as Apollo chooses it. */
export const mediaTypeFor = (accept: string | undefined): string | undefined =>
  accept === undefined || accept === json || accept === "*/*"
    ? json
    : new Negotiator({ headers: { accept } }).mediaType([json, graphqlJson]);

/** Answers with one error in GraphQL's shape, for what is refused before GraphQL begins, and logs it in a line. */
export const refuse = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  details: Record<string, unknown> = {},
): FastifyReply => {
  request.log.info({ requestId: request.id, status, code }, "refused");
  return reply
    .code(status)
    .header("content-type", `${mediaTypeFor(request.headers.accept) ?? json}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] }));
};

/** Who still sends when the connection closes gets no answer but a reset. So what is on its way is read, unkept, up to these bounds. */
const [mostDrained, drainMs] = [64_000_000, 10_000];

const drained = (request: FastifyRequest) =>
  new Promise<void>((resolve) => {
    const { raw } = request;
    let bytes = 0;
    const timer = setTimeout(resolve, drainMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    raw.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostDrained) end();
    });
    raw.once("end", end).once("close", end).resume();
    if (raw.readableEnded || raw.destroyed) end();
  });

const statusIn = ({ extensions }: GraphQLError): number => {
  const { status } = (extensions.http ?? {}) as { status?: unknown };
  return typeof status === "number" ? status : 400;
};

/** Words for what Fastify refuses: the body, mostly. Nothing unforeseen is told to the caller; the log has it. */
export const errorHandler = async (
  error: FastifyError | GraphQLError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  if (error instanceof GraphQLError) {
    const { code, http: _, ...details } = error.extensions;
    return refuse(request, reply, statusIn(error), String(code ?? "BAD_REQUEST"), error.message, details);
  }
  const status = error.statusCode ?? 500;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    await drained(request);
    reply.header("connection", "close");
    return errorHandler(tooLarge(request.routeOptions.bodyLimit ?? 0), request, reply);
  }
  if (status >= 400 && status < 500) return refuse(request, reply, status, "BAD_REQUEST", wordsFor(error));
  request.log.error({ err: error, requestId: request.id }, "a fault of this server");
  return refuse(request, reply, 500, "INTERNAL_SERVER_ERROR", "Something went wrong in this server; its log has the rest.");
};

const wordsFor = (error: FastifyError): string => {
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return "Send the operation as JSON, with the header Content-Type: application/json.";
  if (error.code === "FST_ERR_CTP_EMPTY_JSON_BODY") return "The body is empty; send the operation in it as JSON.";
  if (error instanceof SyntaxError || error.code === "FST_ERR_CTP_INVALID_JSON_BODY") return "The body is not JSON.";
  return "This request cannot be read.";
};
