import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { afterAll, describe, expect, test } from "vitest";
import { apolloCacheOptions, dayOf, graphcacheKeys, instantOf } from "../../client/src/index.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 3, affiliates: 12, advertisers: 3, conversions: 20 });
afterAll(() => world.close());

describe("caches", () => {
  test("Apollo Client reads pages on, and values of one parent never show up in another", async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${world.url}/graphql`, headers: { "API-Key": "sandbox-general-manager" } }),
      cache: new InMemoryCache(apolloCacheOptions({ "Query.affiliates": relayStylePagination })),
    });
    const query = gql`query ($after: String) {
      affiliates(first: 5, after: $after) { edges { node { id balances { currency balance } paymentSystems { systemId } } } pageInfo { hasNextPage endCursor } }
    }`;
    interface Page {
      affiliates: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } };
    }
    const first = await client.query<Page>({ query, variables: { after: null } });
    await client.query<Page>({
      query,
      fetchPolicy: "network-only",
      variables: { after: first.data?.affiliates.pageInfo.endCursor },
    });
    const shown = client.readQuery<Page>({ query, variables: { after: null } });
    const { data } = await world.ask(
      "{ affiliates(first: 10) { edges { node { id balances { currency balance } paymentSystems { systemId } } } } }",
    );
    expect(shown?.affiliates.edges).toHaveLength(10);
    expect(shown).toMatchObject(data ?? {});
    client.stop();
  });

  test("Apollo Client reads back, page by page, to the beginning", async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${world.url}/graphql`, headers: { "API-Key": "sandbox-general-manager" } }),
      cache: new InMemoryCache(apolloCacheOptions({ "Query.affiliates": relayStylePagination })),
    });
    const query = gql`query ($before: String) {
      affiliates(last: 5, before: $before) { edges { node { id } } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }
    }`;
    interface Page {
      affiliates: { edges: { node: { id: string } }[]; pageInfo: { startCursor: string; hasPreviousPage: boolean } };
    }
    const shown = () => client.readQuery<Page>({ query, variables: { before: null } })?.affiliates;
    await client.query<Page>({ query, variables: { before: null } });
    const sizes = [shown()?.edges.length];
    while (shown()?.pageInfo.hasPreviousPage) {
      const variables = { before: shown()?.pageInfo.startCursor };
      await client.query<Page>({ query, fetchPolicy: "network-only", variables });
      sizes.push(shown()?.edges.length);
    }
    expect(sizes).toEqual([5, 10, 12]);
    const { data } = await world.ask("{ affiliates { edges { node { id } } } }");
    expect({ affiliates: { edges: shown()?.edges } }).toMatchObject(data);
    client.stop();
  });

  test("graphcache is told which types have no key", () => {
    expect(graphcacheKeys.PageInfo?.({})).toBeNull();
    expect(graphcacheKeys.Offer).toBeUndefined();
    expect(graphcacheKeys.TrackingDomain?.({ id: null })).toBeNull();
  });
});

describe("scalars", () => {
  test.each([
    ["2026-01-31T09:30:00", "Europe/Madrid", "2026-01-31T08:30:00.000Z"],
    ["2026-07-31T09:30:00", "Europe/Madrid", "2026-07-31T07:30:00.000Z"],
    ["2026-03-29T03:00:00", "Europe/Madrid", "2026-03-29T01:00:00.000Z"],
    ["2026-10-25T03:30:00", "Europe/Madrid", "2026-10-25T02:30:00.000Z"],
    ["2026-01-01T00:15:00", "Asia/Kathmandu", "2025-12-31T18:30:00.000Z"],
    ["2026-01-31T23:59:59", "UTC", "2026-01-31T23:59:59.000Z"],
    ["2026-01-31T23:00:00", "America/New_York", "2026-02-01T04:00:00.000Z"],
  ])("%s in %s", (local, zone, instant) => {
    expect(instantOf(local, zone).toISOString()).toBe(instant);
    expect(dayOf(new Date(instant), zone)).toBe(local.slice(0, 10));
  });

  test("what is none", () => {
    expect(() => instantOf("tomorrow", "UTC")).toThrow(RangeError);
  });
});
