import { Kind, type NameNode, parse, print, type SelectionNode, visit } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Example } from "../../playground/src/example/shape.js";
import { examples, givenBy, isMutation } from "../../playground/src/example.js";
import { openWorld, type World } from "../world/world.js";

const keys = { User: "sandbox-general-manager", Affiliate: "sandbox-affiliate", Advertiser: "sandbox-advertiser" };

type Node = Record<string, unknown>;
interface Connection {
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
const counting = (query: string): string =>
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

/** The outermost connections of an answer, by their path. */
const connectionsIn = (value: unknown, path = ""): [string, Connection][] => {
  if (!isObject(value)) return [];
  if ("pageInfo" in value) return [[path, value as unknown as Connection]];
  return Object.entries(value).flatMap(([key, inner]) => connectionsIn(inner, path ? `${path}.${key}` : key));
};

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const figures: Record<string, string> = {
  CONFIRMED_EARNINGS: "figures.conversions.confirmed.earnings",
  CONFIRMED_COUNT: "figures.conversions.confirmed.count",
  DAY: "slice.date",
};

const runs = Object.entries(keys).flatMap(([kind, key]) =>
  examples
    .filter((example) => !isMutation(example) && example.keys.some((one) => one === kind))
    .map((example) => [example.title, kind, key, example] as const),
);

describe("what an example says of its rows", { timeout: 60_000 }, () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });

  afterAll(() => world?.close());

  const run = async (query: string, key: string, variables: Record<string, unknown> | undefined) => {
    const { data, errors } = await world.ask(query, { key, variables });
    expect(errors).toBeUndefined();
    return data;
  };

  const variablesFor = async (example: Example, key: string) => {
    const found = example.find ? await run(example.find, key, undefined) : undefined;
    return example.variables?.(givenBy(found, new Date()));
  };

  const everyRow = async (query: string, path: string, key: string, variables: Record<string, unknown> | undefined) => {
    const rows: Node[] = [];
    for (let after: string | null = null; ; ) {
      const page: Connection | undefined = connectionsIn(await run(paged(query, 150, after), key, variables)).find(
        ([one]) => one === path,
      )?.[1];
      rows.push(...(page?.nodes ?? []));
      if (!page?.pageInfo.hasNextPage) return rows;
      after = page.pageInfo.endCursor;
    }
  };

  it.each(runs)("%s (%s): all of them, or so many as it says", async (_, __, key, example) => {
    const variables = await variablesFor(example, key);
    const query = counting(example.query);
    for (const [path, { totalCount, nodes }] of connectionsIn(await run(query, key, variables))) {
      const all = await everyRow(query, path, key, variables);
      expect(all, path).toHaveLength(totalCount);
      expect(nodes, path).toEqual(all.slice(0, nodes.length));
      const window = /\b[Tt]he (?:first )?(\d+)\b|\b(ten) /.exec(example.about);
      const said = window && (window[2] ? 10 : Number(window[1]));
      expect(nodes.length, `${path} of "${example.about}"`).toBe(said ? Math.min(said, totalCount) : totalCount);

      const order = /orderBy: \{ field: (\w+)/.exec(example.query)?.[1];
      if (!order) {
        // What the page sorts itself has to be there.
        if (example.sort) expect(nodes).toHaveLength(totalCount);
        continue;
      }
      const column = figures[order] ?? "";
      const values = all.map((row) => at(row, column) as number | string);
      const sorted = [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
      expect(values).toEqual(/direction: ASC/.test(example.query) ? sorted : sorted.reverse());
    }
  });

  it("the fullest caps are those that Affise's own lists have", async () => {
    const rest = async (path: string) =>
      (await (await fetch(`${world.upstream}${path}`, { headers: { "API-Key": keys.User } })).json()) as Record<string, unknown>;
    const offers: { id: number; caps: { value: number }[] }[] = [];
    for (let page = 1; ; page += 1) {
      const answer = (await rest(`/3.0/offers?status[]=active&limit=200&page=${page}`)) as { offers: typeof offers };
      offers.push(...answer.offers);
      if (answer.offers.length < 200) break;
    }
    const example = examples.find(({ title }) => title === "Which caps are nearly full?") as Example;
    const [[, { nodes }]] = connectionsIn(await run(counting(example.query), keys.User, undefined)) as [[string, Connection]];
    expect(nodes.map(({ id }) => Number(id)).sort()).toEqual(offers.map(({ id }) => id).sort());
    expect(nodes.flatMap(({ caps }) => caps)).toHaveLength(offers.flatMap(({ caps }) => caps).length);
  });
});
