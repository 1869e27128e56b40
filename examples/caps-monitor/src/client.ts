import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";

/** A client for one key. A new key gets a new client, since the cache holds what the old one may see. */
export const clientFor = (key: string) =>
  new ApolloClient({
    link: new HttpLink({ uri: "/graphql", headers: { "API-Key": key } }),
    cache: new InMemoryCache({ possibleTypes: { Viewer: ["User", "Affiliate", "Advertiser"] } }),
  });
