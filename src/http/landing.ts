import type { FastifyReply, FastifyRequest } from "fastify";
import Negotiator from "negotiator";

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>affise-graphql</title>
<h1>This is a GraphQL endpoint</h1>
<p>Send operations here by POST, as JSON, with your Affise API key in the header <code>API-Key</code>:</p>
<pre>curl $URL -H 'Content-Type: application/json' -H 'API-Key: …' -d '{"query":"{ viewer { __typename } }"}'</pre>
</html>
`;

/** Whether a browser came to look, instead of a program to ask. */
export const isVisit = ({ method, headers: { accept } }: FastifyRequest): boolean =>
  (method === "GET" || method === "HEAD") &&
  accept?.includes("text/html") === true &&
  new Negotiator({ headers: { accept } }).mediaType(["application/json", "application/graphql-response+json", "text/html"]) ===
    "text/html";

/** What a browser sees at `/graphql`: the playground where there is one (beside it, under whichever path a proxy serves both), else a page of our own, without any script. */
export const greet = (reply: FastifyReply, hasPlayground: boolean): FastifyReply =>
  hasPlayground
    ? reply.redirect("./", 303)
    : reply
        .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .type("text/html; charset=utf-8")
        .send(page);
