import { ApolloServer, type ApolloServerPlugin, type GraphQLRequest, HeaderMap } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLFormattedError, type GraphQLResolveInfo } from "graphql";
import { expect, test } from "vitest";
import type { Context } from "../../src/context.js";
import { asGateway, type Executor, openExecutor } from "../../src/execution/executor.js";
import { operationPlugin } from "../../src/execution/operation.js";
import { Pipeline } from "../../src/execution/pipeline.js";
import type { Listener, Plugin } from "../../src/execution/plugin.js";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();

const names = [
  "didResolveSource",
  "parsingDidStart",
  "validationDidStart",
  "didResolveOperation",
  "responseForOperation",
  "executionDidStart",
  "didEncounterErrors",
  "willSendResponse",
] as const satisfies readonly (keyof Listener)[];

const answers: Partial<Record<(typeof names)[number], (tell: (what: string) => void) => unknown>> = {
  parsingDidStart: (tell) => (error?: Error) => tell(`parsed ${error?.message}`),
  validationDidStart: (tell) => (errors?: readonly Error[]) => tell(`validated ${errors?.length}`),
  executionDidStart: (tell) => ({
    executionDidEnd: (error?: Error) => tell(`executed ${error?.message}`),
    willResolveField: ({ info: { path, parentType, fieldName, returnType } }: { info: GraphQLResolveInfo }) => {
      const field = `${path.prev?.key}.${path.key}: ${parentType}.${fieldName} ${returnType}`;
      tell(`begun ${field}`);
      return (error: Error | null) => tell(`there ${field} ${error?.message}`);
    },
  }),
  responseForOperation: () => null,
};

/** A plugin that hears of everything, and notes what it could see. */
const listening = (heard: string[], isLate: boolean): Plugin => {
  const hook = (name: (typeof names)[number]) => (request: Parameters<NonNullable<Listener["willSendResponse"]>>[0]) => {
    const { source, document, operation, operationName, errors, queryHash, response } = request;
    const seen = [source !== undefined, document?.kind, operation?.operation, operationName, errors?.length, queryHash?.length];
    const sent = name === "willSendResponse" ? [response.http.status, Object.keys(response.body)] : [];
    heard.push(JSON.stringify([name, ...seen, ...sent]));
    const answer = answers[name]?.((what) => heard.push(what));
    return isLate ? Promise.resolve(answer) : answer;
  };
  return {
    requestDidStart({ request, metrics }) {
      heard.push(`requestDidStart ${request.operationName} ${typeof metrics}`);
      return Object.fromEntries(names.map((name) => [name, hook(name)])) as Listener;
    },
  };
};

const refusing: Plugin = {
  requestDidStart: () => ({
    didResolveOperation({ operationName }) {
      if (operationName !== "Refused") return;
      throw new GraphQLError("no", {
        extensions: { code: "FORBIDDEN", http: { status: 403, headers: new HeaderMap([["x", "y"]]) } },
      });
    },
    async responseForOperation({ operationName }) {
      if (operationName !== "Known") return null;
      const http = { status: 202, headers: new HeaderMap([["known", "1"]]) };
      return { http, body: { kind: "single", singleResult: { data: { known: true } } } };
    },
  }),
};

const failing =
  (run: Executor): Executor =>
  async (request) => {
    if (request.operation.name?.value === "Broken") throw new Error("broken");
    return run(request);
  };

const requests: Record<string, GraphQLRequest> = {
  "a query": { query: "query One { __typename }", operationName: "One" },
  "the same again": { query: "query One { __typename }", operationName: "One" },
  "no document": { query: "query {" },
  "a field that is none": { query: "{ nothing also }" },
  "a variable of another type": { query: "query ($id: ID!) { offer(id: $id) { id } }", variables: { id: { a: 1 } } },
  "a variable that is missing": { query: "query ($id: ID!) { offer(id: $id) { id } }" },
  "an operation that is none": { query: "query One { __typename } query Two { __typename }", operationName: "Three" },
  "a field that fails": { query: "{ offers { nodes { id } } }" },
  "the schema": { query: "{ __schema { queryType { name } } }" },
  "a mutation": {
    query:
      "mutation { a: deleteOffers(input: { ids: [1, 2] }) { results { outcome error { code } } } b: deleteOffers(input: { ids: [] }) { results { outcome } } }",
  },
  "a mutation by GET": {
    query: "mutation { deleteOffers(input: { ids: [1] }) { outcome } }",
    http: { method: "GET", headers: new HeaderMap(), search: "", body: undefined },
  },
  "what a plugin refuses": { query: "query Refused { __typename }" },
  "what a plugin answers": { query: "query Known { __typename }" },
  "an executor that breaks": { query: "query Broken { __typename }" },
};

const codeless = (errors: readonly GraphQLFormattedError[] | undefined) =>
  errors?.map(({ message, extensions, ...rest }) => ({ ...rest, code: extensions?.code, message }));

for (const isLate of [false, true]) {
  for (const [about, request] of Object.entries(requests)) {
    test(`the pipeline tells plugins${isLate ? " that answer late" : ""} what Apollo's own tells them: ${about}`, async () => {
      const heard: Record<"apollo" | "ours", string[]> = { apollo: [], ours: [] };
      const execute = failing(openExecutor(schema));
      const formatError = (formatted: GraphQLFormattedError) => formatted;
      const pluginsOf = (who: keyof typeof heard) => [listening(heard[who], isLate), operationPlugin, refusing];
      const open = async (plugins: Plugin[]) => {
        const server = new ApolloServer<Context>({
          gateway: asGateway(schema, execute),
          plugins: [ApolloServerPluginCacheControlDisabled(), ...(plugins as ApolloServerPlugin<Context>[])],
          introspection: true,
          documentStore: null,
          includeStacktraceInErrorResponses: false,
          stopOnTerminationSignals: false,
        });
        await server.start();
        return server;
      };
      const server = await open(pluginsOf("apollo"));
      const bare = await open([]);
      const pipeline = new Pipeline(bare, {
        schema,
        plugins: pluginsOf("ours"),
        execute,
        formatError,
        maxTokens: 1_000,
        introspection: true,
      });
      const contextValue = {} as Context;
      const theirs = await server.executeOperation(request, { contextValue });
      const ours = await pipeline.run(request, contextValue);
      expect(heard.ours).toEqual(heard.apollo);
      expect(ours.http.status).toBe(theirs.http.status);
      const [mine, its] = [ours.body, theirs.body].map((body) => (body.kind === "single" ? body.singleResult : undefined));
      expect(mine?.data).toEqual(its?.data);
      expect(codeless(mine?.errors)?.map(({ code }) => code)).toEqual(codeless(its?.errors)?.map(({ code }) => code));
      if (about !== "a mutation by GET") expect(codeless(mine?.errors)).toEqual(codeless(its?.errors));
      await Promise.all([server.stop(), bare.stop()]);
    });
  }
}

test("without introspection the schema may not be asked for", async () => {
  const server = new ApolloServer<Context>({ gateway: asGateway(schema, openExecutor(schema)), documentStore: null });
  const options = { schema, plugins: [], execute: openExecutor(schema), maxTokens: 100, introspection: false };
  const pipeline = new Pipeline(server, { ...options, formatError: (formatted) => formatted });
  const { http, body } = await pipeline.run({ query: "{ __schema { types { name } } }" }, {} as Context);
  expect([http.status, body.kind === "single" && body.singleResult.errors?.[0]?.extensions?.code]).toEqual([
    400,
    "GRAPHQL_VALIDATION_FAILED",
  ]);
});
