import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLInputObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { withArguments } from "../../affise/error/caller-words.js";
import { AffiseError, DryRun } from "../../affise/error/error.js";
import type { CallRecord } from "../../affise/scope.js";
import type { Context } from "../../context.js";
import type { IdArguments } from "../column/id-argument.js";
import { withoutNulls } from "../column/null-argument.js";
import { selectedFields } from "../column/selected-fields.js";
import { standIn } from "../column/stand-in.js";
import { withFaults } from "./fault.js";
import { checkInput, isWithin } from "./input.js";
import { done, type Settled, settledBy, unreadableLookUp } from "./outcome.js";
import { previewOf } from "./preview.js";

/** Whether a mutation is about one thing: then its payload has the outcome, else each of its results has one. */
const isSingle = ({ type }: GraphQLField<unknown, unknown>) => {
  const payload = getNamedType(type);
  return isObjectType(payload) && "outcome" in payload.getFields();
};

/** A caller who asks for the outcome gets it as data; to any other a mutation that failed is an error, which nobody can miss. */
const wantsOutcome = (info: GraphQLResolveInfo): boolean => {
  const fields = selectedFields(info, []);
  return fields.has("outcome") || fields.has("error");
};

/** What stopped a mutation after its writes came after them: they are as done as their answers say. */
const settledAfter = (error: unknown, writes: readonly CallRecord[]): Settled => {
  const settled = settledBy(error);
  const isAboutWrite = error instanceof AffiseError && error.extensions.outcome !== undefined;
  if (isAboutWrite || !writes.length) return settled;
  return writes.every(({ outcome }) => outcome === "DONE") ? done : { ...settled, outcome: "UNKNOWN" };
};

const failed = (thrown: unknown, info: GraphQLResolveInfo, single: boolean, writes: readonly CallRecord[]): unknown => {
  const error = unreadableLookUp(thrown);
  const settled = settledAfter(error, writes);
  if (single && settled === done) return standIn({ ...done }, error);
  if (single && error instanceof DryRun) return { ...error.found, ...settled };
  if (single && (settled.error === null || wantsOutcome(info))) return settled;
  if (!(error instanceof AffiseError)) throw error;
  const { code, ...details } = error.extensions;
  throw new AffiseError(code, error.message, { ...details, outcome: settled.outcome as never }, error.cause);
};

/** So many letters of JSON does a dry run tell of changes: on those after them nobody reads. */
const mostLetters = 1_000_000;

/** Notes what a dry run would change; that it cannot be told must not hide what would be sent. */
const preview = async (
  schema: GraphQLSchema,
  mutation: string,
  input: GraphQLInputObjectType,
  args: Readonly<Record<string, unknown>>,
  request: Context,
): Promise<void> => {
  try {
    const changes = await previewOf(schema, mutation, input, args.input as Record<string, unknown>, request);
    let letters = JSON.stringify(request.plannedChanges).length;
    for (const change of changes) {
      letters += JSON.stringify(change).length;
      if (letters > mostLetters) return;
      request.plannedChanges.push(change);
    }
  } catch (error) {
    request.reportFault(error);
  }
};

const guarded = (field: GraphQLField<unknown, unknown>, ids: IdArguments): GraphQLFieldResolver<unknown, unknown> => {
  const plain = ids.of(field);
  const resolve = field.resolve ?? defaultFieldResolver;
  const single = isSingle(field);
  const input = getNamedType(field.args[0]?.type);
  const isArgument = (path: string) => {
    const [name, ...steps] = path.split(".");
    const argument = field.args.find((one) => one.name === name);
    return argument !== undefined && isWithin(argument.type, steps);
  };
  return async (source, given, context, info) => {
    const request = context as Context;
    const before = request.calls.length;
    const planned = request.planned?.length ?? 0;
    let args = withoutNulls(given as Record<string, unknown>);
    try {
      if (plain) args = plain(args);
      checkInput(field.args, args);
      request.mutation = String(info.path.key);
      const payload: unknown = await withFaults(request.reportFault, () =>
        withArguments(isArgument, () => resolve(source, args, context, info)),
      );
      return single ? { ...done, ...(payload as object) } : payload;
    } catch (error) {
      const writes = request.calls.slice(before).filter(({ outcome }) => outcome !== undefined && outcome !== "NOT_SENT");
      return withFaults(request.reportFault, () => failed(error, info, single, writes));
    } finally {
      const isPlanned = (request.planned?.length ?? 0) > planned;
      if (isPlanned && isInputObjectType(input)) await preview(info.schema, field.name, input, args, request);
    }
  };
};

/** Puts around every mutation what holds for all: its input is checked before anything is asked or sent, and its fate is told in one form. */
export const guardMutations = (schema: GraphQLSchema, ids: IdArguments): GraphQLSchema => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) field.resolve = guarded(field, ids);
  return schema;
};
