export { apolloCacheOptions, graphcacheKeys, type PagedField, relayDataId } from "./cache.js";
export { type Client, type ClientOptions, createClient, type RequestOptions, type Result, type TypedDocument } from "./client.js";
export { AnswerError, type ClientError, type Fault, NoAnswerError, type Outcome } from "./error.js";
export * from "./generated/graphql.js";
export { type ErrorCode, errorCodes } from "./generated/schema.js";
export { dayOf, instantOf } from "./scalar.js";
