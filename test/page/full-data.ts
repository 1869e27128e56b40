import { Kind, type NameNode, parse, print, type SelectionNode, visit } from "graphql";
import { examples, givenBy, isMutation } from "../../playground/src/example/example.js";
import type { Example } from "../../playground/src/example/shape.js";
import type { World } from "../world/world.js";

/** A key of the sandbox for each kind of owner. */
export const keys = { User: "sandbox-general-manager", Affiliate: "sandbox-affiliate", Advertiser: "sandbox-advertiser" };

export type Node = Record<string, unknown>;
export interface Connection {
  totalCount: number;
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const name = (value: string): NameNode => ({ kind: Kind.NAME, value });

const selections = (text: string): readonly SelectionNode[] => {
  const [operation] = parse(text).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
};

/** The query, asking every connection how much there is, too. */
export const counting = (query: string): string =>
  print(
    visit(parse(query), {
      enter: (set) =>
        set.kind === Kind.SELECTION_SET && set.selections.some((one) => one.kind === "Field" && one.name.value === "nodes")
          ? {
              ...set,
              selections: [
                ...set.selections.filter((one) => one.kind !== "Field" || one.name.value === "nodes"),
                ...selections("{ totalCount pageInfo { hasNextPage endCursor } }"),
              ],
            }
          : undefined,
    }),
  );

/** The query as somebody asks it who reads page by page: of its connections so many rows, behind a cursor. */
const paged = (query: string, first: number, after: string | null): string =>
  print(
    visit(parse(query), {
      enter: (node) => {
        if (node.kind !== Kind.FIELD) return undefined;
        const pages = node.selectionSet?.selections.some((one) => one.kind === "Field" && one.name.value === "pageInfo");
        if (!pages) return undefined;
        const kept = (node.arguments ?? []).filter(({ name: { value } }) => value !== "first" && value !== "after");
        const own = [
          { kind: "Argument", name: name("first"), value: { kind: "IntValue", value: String(first) } },
          ...(after ? [{ kind: "Argument", name: name("after"), value: { kind: "StringValue", value: after } }] : []),
        ];
        return { ...node, arguments: [...kept, ...own] };
      },
    }),
  );

const isObject = (value: unknown): value is Node => typeof value === "object" && value !== null;
const isConnection = (value: object): value is Connection => "pageInfo" in value;

/** The outermost connections of an answer, by their path. */
export const connectionsIn = (value: unknown, path = ""): [string, Connection][] => {
  if (!isObject(value)) return [];
  if (isConnection(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => connectionsIn(inner, path ? `${path}.${key}` : key));
};

/** Every example that reads, with each kind of key that may run it. */
export const runs = Object.entries(keys).flatMap(([kind, key]) =>
  examples
    .filter((example) => !isMutation(example) && example.keys.some((one) => one === kind))
    .map((example) => [example.title, kind, key, example] as const),
);

export type Variables = Record<string, unknown> | undefined;

/** Runs a query that must not fail. */
export const run = async (world: World, query: string, key: string, variables: Variables): Promise<Node> => {
  const { data, errors } = await world.ask(query, { key, variables });
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

/** The variables that the page would fill in; what the key may not find stays out. */
export const variablesFor = async (world: World, example: Example, key: string): Promise<Variables> => {
  const found = example.find ? (await world.ask(example.find, { key })).data : undefined;
  return example.variables?.(givenBy(found, new Date()));
};

/** All rows of one list of a query, read page by page. */
export const everyRow = async (world: World, query: string, path: string, key: string, variables: Variables): Promise<Node[]> => {
  const rows: Node[] = [];
  for (let after: string | null = null; ; ) {
    const data = await run(world, paged(query, 150, after), key, variables);
    const page: Connection | undefined = connectionsIn(data).find(([one]) => one === path)?.[1];
    rows.push(...(page?.nodes ?? []));
    if (!page?.pageInfo.hasNextPage) return rows;
    after = page.pageInfo.endCursor;
  }
};
