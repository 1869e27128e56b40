import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Where a sandbox answers: its controls, and Affise's own paths. */
const paths = ["/sandbox", "/sandbox/*", "/3.0/*", "/3.1/*", "/4.0/*", "/ui/*"];

const withoutBody = new Set(["GET", "HEAD"]);
/** What belongs to one connection is not handed on. */
const ownHeaders = new Set(["connection", "host", "keep-alive", "transfer-encoding", "content-length", "expect", "upgrade"]);

const passedOn = (headers: FastifyRequest["headers"]): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || ownHeaders.has(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );

/**
 * Puts the sandbox's REST API and its controls on the server's own port, so that one address does for trying everything. Only over the
 * built-in sandbox: no real network is ever reached this way.
 */
export const openSandboxDoor = async (http: FastifyInstance, sandboxUrl: string): Promise<void> => {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
    const handOn = async (request: FastifyRequest, reply: FastifyReply) => {
      const response = await fetch(`${sandboxUrl}${request.url}`, {
        method: request.method,
        headers: passedOn(request.headers),
        body: withoutBody.has(request.method) ? undefined : ((request.body as Uint8Array<ArrayBuffer> | null) ?? undefined),
        redirect: "manual",
      });
      for (const [name, value] of response.headers) if (!ownHeaders.has(name)) reply.header(name, value);
      return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()));
    };
    for (const url of paths) scope.all(url, handOn);
  });
};
