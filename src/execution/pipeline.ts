import { createHash } from "node:crypto";
import {
  type ApolloServer,
  type GraphQLRequest,
  type GraphQLRequestContext,
  type GraphQLResponse,
  HeaderMap,
} from "@apollo/server";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  type ValidationRule,
  validate,
} from "graphql";
import type { Context } from "../context.js";
import { argumentWords } from "./argument-words.js";
import { inWords, parsed } from "./document.js";
import type { Executor } from "./executor.js";
import type { Listener, Plugin, WillResolveField } from "./plugin.js";
import { refusal } from "./refusal.js";
import { combineRules, quickRules } from "./rules.js";

export interface PipelineOptions {
  schema: GraphQLSchema;
  plugins: readonly Plugin[];
  execute: Executor;
  formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
  /** The most tokens of a document. */
  maxTokens: number;
  introspection: boolean;
  /** Where the text of an automatic persisted query is kept, once it is valid. */
  persisted?: { set(text: string): Promise<unknown> };
}

/** What a hook of a plugin is called with. */
type Of<Hook extends keyof Listener> = Parameters<NonNullable<Listener[Hook]>>[0];

/** Of Apollo's request context, what concerns its cache policies, which this server has none of. */
const noPolicy: GraphQLRequestContext<Context>["overallCachePolicy"] = {
  maxAge: undefined,
  scope: undefined,
  restrict() {},
  replace() {},
  policyIfCacheable: () => null,
};

/** An error with a code, and a status for the answer unless it has its own. */
const coded = (error: GraphQLError, code: string, status?: number): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    originalError: error.originalError ?? error,
    extensions: { ...(status ? { http: { status } } : {}), ...error.extensions, code },
  });

const asGraphQLError = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(`Unexpected error value: ${String(error)}`);
  return new GraphQLError(originalError.message, { originalError });
};

/** The faults that a validation found, together. */
class Invalid extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super();
  }
}

type Head = GraphQLResponse["http"];

/** What an error or a plugin says of the HTTP answer. */
interface HeadPart {
  status?: number;
  headers?: Iterable<readonly [string, string]>;
}

const merge = (into: Head, { status, headers }: HeadPart): void => {
  if (status) into.status = status;
  for (const [name, value] of headers ?? []) into.headers.set(name, value);
};

/** One request on its way, as plugins see it. */
class Run implements GraphQLRequestContext<Context> {
  readonly response: GraphQLRequestContext<Context>["response"] = { http: { status: undefined, headers: new HeaderMap() } };
  readonly metrics: GraphQLRequestContext<Context>["metrics"] = {};
  readonly overallCachePolicy = noPolicy;
  readonly requestIsBatched = false;
  readonly listeners: Listener[] = [];
  source: string | undefined;
  document: DocumentNode | undefined;
  operation: OperationDefinitionNode | undefined;
  operationName: string | null | undefined;
  errors: readonly GraphQLError[] | undefined;

  constructor(
    private readonly apollo: ApolloServer<Context>,
    readonly schema: GraphQLSchema,
    readonly request: GraphQLRequest,
    readonly contextValue: Context,
  ) {}

  get logger() {
    return this.apollo.logger;
  }
  get cache() {
    return this.apollo.cache;
  }
  get queryHash(): string | undefined {
    return this.source === undefined ? undefined : createHash("sha256").update(this.source).digest("hex");
  }

  /** Calls a hook of one listener after the other, so that what one refuses the next does not hear of. Gives a promise only where one does. */
  tell(hook: (listener: Listener) => unknown, from = 0): Promise<void> | undefined {
    for (let index = from; index < this.listeners.length; index += 1) {
      const told = hook(this.listeners[index] as Listener);
      if (told instanceof Promise) return told.then(() => this.tell(hook, index + 1));
    }
    return undefined;
  }

  /** Calls a hook that gives what to call at its end; the ends are called the last first. */
  async begin<Failure>(hook: (listener: Listener) => unknown): Promise<(failure?: Failure) => Promise<void>> {
    const ends: ((failure?: Failure) => unknown)[] = [];
    for (const listener of this.listeners) {
      const end = await hook(listener);
      if (typeof end === "function") ends.unshift(end as (failure?: Failure) => unknown);
    }
    return async (failure) => {
      for (const end of ends) await end(failure);
    };
  }
}

/**
 * The way of every operation, as Apollo's request pipeline goes it: the same plugins, the same hooks in the same order, the same answers, which
 * `test/execution/pipeline.test.ts` holds against `executeOperation`. Apollo's own awaits each hook of each plugin and hashes each text, which
 * together cost more than most operations. Here, what answers at once is over at once.
 */
export class Pipeline {
  private readonly rules: readonly ValidationRule[];

  constructor(
    private readonly apollo: ApolloServer<Context>,
    private readonly options: PipelineOptions,
  ) {
    this.rules = [combineRules(options.introspection ? quickRules : [...quickRules, NoSchemaIntrospectionCustomRule])];
  }

