// The yardstick: what the handbooks of Apollo Server and DataLoader show, over the same upstream. UPSTREAM names it; PORT (0 for any).
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";

const typeDefs = `
  type Manager { id: ID! first_name: String last_name: String email: String }
  type Advertiser { id: ID! title: String email: String manager: Manager }
  type Payment { countries: [String!] total: Float revenue: Float currency: String type: String }
  type Offer {
    id: ID! title: String status: String url: String tags: [String!] cr: Float epc: Float created_at: String
    payments: [Payment!] advertiser: Advertiser
  }
  type Query { offers(page: Int = 1, limit: Int = 100): [Offer!]! offer(id: ID!): Offer }
`;

const read = async (path, key) => {
  const answer = await fetch(process.env.UPSTREAM + path, { headers: { "API-Key": key } });
  const body = await answer.json();
  if (body.status !== 1) throw new Error(body.error ?? "the upstream failed");
  return body;
};

const loader = (key, path, list, parameter) =>
  new DataLoader(
    async (ids) => {
      const query = ids.map((id) => `${parameter}[]=${encodeURIComponent(id)}`).join("&");
      const rows = (await read(`${path}?limit=${ids.length}&${query}`, key))[list];
      const byId = new Map(rows.map((row) => [String(row.id), row]));
      return ids.map((id) => byId.get(String(id)) ?? null);
    },
    { maxBatchSize: 100 },
  );

const resolvers = {
  Query: {
    offers: async (_, { page, limit }, { key }) => (await read(`/3.0/offers?page=${page}&limit=${limit}`, key)).offers,
    offer: (_, { id }, { offer }) => offer.load(id),
  },
  Offer: { advertiser: (row, _, context) => context.advertiser.load(row.advertiser) },
  Advertiser: { manager: (row, _, context) => context.user.load(row.manager) },
};

const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { port: Number(process.env.PORT ?? 0), host: "127.0.0.1" },
  context: async ({ req }) => {
    const key = req.headers["api-key"] ?? "";
    return {
      key,
      offer: loader(key, "/3.0/offers", "offers", "int_id"),
      advertiser: loader(key, "/3.0/admin/advertisers", "advertisers", "id"),
      user: loader(key, "/3.0/admin/users", "users", "id"),
    };
  },
});
process.send?.({ port: Number(new URL(url).port) });
process.on("SIGTERM", () => process.exit(0));
