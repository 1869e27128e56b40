import { Agent } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { post } from "../world/send.js";
import { openWorld, type Reply, type World } from "../world/world.js";

let worlds: World[];
let one: World;
beforeAll(async () => {
  const first = await openWorld({ offers: 40, affiliates: 12, advertisers: 5, conversions: 200 });
  const second = await openWorld(
    { offers: 61, affiliates: 17, advertisers: 8, conversions: 300 },
    { session: { timeoutMs: 3_000 } },
  );
  // Both networks behind one server, whose callers have the same keys in both.
  one = await openWorld(
    { offers: 1, affiliates: 1, advertisers: 1, conversions: 0 },
    {
      tenants: [
        { name: "acme", url: first.upstream },
        { name: "beta", url: second.upstream },
      ],
      session: { timeoutMs: 3_000 },
    },
  );
  worlds = [first, second];
});
afterAll(() => Promise.all([one, ...worlds].map((world) => world.close())));

/** Each answer has something that only this key, or only this network, may see. */
const query = `query ($first: Int!) {
  viewer { __typename ... on User { id email } ... on Affiliate { id email } ... on Advertiser { id email } }
  offers(first: $first) { nodes { id title advertiser { id companyName } } totalCount }
  conversions(first: 20) { nodes { id affiliate { id } } }
}`;

interface Client {
  key: string;
  tenant: "acme" | "beta";
  first: number;
}

const ask = async (dispatcher: Agent, { key, tenant, first }: Client): Promise<Reply> => {
  const headers = { "api-key": key, "x-affise-tenant": tenant };
  const { text } = await post(`${one.url}/graphql`, { query, variables: { first } }, headers, { dispatcher });
  return JSON.parse(text) as Reply;
};

const spoil = (faults: object[]) =>
  Promise.all(
    worlds.map(({ upstream }) => fetch(`${upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify(faults) })),
  );

/** What is there must be what the key sees when it asks alone; a fault may take things away and never put others in. */
const within = (found: unknown, whole: unknown): boolean => {
  if (found === null || found === undefined) return true;
  if (typeof found !== "object") return found === whole;
  if (Array.isArray(found))
    return Array.isArray(whole) && found.length === whole.length && found.every((item, at) => within(item, whole[at]));
  return (
    typeof whole === "object" &&
    whole !== null &&
    Object.entries(found).every(([name, value]) => within(value, (whole as Record<string, unknown>)[name]))
  );
};

test("1,000 concurrent clients with mixed keys under random faults: every answer is its key's own", {
  timeout: 180_000,
}, async () => {
  const keys = sampleKeys.map(({ key }) => key);
  const kinds = keys.flatMap((key) =>
    (["acme", "beta"] as const).flatMap((tenant) => [3, 10].map((first) => ({ key, tenant, first }))),
  );
  const agent = new Agent({ connections: 1_000 });
  const alone = new Map<Client, Reply["data"]>();
  for (const client of kinds) alone.set(client, (await ask(agent, client)).data);
  expect(new Set([...alone.values()].map((data) => JSON.stringify(data))).size).toBeGreaterThan(12);

  await spoil([
    { operation: "*", kind: "delay", ms: 20, share: 0.2 },
    { operation: "*", kind: "status", share: 0.05 },
    { operation: "*", kind: "reset", share: 0.03 },
    { operation: "*", kind: "garbage", share: 0.03 },
    { operation: "GET /3.0/offers", kind: "truncate", share: 0.05 },
  ]);
  const clients = Array.from({ length: 1_000 }, (_, at) => kinds[at % kinds.length]).filter((client) => client !== undefined);
  const answers = await Promise.all(clients.map(async (client) => ({ client, reply: await ask(agent, client) })));
  const strange = answers.filter(({ client, reply }) => !within(reply.data, alone.get(client)));
  const whole = answers.filter(({ reply }) => !reply.errors).length;
  process.stdout.write(`isolation: ${answers.length} answers, ${whole} whole, ${strange.length} strange\n`);
  expect(strange).toEqual([]);
  expect(whole).toBeGreaterThan(50);
  await agent.destroy();
});
