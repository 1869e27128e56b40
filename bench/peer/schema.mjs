// The schema of the textbook and of the peers: Affise's words, a DataLoader for each kind of row and request. `read` gives a path's JSON.
import DataLoader from "dataloader";

export const typeDefs = `
  type Manager { id: ID! first_name: String last_name: String email: String }
  type Advertiser { id: ID! title: String email: String manager: Manager }
  type Payment { countries: [String!] total: Float revenue: Float currency: String type: String }
  type Offer {
    id: ID! title: String status: String url: String tags: [String!] cr: Float epc: Float created_at: String
    payments: [Payment!] advertiser: Advertiser
  }
  type Query { offers(page: Int = 1, limit: Int = 100): [Offer!]! offer(id: ID!): Offer }
`;

const loader = (read, key, path, list, parameter) =>
  new DataLoader(
    async (ids) => {
      const query = ids.map((id) => `${parameter}[]=${encodeURIComponent(id)}`).join("&");
      const rows = (await read(`${path}?limit=${ids.length}&${query}`, key))[list];
      const byId = new Map(rows.map((row) => [String(row.id), row]));
      return ids.map((id) => byId.get(String(id)) ?? null);
    },
    { maxBatchSize: 100 },
  );

/** `read(path, key)` gives the JSON of a REST path. */
export const resolversOver = (read) => ({
  Query: {
    offers: async (_, { page, limit }, { key }) => (await read(`/3.0/offers?page=${page}&limit=${limit}`, key)).offers,
    offer: (_, { id }, { offer }) => offer.load(id),
  },
  Offer: { advertiser: (row, _, context) => context.advertiser.load(row.advertiser) },
  Advertiser: { manager: (row, _, context) => context.user.load(row.manager) },
});

export const contextOver = (read, key) => ({
  key,
  offer: loader(read, key, "/3.0/offers", "offers", "int_id"),
  advertiser: loader(read, key, "/3.0/admin/advertisers", "advertisers", "id"),
  user: loader(read, key, "/3.0/admin/users", "users", "id"),
});
