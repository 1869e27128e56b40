import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { composeServices } from "@theguild/federation-composition";
import { type DocumentNode, graphql, parse } from "graphql";
import { subgraphSdl } from "../../src/subgraph-sdl.js";
import { blocksOf } from "../docs/markdown.js";
import { at } from "../world/build.js";

/** What docs/federation.md writes into a service beside this one. */
const [onThePage = ""] = blocksOf("docs/federation.md", readFileSync(at("docs/federation.md"), "utf8")).flatMap(
  ({ language, text }) => (language === "graphql" ? [text] : []),
);

const shapes = `
  ${onThePage}
  extend type Offer {
    title: String @external
    slogan: String @requires(fields: "title") @tag(name: "internal")
    previewUrl: String @override(from: "affise")
    draft: String @inaccessible
  }
  extend type Campaign { affiliate: Affiliate! pageInfo: PageInfo! country: Country @provides(fields: "name") }
  type Country @key(fields: "code", resolvable: false) { code: ID! name: String @external }
  type Affiliate @key(fields: "id", resolvable: false) { id: ID! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;

const directives = ["key", "shareable", "external", "requires", "provides", "override", "tag", "inaccessible"];
const imports = directives.map((name) => `"@${name}"`);

/** The neighbour's schema as composition reads it. */
const neighbourSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])
  type Query { campaigns(first: Int! = 3): [Campaign!]! }
  ${shapes}
`;

const schema = makeExecutableSchema({
  typeDefs: `
    scalar _Any
    union _Entity = Campaign | Offer
    type Query { campaigns(first: Int! = 3): [Campaign!]! _entities(representations: [_Any!]!): [_Entity]! }
    ${shapes.replaceAll(/ @\w+(\([^)]*\))?/g, "")}
  `,
  resolvers: {
    Query: {
      // Every third points at an offer that another points at too.
      campaigns: (_, { first }: { first: number }) =>
        Array.from({ length: first }, (_, index) => ({
          id: `c${index}`,
          offer: { id: String(index % 3 === 2 ? index - 1 : index + 1) },
          affiliate: { id: String((index % 20) + 1) },
          pageInfo: { hasNextPage: false, hasPreviousPage: false },
          country: { code: "DE", name: "Deutschland" },
        })),
      _entities: (_, { representations }) => representations,
    },
    Offer: {
      score: ({ id }) => Number(id) * 10,
      slogan: ({ title }) => `${title}!`,
      previewUrl: ({ id }) => `https://campaigns.example/${id}`,
    },
    _Entity: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  },
});

export interface Neighbour {
  url: string;
  /** The headers of each request that came. */
  seen: Record<string, unknown>[];
  close(): Promise<void>;
}

/** A subgraph of somebody else's, over HTTP: it points at offers and affiliates, and has a field of its own on offers. */
export const openNeighbour = async (): Promise<Neighbour> => {
  const seen: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    seen.push(request.headers);
    let text = "";
    for await (const part of request) text += part;
    const { query, variables } = JSON.parse(text) as { query: string; variables?: Record<string, unknown> };
    const answer = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** What makes a supergraph of services: the Guild's composition and Apollo's have the same form. */
export type Compose = (services: { name: string; typeDefs: DocumentNode; url: string }[]) => {
  supergraphSdl?: string;
  errors?: readonly { message: string }[];
};

/** The graph of both, as a router reads it. */
export const supergraphOf = (ours: string, theirs: string, compose: Compose = composeServices): string => {
  const { supergraphSdl, errors = [] } = compose([
    { name: "affise", typeDefs: parse(subgraphSdl()), url: ours },
    { name: "campaigns", typeDefs: parse(neighbourSdl), url: theirs },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join("\n"));
  return supergraphSdl;
};
