import {
  type GraphQLArgument,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isListType,
} from "graphql";
import { idsPerCall, pageLimit } from "../affise/list/list.js";
import type { Operation } from "../contract/operation.js";
import { wholeArguments } from "./whole-read.js";

/** How a field's REST calls grow: one a row, one for as many rows as travel together, one for the whole operation. */
type Growth = "ROW" | "BATCH" | "OPERATION";

/** The REST calls that a field costs, as `@restCalls` says. */
export interface FieldCalls {
  operation?: Operation;
  growth: Growth;
  /** How many rows one call is made for: ids of a batch, rows of a page. */
  rowsPerCall: number;
  /** Whether the rows of the list itself count, and not those the field stands under. */
  ofItems: boolean;
  /** Whether there may be fewer. */
  atMost: boolean;
  /** The argument without which they are not made. */
  withArgument?: string;
}

/** What the directives of a field say of its cost. */
export interface FieldCost {
  type: GraphQLNamedType;
  isList: boolean;
  calls: readonly FieldCalls[];
  /** What one of its calls weighs, in rows. */
  weight: number;
  /** The arguments that may make the server read the whole list. */
  wholeArguments: readonly GraphQLArgument[];
  /** How long its list is; undefined where it is none, or none that counts. */
  size?: {
    /** The arguments that say it. */
    by: readonly string[];
    /** What is taken where no argument says it. */
    assumed: number;
    /** The fields inside that have so many rows; without any the list itself has. */
    fields: ReadonlySet<string>;
  };
}

interface RestCallsArgs {
  operation: Operation;
  per: Growth;
  ids?: string;
  ofItems: boolean;
  atMost: boolean;
  withArgument?: string;
}

const callsOf = ({ operation, per, ids, ofItems, atMost, withArgument }: RestCallsArgs, isSliced: boolean): FieldCalls => {
  const rowsPerCall = per === "BATCH" ? idsPerCall(operation, ids) : isSliced && !ofItems ? pageLimit(operation) : 1;
  return { operation, growth: per, rowsPerCall, ofItems, atMost, withArgument };
};

type Field = GraphQLField<unknown, unknown>;

/** What a call weighs where nothing says it. */
const usualWeight = 10;

/** Reads the costs of fields off their directives, each once. A field of the roots that says nothing makes one call. */
export const fieldCosts = (schema: GraphQLSchema): ((field: Field, parent: GraphQLNamedType) => FieldCost) => {
  const known = new WeakMap<Field, FieldCost>();
  const directive = (name: string): GraphQLDirective => {
    const found = schema.getDirective(name);
    if (!found) throw new Error(`The schema has no directive @${name}.`);
    return found;
  };
  const [cost, listSize, restCalls] = [directive("cost"), directive("listSize"), directive("restCalls")];

  const repeated = (field: Field): RestCallsArgs[] =>
    (field.astNode?.directives ?? []).flatMap((node) => {
      if (node.name.value !== restCalls.name) return [];
      const said: Record<string, unknown> | undefined = getDirectiveValues(restCalls, { directives: [node] });
      return said ? [said as RestCallsArgs & Record<string, unknown>] : [];
    });

  const read = (field: Field, parent: GraphQLNamedType): FieldCost => {
    const node = field.astNode ?? {};
    const sized = getDirectiveValues(listSize, node);
    const by = (sized?.slicingArguments ?? []) as string[];
    const calls = repeated(field).map((args) => callsOf(args, by.length > 0));
    const isRoot = parent === schema.getQueryType() || parent === schema.getMutationType();
    const unsaid: FieldCalls[] =
      isRoot && !calls.length ? [{ growth: "ROW", rowsPerCall: 1, ofItems: false, atMost: false }] : [];
    return {
      type: getNamedType(field.type),
      isList: isListType(getNullableType(field.type)),
      calls: [...calls, ...unsaid],
      weight: Number(getDirectiveValues(cost, node)?.weight ?? usualWeight),
      wholeArguments: wholeArguments(field),
      size: sized && {
        by,
        assumed: Number(sized.assumedSize ?? 0),
        fields: new Set((sized.sizedFields ?? []) as string[]),
      },
    };
  };

  return (field, parent) => {
    const found = known.get(field) ?? read(field, parent);
    known.set(field, found);
    return found;
  };
};
