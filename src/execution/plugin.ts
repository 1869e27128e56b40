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
  GraphQLRequestExecutionListener,
  GraphQLResponse,
} from "@apollo/server";
import type { Context } from "../context.js";

/** What is there at once, or comes. A hook that does nothing that takes time answers at once, and costs no turn of the event loop. */
type Pending<T> = T | Promise<T>;

type End<Failure> = (failure?: Failure) => Pending<void>;

/** Called before each field of each row; what it gives is called once the field has its value. For requests alone that ask to be followed so closely. */
export type WillResolveField = NonNullable<GraphQLRequestExecutionListener<object>["willResolveField"]>;

/** What a plugin does while an operation runs. Of several `willResolveField` the first is called. */
interface ExecutionListener {
  executionDidEnd?: End<Error>;
  willResolveField?: WillResolveField;
}

/**
 * What a plugin does for one request: Apollo's hooks by Apollo's names, in the order in which they are called. Left out are Apollo's two of
 * answers in parts, which this server never gives.
 */
export interface Listener<C extends object = Context> {
  didResolveSource?(request: GraphQLRequestContextDidResolveSource<C>): Pending<void>;
  parsingDidStart?(request: GraphQLRequestContextDidResolveSource<C>): Pending<End<Error> | undefined>;
  validationDidStart?(request: GraphQLRequestContextValidationDidStart<C>): Pending<End<readonly Error[]> | undefined>;
  didResolveOperation?(request: GraphQLRequestContextDidResolveOperation<C>): Pending<void>;
  responseForOperation?(request: GraphQLRequestContextResponseForOperation<C>): Pending<GraphQLResponse | null>;
  executionDidStart?(request: GraphQLRequestContextExecutionDidStart<C>): Pending<ExecutionListener | undefined>;
  didEncounterErrors?(request: GraphQLRequestContextDidEncounterErrors<C>): Pending<void>;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<C>): Pending<void>;
}

/** Whatever looks at operations is one of these, in the one list of `apollo.ts`. One that has nothing to do for a request gives no listener. */
export interface Plugin<C extends object = Context> extends Omit<ApolloServerPlugin<C>, "requestDidStart"> {
  requestDidStart(request: GraphQLRequestContext<C>): Pending<Listener<C> | undefined>;
}

/** A plugin that listens to all requests alike. */
export const pluginOf = (listener: Listener): Plugin => ({ requestDidStart: () => listener });
