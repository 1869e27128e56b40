import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import { type Sample, samples } from "./sample.js";
import { names, queryOf, type Told, toldBy } from "./walk.js";

// What is looked up before a write lacks something deep inside a column on its way, or has something there that nobody knows.
const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const { world, proxy } = await openProxied(few, { session: { breakMs: 0 } });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

type Row = Record<string, unknown>;
const isObject = (value: unknown): value is Row => typeof value === "object" && value !== null;
const isRow = (value: unknown): value is Row => isObject(value) && !Array.isArray(value);

const rowsOf = (answer: unknown): Row[] =>
  Object.values(Object(answer)).flatMap((value) => (Array.isArray(value) ? value : [value]));

const cap = { period: "month", type: "clicks", value: 17 };
const forAll = { goal_type: "all", goals: [], affiliate_type: "all", affiliates: [], country_type: "all", country: [] };
const payout = { type: "fixed", currency: "usd", goal: "1", revenue: "1.50", total: 2, title: "Gold", url: "https://a.example" };
const exceptions = { strings: { read: ["0123456789abcdef01234567"] }, ints: { deny: [1] } };

/** What samples have little of, in all its parts. */
const rich: Row = {
  caps: [
    {
      ...cap,
      goal_type: "exact",
      goals: { "1": "" },
      affiliate_type: "exact",
      affiliates: [1],
      country_type: "exact",
      country: "us",
    },
    { ...cap, goal_type: "all", goals: [], affiliate_type: "each", affiliates: [], country_type: "all", country: null },
    { ...cap, ...forAll, sub_number: 2, sub_value: ["x"], current_value: 7 },
    { ...cap, ...forAll, value: 4711 },
  ],
  partner_payments: [
    {
      ...{ ...payout, id: "6f1c", with_regions: true, countries: ["US", "de"], country_exclude: true, devices: ["mobile"] },
      ...{ cities: [{ id: 4001, name: "Berlin", country_code: "DE" }], os: ["Android", "iOS"], sub1: ["a", "b"], sub9: ["c"] },
      ...{ custom_field1: ["x"], baseline_value: 3, partners: [2, 3] },
    },
  ],
  permissions: {
    general: { "entity-affiliate": { level: "deny", exceptions }, billing: { level: "read" } },
    stats: { "entity-account-manager": { level: "write", default_level: "read", exceptions } },
  },
};

interface Planned {
  sent: unknown;
  told: Told[];
}

const plan = async (name: string, change: (row: Row) => void): Promise<Planned> => {
  const { input, key } = known[name] ?? {};
  proxy.rewrite = (operation) => (answer) => {
    // What a key may do decides what a dry run says, and is no matter here.
    if (!operation.startsWith("GET ") || operation === "GET /3.1/user/me") return answer;
    for (const row of rowsOf(answer).filter(isRow)) {
      for (const [column, value] of Object.entries(rich)) if (column in row) row[column] = JSON.parse(JSON.stringify(value));
      change(row);
    }
    return answer;
  };
  const reply = await world.ask(queryOf(name), { variables: { input }, key, headers: { "x-affise-dry-run": "1" } });
  const told = toldBy(name, reply);
  expect(
    told.filter(({ error }) => error && (error.code !== "UPSTREAM_FAILED" || !error.message.endsWith("Nothing was sent."))),
  ).toEqual([]);
  return { sent: reply.extensions?.affise?.dryRun ?? [], told };
};

/** The ways to every object below a value, and to what each has. */
const waysIn = (value: unknown, way: string[] = []): string[][] =>
  isObject(value) ? [way, ...Object.entries(value).flatMap(([step, inner]) => waysIn(inner, [...way, step]))] : [way];

const at = (value: unknown, way: readonly string[]): unknown =>
  way.reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), value);

/** A plan with one of its columns changed. */
const changedIn = (sent: unknown, column: string, change: (value: unknown) => void): unknown => {
  const changed = structuredClone(sent) as { body: Row }[];
  for (const { body } of changed) change(body[column]);
  return changed;
};

const without = (way: readonly string[]) => (value: unknown) => {
  const parent = at(value, way.slice(0, -1));
  if (isRow(parent)) delete parent[way.at(-1) ?? ""];
};

const unheardOf = (way: readonly string[]) => (value: unknown) => {
  const part = at(value, way);
  if (isRow(part)) part.unheard_of = { of: ["kept"] };
};

