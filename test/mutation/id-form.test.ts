import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { names, queryOf, toldBy } from "./walk.js";

const world = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

const isId = (name: string) => /(^id|Ids?)$/.test(name);

/** An input with its ids in other forms: numbers with zeros before them, hex digits in capitals. */
const inOtherForm = (value: unknown, ofIds = false): unknown => {
  if (Array.isArray(value)) return value.map((one) => inOtherForm(one, ofIds));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inOtherForm(inner, isId(name))]));
  }
  if (!ofIds || typeof value !== "string") return value;
  if (/^\d{1,9}$/.test(value)) return `00${value}`;
  return /^[0-9a-f]{24}$/.test(value) ? value.toUpperCase() : value;
};

/** An input with the first id of each list twice, the second time in another form. */
const doubled = (value: unknown, ofIds = false): unknown => {
  if (Array.isArray(value))
    return ofIds && value.length ? [...value, inOtherForm(value[0], true)] : value.map((one) => doubled(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, doubled(inner, isId(name))]));
};

const planned = async (name: string, input: unknown) => {
  const reply = await world.ask(queryOf(name), {
    ...{ variables: { input }, key: known[name]?.key, headers: { "x-affise-dry-run": "1" } },
  });
  const { dryRun, changes } = reply.extensions?.affise ?? {};
  const refusals = (reply.errors ?? []).map(({ message }) => message);
  return { dryRun, changes, told: toldBy(name, reply), refusals };
};

describe.each(names)("%s", (name) => {
  test("sends and tells the same in whichever form an id is given", async () => {
    const { input } = known[name] ?? {};
    expect(await planned(name, inOtherForm(input))).toEqual(await planned(name, input));
  });

  test("refuses an id that a list has twice, or takes it once", async () => {
    const { input } = known[name] ?? {};
    const twice = await planned(name, doubled(input));
    const said = [...twice.refusals, ...twice.told.map(({ error }) => error?.message)];
    if (said.some((message) => message?.includes("given twice"))) expect(twice.changes ?? []).toEqual([]);
    else expect(twice).toEqual(await planned(name, input));
  });
});

test("an id that stands in both of two opposite lists is refused in two forms, too", async () => {
  const { data } = await world.ask(
    'mutation { updateAffiliate(input: { id: 5, enabledOfferIds: [1], disabledOfferIds: ["01"] }) { outcome error { code argument } } }',
  );
  expect(data.updateAffiliate).toEqual({
    outcome: "NOT_SENT",
    error: { code: "BAD_USER_INPUT", argument: "input.enabledOfferIds" },
  });
});