  async run(request: GraphQLRequest, contextValue: Context): Promise<GraphQLResponse> {
    const run = new Run(this.apollo, this.options.schema, request, contextValue);
    try {
      for (const plugin of this.options.plugins) {
        const begun = plugin.requestDidStart(run);
        const listener = begun instanceof Promise ? await begun : begun;
        if (listener) run.listeners.push(listener);
      }
      if (!request.query) throw refusal("BAD_REQUEST", "The request has no query.");
      run.source = request.query;
      const told = run.tell((listener) => listener.didResolveSource?.(run as Of<"didResolveSource">));
      if (told) await told;
      if (!run.document) await this.parse(run, run.source);
      const resolved = this.resolveOperation(run);
      if (resolved) await resolved;
      const answered = run.listeners.some((listener) => listener.responseForOperation)
        ? await this.answerOfPlugin(run)
        : undefined;
      if (answered) {
        run.response.body = answered.body;
        merge(run.response.http, answered.http);
      } else {
        await this.execute(run);
      }
    } catch (error) {
      const errors = error instanceof Invalid ? error.errors : [asGraphQLError(error)];
      run.response.body = { kind: "single", singleResult: { errors: await this.formatted(run, errors) } };
      run.response.http.status ??= 500;
    }
    const told = run.tell((listener) => listener.willSendResponse?.(run as Of<"willSendResponse">));
    if (told) await told;
    return run.response as GraphQLResponse;
  }

  private async parse(run: Run, source: string): Promise<void> {
    const ended = await run.begin<Error>((listener) => listener.parsingDidStart?.(run as Of<"didResolveSource">));
    try {
      run.document = parsed(source, this.options.maxTokens);
    } catch (error) {
      await ended(error as Error);
      throw coded(asGraphQLError(error), "GRAPHQL_PARSE_FAILED", 400);
    }
    await ended();
    const validated = await run.begin<readonly Error[]>((listener) =>
      listener.validationDidStart?.(run as Of<"validationDidStart">),
    );
    const errors = validate(this.options.schema, run.document, this.rules);
    await validated(errors.length ? errors : undefined);
    if (errors.length) throw new Invalid(errors.map((error) => coded(inWords(error), "GRAPHQL_VALIDATION_FAILED", 400)));
  }

  private resolveOperation(run: Run): Promise<void> | undefined {
    const { request, document } = run;
    run.operation = (document && getOperationAST(document, request.operationName)) || undefined;
    run.operationName = run.operation?.name?.value ?? null;
    const type = run.operation?.operation;
    if (request.http?.method === "GET" && type && type !== "query") {
      run.response.http.headers.set("allow", "POST");
      throw refusal("BAD_REQUEST", `GET takes queries only, and this is a ${type}; send it by POST.`, {}, 405);
    }
    const told = run.tell((listener) => listener.didResolveOperation?.(run as Of<"didResolveOperation">));
    return told ? told.then(() => this.keep(run)) : this.keep(run);
  }

  /** Keeps the text of a persisted query, now that it is valid and allowed. */
  private keep({ request, source }: Run): undefined {
    if (source && request.extensions?.persistedQuery) void this.options.persisted?.set(source);
    return undefined;
  }

  private async answerOfPlugin(run: Run): Promise<GraphQLResponse | undefined> {
    for (const listener of run.listeners) {
      const told = listener.responseForOperation?.(run as Of<"executionDidStart">);
      const answer = told instanceof Promise ? await told : told;
      if (answer) return answer;
    }
    return undefined;
  }

  private async execute(run: Run): Promise<void> {
    const { request, contextValue: context, document, operation } = run as Of<"executionDidStart">;
    let willResolveField: WillResolveField | undefined;
    const ended = run.listeners.some((listener) => listener.executionDidStart)
      ? await run.begin<Error>(async (listener) => {
          const started = await listener.executionDidStart?.(run as Of<"executionDidStart">);
          willResolveField ??= started?.willResolveField;
          return started?.executionDidEnd;
        })
      : undefined;
    let result: ExecutionResult;
    try {
      const { operationName, variables } = request;
      result = await this.options.execute({ document, operation, operationName, variables, context, willResolveField });
    } catch (error) {
      await ended?.(error as Error);
      throw error;
    }
    const { errors, ...rest } = result;
    run.response.body = { kind: "single", singleResult: rest };
    if (errors) {
      // Without data nothing ran: the variables do not fit.
      const isRefused = result.data === undefined;
      const told = isRefused ? errors.map((one) => (one.extensions.code ? one : coded(one, "BAD_USER_INPUT"))) : errors;
      run.response.body.singleResult.errors = await this.formatted(run, told);
      if (isRefused) run.response.http.status ??= 400;
    }
    await ended?.();
  }

  /** Errors as they are told, once plugins have seen them; what they say of the answer's status and headers goes there. */
  private async formatted(run: Run, errors: readonly GraphQLError[]): Promise<GraphQLFormattedError[]> {
    run.errors = errors.map(argumentWords(run));
    await run.tell((listener) => listener.didEncounterErrors?.(run as Of<"didEncounterErrors">));
    return run.errors.map((error) => {
      const { http, ...extensions } = error.extensions;
      if (http) merge(run.response.http, http as HeadPart);
      const code = extensions.code ?? "INTERNAL_SERVER_ERROR";
      return this.options.formatError({ ...error.toJSON(), extensions: { ...extensions, code } }, error);
    });
  }
}
