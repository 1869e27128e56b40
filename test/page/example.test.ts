import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples, isMutation } from "../../playground/src/example/example.js";
import type { Example } from "../../playground/src/example/shape.js";
import { openWorld, type World } from "../world/world.js";
import { type Connection, connectionsIn, counting, everyRow, keys, type Node, run, runs, variablesFor } from "./full-data.js";

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((inner, key) => (inner as Node | null | undefined)?.[key], value);

const figures: Record<string, string> = {
  CONFIRMED_EARNINGS: "figures.conversions.confirmed.earnings",
  CONFIRMED_COUNT: "figures.conversions.confirmed.count",
  DAY: "slice.date",
};

it.each(examples.filter(isMutation))("$title: asks what became of each item", ({ query }) => {
  expect(query).toMatch(/\boutcome\b/);
  expect(query).toMatch(/\berror \{[^}]*message/);
});

describe("what an example says of its rows", { timeout: 60_000 }, () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });

  afterAll(() => world?.close());

  it.each(runs)("%s (%s): all of them, or so many as it says", async (_, __, key, example) => {
    const variables = await variablesFor(world, example, key);
    const query = counting(example.query);
    for (const [path, { totalCount, nodes }] of connectionsIn(await run(world, query, key, variables))) {
      const all = await everyRow(world, query, path, key, variables);
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
    const rowsOf = async (query: string) => {
      const [[, { nodes }]] = connectionsIn(await run(world, counting(query), keys.User, undefined)) as [[string, Connection]];
      expect(nodes.map(({ id }) => Number(id)).sort()).toEqual(offers.map(({ id }) => id).sort());
      return nodes.flatMap(({ caps }) => (caps ?? []) as { usage: { percent: number } | null }[]);
    };
    const all = await rowsOf(example.query.replace("(fullerThan: 80)", ""));
    expect(all).toHaveLength(offers.flatMap(({ caps }) => caps ?? []).length);
    expect(await rowsOf(example.query)).toEqual(all.filter(({ usage }) => (usage?.percent ?? 0) > 80));
  });
});
