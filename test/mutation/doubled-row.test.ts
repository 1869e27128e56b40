import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import { type Sample, samples } from "./sample.js";
import { names, queryOf, toldBy } from "./walk.js";

// Lists that are looked up have their first row twice, as a join of Affise's may, in pages as long as they are asked for.
const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const { world, proxy } = await openProxied(few, { session: { breakMs: 0 } });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

const doubling = (operation: string, url: URL) => {
  const limit = Number(url.searchParams.get("limit"));
  if (!operation.startsWith("GET ") || !limit) return undefined;
  return (answer: unknown) =>
    Object.fromEntries(
      Object.entries(Object(answer)).map(([name, rows]) => [
        name,
        Array.isArray(rows) && rows.length ? [rows[0], ...rows].slice(0, limit) : rows,
      ]),
    );
};

/** What is asked, without doubled rows and with them. */
const both = async <Told>(ask: () => Promise<Told>): Promise<[plain: Told, doubled: Told]> => {
  proxy.rewrite = undefined;
  const plain = await ask();
  proxy.rewrite = doubling;
  return [plain, await ask()];
};

describe.each(names)("%s", (name) => {
  test("sends the same where a row that is looked up comes twice", async () => {
    const { input, key } = known[name] ?? {};
    const [plain, doubled] = await both(async () => {
      const reply = await world.ask(queryOf(name), { variables: { input }, key, headers: { "x-affise-dry-run": "1" } });
      return { sent: reply.extensions?.affise?.dryRun, told: toldBy(name, reply), errors: reply.errors };
    });
    expect(plain.sent).not.toEqual([]);
    expect(doubled).toEqual(plain);
  });
});

test.each(["offers", "affiliates", "advertisers", "categories", "payments"])("%s by ids lose none", async (list) => {
  proxy.rewrite = undefined;
  const period = list === "payments" ? ', from: "2000-01-01", to: "2099-01-01"' : "";
  const { data } = await world.ask(`{ list: ${list}(first: 3${period}) { nodes { nodeId } } }`);
  const ids = (data.list as { nodes: { nodeId: string }[] }).nodes.map(({ nodeId }) => nodeId);
  const [plain, doubled] = await both(async () => {
    const reply = await world.ask("query ($ids: [ID!]!) { nodes(nodeIds: $ids) { nodeId } }", { variables: { ids } });
    return reply.data.nodes;
  });
  expect(plain).toEqual(ids.map((nodeId) => ({ nodeId })));
  expect(doubled).toEqual(plain);
});