const isRefused = ({ sent, told }: Planned) =>
  isDeepStrictEqual(sent, []) && told.length > 0 && told.every(({ error }) => error !== null);

const writtenBack = [
  ["addOfferCaps", "caps"],
  ["removeOfferCaps", "caps"],
  ["addAffiliatePayouts", "partner_payments"],
  ["removeAffiliatePayouts", "partner_payments"],
  ["copyOffer", "caps"],
  ["copyOffer", "partner_payments"],
  ["setUserPermissions", "permissions"],
  ["updatePreset", "permissions"],
] as const;

test("every column that a mutation reads to write it back whole, and that has parts, is walked", async () => {
  const found: string[] = [];
  for (const name of names.filter((one) => one !== "copyOffer")) {
    for (const column of Object.keys(rich)) {
      const lacking = await plan(name, (row) => delete row[column]);
      if (isRefused(lacking)) found.push(`${name} ${column}`);
    }
  }
  expect(found.sort()).toEqual(
    writtenBack
      .filter(([name]) => name !== "copyOffer")
      .map((one) => one.join(" "))
      .sort(),
  );
});

/** What stands there for data and not for a column: a map of goals, and cities, of which the id is written. */
const isData = (way: readonly string[]) => way.some((step) => step === "goals" || step === "cities");

describe.each(writtenBack)("%s writes %s back", (name, column) => {
  const ways = waysIn(rich[column]);
  const changed = (change: (value: unknown) => void) => plan(name, (row) => change(row[column]));

  test("without what a part of it lacks, or not at all", async () => {
    const { sent } = await changed(() => undefined);
    for (const way of ways.filter((one) => isRow(at(rich[column], one.slice(0, -1))) && !isData(one.slice(0, -1)))) {
      const lacking = await changed(without(way));
      if (isRefused(lacking)) continue;
      expect([sent, changedIn(sent, column, without(way))], way.join(".")).toContainEqual(lacking.sent);
    }
  });

  test("with what nobody here knows in a part of it", async () => {
    const { sent } = await changed(() => undefined);
    for (const way of ways.filter((one) => isRow(at(rich[column], one)) && !isData(one))) {
      const more = await changed(unheardOf(way));
      if (!isRefused(more)) expect(more.sent, way.join(".")).toEqual(changedIn(sent, column, unheardOf(way)));
    }
  });
});

test.each([
  ["addOfferCaps", "caps.0.value", "12345678901234567.89"],
  ["addOfferCaps", "caps.0.affiliates", ["x"]],
  ["addOfferCaps", "caps.0.period", ""],
  ["addAffiliatePayouts", "partner_payments.0.revenue", "12345678901234567.89"],
  ["addAffiliatePayouts", "partner_payments.0.total", 12345678901234568],
  ["addAffiliatePayouts", "partner_payments.0.sub1", ["a,b", "c"]],
  ["addAffiliatePayouts", "partner_payments.0.os", ["A,B"]],
  ["addAffiliatePayouts", "partner_payments.0.cities", [{ name: "Berlin" }]],
])("%s writes nothing where %s is %j: that cannot be sent as it is", async (name, way, value) => {
  const [column = "", ...steps] = way.split(".");
  const planned = await plan(name, (row) => {
    const part = at(row[column], steps.slice(0, -1));
    if (isRow(part)) part[steps.at(-1) ?? ""] = value;
  });
  expect(isRefused(planned)).toBe(true);
});

test("a payout that is for nobody stays, and a dry run tells the same", async () => {
  proxy.rewrite = (operation) => (answer) => {
    const [found] = rich.partner_payments as Row[];
    if (operation === "GET /3.0/offers")
      for (const row of rowsOf(answer).filter(isRow)) row.partner_payments = [found, { ...found, id: "0a", partners: [] }];
    return answer;
  };
  const { extensions } = await world.ask(
    "mutation { removeAffiliatePayouts(input: { offerIds: [3], affiliateIds: [2, 3] }) { results { outcome } } }",
    { headers: { "x-affise-dry-run": "1" } },
  );
  const { dryRun, changes } = extensions?.affise ?? {};
  expect(dryRun).toMatchObject([{ body: { partner_payments: [{ id: "0a", partners: [] }] } }]);
  expect(changes?.[0]?.after).toMatchObject({ affiliatePayouts: [{ payoutId: "0a" }] });
});
