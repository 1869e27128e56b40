// The fastest peer on Node: Fastify, Mercurius with its JIT, an undici pool. It runs where `npm run bench -- --peers` installed it.
import Fastify from "fastify";
import mercurius from "mercurius";
import { Pool } from "undici";
import { contextOver, resolversOver, typeDefs } from "./schema.mjs";

const pool = new Pool(process.env.UPSTREAM, { connections: 64 });
const read = async (path, key) => {
  const { body } = await pool.request({ path, method: "GET", headers: { "API-Key": key } });
  const answer = await body.json();
  if (answer.status !== 1) throw new Error(answer.error ?? "the upstream failed");
  return answer;
};

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers: resolversOver(read),
  jit: 1,
  graphiql: false,
  context: (request) => contextOver(read, request.headers["api-key"] ?? ""),
});
await app.listen({ port: Number(process.env.PORT ?? 0), host: "127.0.0.1" });
process.send?.({ port: app.server.address().port });
process.on("SIGTERM", () => process.exit(0));
