import { type GraphQLInputObjectType, getNamedType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type Reply } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { fieldOf, names, payloadOf, toldBy, writesIn } from "./walk.js";

const world = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
afterAll(() => world.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

/** Signing in and up: nobody needs to guess 51 passwords in one request. */
const onceOnly = new Set(["logInUser", "logInAdvertiser", "authenticateAffiliate", "registerAdvertiser"]);

const told = "outcome error { code message }";

/** The same mutation under many names in one request. */
const ask = (name: string, count: number, input: unknown): Promise<Reply & { calls: string[] }> => {
  const [argument] = fieldOf(name).args;
  const fields = "outcome" in payloadOf(name) ? told : `results { ${told} }`;
  const one = `${name}${argument ? "(input: $input)" : ""} { ${fields} }`;
  const many = Array.from({ length: count }, (_, index) => `m${index}: ${one}`).join("\n");
  const head = argument ? `mutation ($input: ${argument.type})` : "mutation";
  return world.askCounting(`${head} { ${many} }`, { variables: { input }, key: known[name]?.key });
};

/** An input whose lists that must be given hold so many items, on every level. */
const lengthened = (type: GraphQLInputObjectType, input: Record<string, unknown>, count: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const declared = type.getFields()[name]?.type;
      if (!declared || !isNonNullType(declared) || !isListType(declared.ofType)) return [name, value];
      const items = value as unknown[];
      return [name, Array.from({ length: count }, (_, index) => items[index % items.length])];
    }),
  );

describe.each(names)("%s", (name) => {
  test("51 times in one request is carried out 51 times, each told", async () => {
    const { data, errors, calls } = await ask(name, 51, known[name]?.input);
    if (onceOnly.has(name)) {
      expect([data ?? null, calls]).toEqual([null, []]);
      expect(errors).toMatchObject([{ message: expect.stringContaining("one fits into a request. Nothing was sent.") }]);
      return;
    }
    expect(errors).toBeUndefined();
    const all = Object.keys(data).map((alias) => toldBy(alias, { data }));
    expect(all).toHaveLength(51);
    for (const each of all) {
      expect(each.length).toBeGreaterThan(0);
      for (const { outcome, error } of each) {
        expect(["DONE", "REFUSED", "NOT_SENT"]).toContain(outcome);
        expect(error?.code ?? "").not.toMatch(/UPSTREAM|EXPENSIVE|SERVER/);
      }
    }
  });

  const type = getNamedType(fieldOf(name).args[0]?.type);
  if (!("results" in payloadOf(name)) || !isInputObjectType(type)) return;

  test("60 times over 100 items is refused whole, before anything is asked or sent", async () => {
    const before = world.sandbox.digest();
    const input = lengthened(type, known[name]?.input ?? {}, 100);
    const { data, errors, calls } = await ask(name, 60, input);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/1,000 fit .*Nothing was sent/),
        extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT" },
      },
    ]);
    expect(calls).toEqual([]);
    expect(world.sandbox.digest()).toEqual(before);
  });
});

test("83 times over 12 items are just not too many, and done whole", async () => {
  world.sandbox.reset();
  const ids = Array.from({ length: 12 }, (_, index) => String(index + 1));
  const change = { offers: ids.map((offerId) => ({ offerId, caps: [{ period: "DAY", type: "CLICKS", value: 4711 }] })) };
  const { data, errors, calls } = await ask("updateOfferCaps", 83, change);
  expect(errors).toBeUndefined();
  const all = Object.keys(data).flatMap((alias) => toldBy(alias, { data }));
  expect(all.map(({ outcome }) => outcome)).toEqual(Array(83 * 12).fill("DONE"));
  expect(writesIn(calls)).toHaveLength(83 * 12);
});
