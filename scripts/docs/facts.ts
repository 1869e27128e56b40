import { type GraphQLEnumValue, type GraphQLField, type GraphQLNamedType, type GraphQLSchema, isObjectType } from "graphql";
import { type Operation, operationInfo, operations } from "../../src/contract/operation.js";
import { type FieldCalls, fieldCosts } from "../../src/execution/field-cost.js";
import { usualColumns } from "../../src/graph/column/column.js";
import { columnsAsked, columnsByType } from "./row-schema.js";

export type OutputField = GraphQLField<unknown, unknown>;

/** What is known of a field beside its description; what is unknown is left out. */
export interface Facts {
  /** The words of Affise's panel and of its API. */
  panel?: string;
  wire?: string;
  operations: readonly Operation[];
  /** Whose keys may ask, in words. */
  who?: string;
  cost?: string;
}

const kinds: Readonly<Record<string, string>> = {
  admin: "network users' keys",
  affiliate: "affiliates' keys",
  advertiser: "advertisers' keys",
};

const inWords = (list: readonly string[]): string =>
  list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The sentences of a description that say who may have something. */
const saidOf = (description: string): string =>
  [...description.replaceAll(/\s+/g, " ").matchAll(/[^.]*?\b(?:keys?\b|[Nn]ot shown to|[Oo]nly for)[^.]*\./g)]
    .map(([sentence]) => sentence.trim())
    .filter((sentence) => /\b(network users|affiliates?|advertisers?|General manager|every key|own key)\b/.test(sentence))
    .join(" ");

const audienceOf = (names: readonly Operation[]): string | undefined => {
  const infos = names.map((name) => operationInfo(name));
  if (infos.some(({ needsKey }) => !needsKey)) return "No key is needed.";
  const audience = Object.keys(kinds).filter((kind) => infos.some((info) => info.audience.includes(kind)));
  if (audience.length === Object.keys(kinds).length) return "Every kind of key.";
  return audience.length ? `${capitalised(inWords(audience.map((kind) => kinds[kind] ?? kind)))}.` : undefined;
};

/** "(panel: Payout; wire: revenue)" and "the panel says Paused": the other vocabularies, as descriptions have them. */
const wordsOf = (description: string): Pick<Facts, "panel" | "wire"> => {
  const said = (pattern: RegExp) => pattern.exec(description)?.[1]?.trim();
  const both = said(/\(panel and wire: ([^;)]+)/);
  return {
    panel: both ?? said(/\(panel: ([^;)]+)/) ?? said(/panel says ([A-Z][\w -]*?)[.;,]/),
    wire: both ?? said(/wire: ([^;)]+)/),
  };
};

const callsInWords = ({ growth, rowsPerCall, ofItems, atMost, operation }: FieldCalls, isList: boolean): string => {
  const rows = ofItems ? "rows of this list" : "rows it stands under";
  const most = atMost ? ", at most" : "";
  const name = operation ? `\`${operation}\`: ` : "";
  if (growth === "OPERATION") return `${name}one call for the whole operation${most}`;
  if (growth === "BATCH") return `${name}one call for each ${rowsPerCall} ${rows}${most}`;
  if (isList && !ofItems) return `${name}one call for each page of ${rowsPerCall} rows${most}`;
  return `${name}one call for each of the ${rows}${most}`;
};

/** Which operations write for each mutation, as the list of coverage has them. */
const writersIn = (coverage: string): ReadonlyMap<string, Operation[]> => {
  const found = new Map<string, Operation[]>();
  for (const [, operation = "", fields = ""] of coverage.matchAll(/^\| `((?:POST|DELETE) [^`]+)` \| (.*) \|$/gm)) {
    if (!(operations as ReadonlyMap<string, unknown>).has(operation)) continue;
    for (const [, name = ""] of fields.matchAll(/`Mutation\.(\w+)`/g))
      found.set(name, [...(found.get(name) ?? []), operation as Operation]);
  }
  return found;
};

/** Reads what the schema's directives, the contract and the resolvers say of each field. */
export const factsReader = async (schema: GraphQLSchema, coverage: string) => {
  const [columns, costOf, writers] = [await columnsByType(schema), fieldCosts(schema), writersIn(coverage)];

  const costInWords = (field: OutputField, parent: GraphQLNamedType): string => {
    if (parent === schema.getMutationType())
      return "A REST call for each thing it changes, at most, and one for each 200 that are looked up before.";
    const { calls, size, weight } = costOf(field, parent);
    const isPaged = size !== undefined && size.by.length > 0;
    const rows = size && !size.by.length && size.assumed ? ` It is taken to have ${size.assumed} rows.` : "";
    if (!calls.length) return `No REST call of its own.${rows}`;
    const each = calls.map((one) => callsInWords(one, isPaged)).join("; or ");
    return `${capitalised(each)}. A call weighs ${weight}, a row 1.${rows}`;
  };

  const wireOf = async (field: OutputField, parent: GraphQLNamedType): Promise<string | undefined> => {
    if (!isObjectType(parent)) return undefined;
    const known = columns.get(parent.name);
    const asked = [...(await columnsAsked(field))].filter((name) => known?.has(name));
    const usual = usualColumns(field.name);
    const own = asked.filter((name) => !usual.includes(name));
    const names = own.length ? asked : asked.slice(0, 1);
    // A field that asks an operation of its own needs the row's id alone.
    const isKeyOnly = names.every((name) => name === "id") && !/id$/i.test(field.name);
    return names.length && names.length <= 6 && !isKeyOnly ? names.join(", ") : undefined;
  };

  return {
    async ofField(field: OutputField, parent: GraphQLNamedType): Promise<Facts> {
      const description = field.description ?? "";
      const said = wordsOf(description);
      const isMutation = parent === schema.getMutationType();
      const named = costOf(field, parent).calls.flatMap(({ operation }) => operation ?? []);
      const called = isMutation ? (writers.get(field.name) ?? []) : [...new Set(named)];
      return {
        panel: said.panel,
        wire: said.wire ?? (await wireOf(field, parent)),
        operations: called,
        who: saidOf(description) || audienceOf(called),
        cost: costInWords(field, parent),
      };
    },
    ofInput(description: string): Facts {
      return { ...wordsOf(description), operations: [], who: saidOf(description) || undefined };
    },
    ofValue({ name, value, description }: GraphQLEnumValue): Facts {
      const said = wordsOf(description ?? "");
      const wire = typeof value === "string" || typeof value === "number" ? String(value) : undefined;
      return { panel: said.panel, wire: said.wire ?? (wire === name ? undefined : wire), operations: [] };
    },
  };
};

export type FactsReader = Awaited<ReturnType<typeof factsReader>>;
