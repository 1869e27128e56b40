import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextDidResolveSource,
  GraphQLRequestContextExecutionDidStart,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextValidationDidStart,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from "@apollo/server";
import type { Context } from "../context.js";

/** What is there at once, or comes. A hook that does nothing that takes time answers at once, and costs no turn of the event loop. */
type Pending<T> = T | Promise<T>;

type End<Failure> = (failure?: Failure) => Pending<void>;

/**
 * What a plugin does for one request: Apollo's hooks by Apollo's names, in the order in which they are called. Two of Apollo's are left out,
 * for what this server never does: answers in parts. `willResolveField` is out because it would be called for each field of each row.
 */
export interface Listener<C extends object = Context> {
  didResolveSource?(request: GraphQLRequestContextDidResolveSource<C>): Pending<void>;
  parsingDidStart?(request: GraphQLRequestContextDidResolveSource<C>): Pending<End<Error> | undefined>;
  validationDidStart?(request: GraphQLRequestContextValidationDidStart<C>): Pending<End<readonly Error[]> | undefined>;
  didResolveOperation?(request: GraphQLRequestContextDidResolveOperation<C>): Pending<void>;
  responseForOperation?(request: GraphQLRequestContextResponseForOperation<C>): Pending<GraphQLResponse | null>;
  executionDidStart?(request: GraphQLRequestContextExecutionDidStart<C>): Pending<{ executionDidEnd?: End<Error> } | undefined>;
  didEncounterErrors?(request: GraphQLRequestContextDidEncounterErrors<C>): Pending<void>;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<C>): Pending<void>;
}

/** Whatever looks at operations is one of these, in the one list of `apollo.ts`. One that has nothing to do for a request gives no listener. */
export interface Plugin<C extends object = Context> extends Omit<ApolloServerPlugin<C>, "requestDidStart"> {
  requestDidStart(request: GraphQLRequestContext<C>): Pending<Listener<C> | undefined>;
}
