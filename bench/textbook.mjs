// The yardstick: what the handbooks of Apollo Server and DataLoader show, over the same upstream. UPSTREAM names it; PORT (0 for any).
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { contextOver, resolversOver, typeDefs } from "./peer/schema.mjs";

const read = async (path, key) => {
  const answer = await fetch(process.env.UPSTREAM + path, { headers: { "API-Key": key } });
  const body = await answer.json();
  if (body.status !== 1) throw new Error(body.error ?? "the upstream failed");
  return body;
};

const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers: resolversOver(read) }), {
  listen: { port: Number(process.env.PORT ?? 0), host: "127.0.0.1" },
  context: async ({ req }) => contextOver(read, req.headers["api-key"] ?? ""),
});
process.send?.({ port: Number(new URL(url).port) });
process.on("SIGTERM", () => process.exit(0));
