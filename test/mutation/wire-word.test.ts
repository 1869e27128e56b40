import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import { flatten } from "../../src/contract/schema.js";
import { isWithin } from "../../src/graph/mutation/input.js";
import { openProxied } from "../world/proxied.js";
import { openWorld } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { askedFor, fieldOf, names, payloadOf, type Told, toldBy } from "./walk.js";

const few = { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 };
const world = await openWorld(few);
afterAll(() => world.close());

const { world: proxied, proxy } = await openProxied(few);
afterAll(() => proxied.close());

let known: Record<string, Sample> = {};
beforeAll(async () => {
  known = await samples(world);
});

type Values = Record<string, unknown>;

const long = "x".repeat(3_000);

/** Values that a type takes and Affise, or the contract, may not. */
const wrongFor = (type: GraphQLInputType): unknown[] => {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues().map(({ name }) => name);
  const byName: Record<string, unknown[]> = {
    String: [long, "x", "-1", "http://"],
    ID: ["987654", "f".repeat(24), "x", long],
    Int: [-1, 2_000_000_000],
    Float: [-1, 1e15],
    Boolean: [true, false],
    Date: ["1900-01-01", "2999-01-01"],
    LocalDateTime: ["1900-01-01T00:00:00", "2999-01-01T00:00:00"],
  };
  return byName[named.name] ?? ["x"];
};

/** A value that fits a type, with no more in it than it needs. */
const least = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return [least(type.ofType)];
  if (!isInputObjectType(type))
    return isEnumType(type)
      ? type.getValues()[0]?.name
      : ({ ID: "1", String: "x", Float: 1, Int: 1, Boolean: true }[type.name] ?? "2026-02-01");
  const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return Object.fromEntries(needed.map((field) => [field.name, least(field.type)]));
};

/** Every way to spoil one value of a type, others as they are. */
const spoilt = (type: GraphQLInputType, value: unknown, depth: number): unknown[] => {
  if (isNonNullType(type)) return spoilt(type.ofType, value, depth);
  if (isListType(type)) {
    const items = Array.isArray(value) && value.length ? value : [least(type.ofType)];
    return spoilt(type.ofType, items.at(-1), depth).map((one) => [...items.slice(0, -1), one]);
  }
  if (!isInputObjectType(type)) return wrongFor(type);
  if (depth === 0) return [];
  const base = (value ?? least(type)) as Values;
  return Object.values(type.getFields()).flatMap((field: GraphQLInputField) =>
    spoilt(field.type, base[field.name], depth - 1).map((one) => ({ ...base, [field.name]: one })),
  );
};

interface Leaf {
  path: string[];
  value: unknown;
}

/** Everything plain that stands in a value, with its path. */
const leaves = (value: unknown, ...path: string[]): Leaf[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([step, inner]) => leaves(inner, ...path, step))
    : [{ path, value }];

/** A name of the wire: with an underscore or brackets, or one of the few that are neither, and no word of the schema or of English. */
const wireName = /\b[a-z]+\d*_[a-z_\d]+\b|\w\[\w*\]|\b(pid|aid|total|url_preview)\b|\bbody\b/;

/** What of some words about an input is no word of its caller. */
const strangeIn = (words: string, type: GraphQLInputType): string[] => {
  const said = words.replaceAll(/"[^"]*"/g, "");
  const paths = [...said.matchAll(/\binput((?:\.\w+)+)/g)].map(([, path = ""]) => path.slice(1));
  return [...(wireName.exec(said) ?? []), ...paths.filter((path) => !isWithin(type, path.split(".")))];
};

describe.each(names.filter((name) => fieldOf(name).args.length > 0))("%s", (name) => {
  const type = getNamedType(fieldOf(name).args[0]?.type) as GraphQLInputObjectType;
  const asked = "outcome error { message argument }";
  const query = askedFor(name, "outcome" in payloadOf(name) ? asked : `results { ${asked} }`);

  test("refuses in the caller's words", async () => {
    const found = new Map<string, string>();
    for (const input of spoilt(type, known[name]?.input, 4)) {
      const { data, errors = [] } = await world.ask(query, { variables: { input }, key: known[name]?.key });
      const told = data
        ? toldBy(name, { data }).flatMap(({ error }) => (error ? [error.message, error.argument ?? ""] : []))
        : [];
      for (const words of [...errors.map(({ message }) => message), ...told]) {
        expect(words).not.toContain("Something went wrong in this server");
        if (strangeIn(words, type).length) found.set(words.slice(0, 200), JSON.stringify(input).slice(0, 300));
      }
    }
    expect(Object.fromEntries(found)).toEqual({});
  });
});

describe("what an offer holds and Affise does not take", () => {
  const scopes = { goal_type: "all", country_type: "all", affiliate_type: "all" };
  const forAll = { goal: "1", countries: [], country_exclude: false, cities: [], devices: [], os: [] };
  const spoils: [string, unknown][] = [
    ["title", long],
    ["notice_percent_overcap", 900],
    ["hold_period", -3],
    ["hold_type", "eternity"],
    ["redirect_type", "bogus"],
    ["search_empty_sub", -4],
    ["strictly_devices", ["toaster"]],
    ["cross_postback_method", "carrier pigeon"],
    ["caps_status", ["bogus"]],
    ["url", "no url"],
    ["caps", [{ ...scopes, period: "day", type: "clicks", value: -5 }]],
    ["caps", [{ ...scopes, period: "eon", type: "clicks", value: 5, goal_type: "bogus", sub_number: 99, sub_value: ["x"] }]],
    ["payments", [{ ...forAll, type: "fixed", currency: "XXXXX", revenue: -1, total: -2, country_exclude: true }]],
    ["partner_payments", [{ ...forAll, type: "bogus", currency: "USD", revenue: 1, total: -2, partners: [-1], os: "x" }]],
    ["landings", [{ id: 1, title: "x", url: "no url", url_preview: "x", type: "bogus" }]],
  ];
  const offer = fieldOf("createOffer").args[0]?.type;
  const input = getNamedType(offer) as GraphQLInputObjectType;

  const refusedCopy = async (mutation: string, column: string, value: unknown) => {
    proxy.rewrite = (operation) => {
      if (!operation.startsWith("GET /3.0/offer")) return undefined;
      return (answer) => {
        const { offers, offer: one } = answer as { offers?: object[]; offer?: object };
        if (offers) return { ...(answer as object), offers: offers.map((row) => ({ ...row, [column]: value })) };
        return one ? { ...(answer as object), offer: { ...one, [column]: value } } : answer;
      };
    };
    const { data } = await proxied.ask(mutation);
    const { told } = data as { told: { error: Told["error"]; results?: Told[] } };
    return told.results?.[0]?.error ?? told.error;
  };

  test("is said of the offer that was named, by the fields of an offer", async () => {
    let refusals = 0;
    for (const [column, value] of spoils) {
      const error = await refusedCopy(
        "mutation { told: copyOffer(input: { offerId: 1 }) { outcome error { message argument } } }",
        column,
        value,
      );
      if (!error) continue;
      refusals += 1;
      expect([column, error]).toMatchObject([
        column,
        { argument: "input.offerId", message: expect.stringContaining("input.offerId: its ") },
      ]);
      expect(strangeIn(error.message.replaceAll(/input\.offerId: its /g, "input."), input)).toEqual([]);
    }
    expect(refusals).toBeGreaterThan(7);
  });

  test.each([
    [
      "addOfferCaps(input: { offerIds: [1], caps: [{ period: DAY, type: CLICKS, value: 5 }] })",
      "caps",
      [{ ...scopes, period: "eon", type: "clicks", value: 5 }],
      "input.offerIds.0: its caps.0.period",
    ],
  ])("%s", async (mutation, column, value, path) => {
    const error = await refusedCopy(`mutation { told: ${mutation} { results { error { message argument } } } }`, column, value);
    expect(error).toMatchObject({ argument: "input.offerIds.0", message: expect.stringContaining(path) });
  });
});

describe.each(names.filter((name) => fieldOf(name).args.length > 0))("%s, refused by a column", (name) => {
  const type = fieldOf(name).args[0]?.type as GraphQLInputType;
  const asked = "outcome error { message argument }";
  const query = askedFor(name, "outcome" in payloadOf(name) ? asked : `results { ${asked} }`);

  const bodyOf = async (input: Values): Promise<Values | undefined> => {
    const headers = { "x-affise-dry-run": "1" };
    const { extensions } = await proxied.ask(query, { variables: { input }, key: known[name]?.key, headers });
    return (extensions?.affise?.dryRun as { body?: Values }[] | undefined)?.[0]?.body;
  };

  /** What is told where every write is refused with some words. */
  const told = async (words: string): Promise<{ message: string; argument: string | null }> => {
    proxy.intercept = (operation) =>
      operation.startsWith("GET ")
        ? undefined
        : (response) => response.writeHead(400).end(JSON.stringify({ status: 2, error: words }));
    const { data, errors } = await proxied.ask(query, { variables: { input: known[name]?.input }, key: known[name]?.key });
    proxy.intercept = undefined;
    const error = data ? toldBy(name, { data })[0]?.error : undefined;
    return error ?? { message: errors?.[0]?.message ?? "", argument: null };
  };

  test("names what was sent, in whichever form Affise says it", async () => {
    const input = known[name]?.input ?? {};
    const body = (await bodyOf(input)) ?? {};
    const given = new Map(leaves(input, "input").map(({ path, value }) => [path.join("."), String(value)]));
    for (const { path, value } of leaves(body)) {
      const [first = "", ...inside] = path;
      const brackets = first + inside.map((step) => `[${step}]`).join("");
      const forms = [
        `${brackets} is wrong`,
        `${path.join(".")} is wrong`,
        `/${path.join("/")} is wrong`,
        `The ${brackets} field is required.`,
        `The field "${path.join(".")}" is invalid`,
        `Validation failed; ${brackets}: must not be blank`,
        ...(inside.length === 0 ? [`The ${first.replaceAll("_", " ")} field must be a number.`] : []),
      ];
      for (const form of forms) {
        const { message, argument } = await told(form);
        if (!argument) {
          expect(message).toContain(form.slice(0, 4));
          continue;
        }
        if (!argument.startsWith("input")) continue;
        expect([form, argument, isWithin(type, argument.split(".").slice(1))]).toEqual([form, argument, true]);
        expect([form, wireName.exec(message.replaceAll(/"[^"]*"/g, ""))?.[0]]).toEqual([form, undefined]);
        const said = given.get(argument);
        const isPlain = typeof value === "number" || (typeof value === "string" && /^[a-z0-9]{4,}$|^\d+$/.test(value));
        // What was there before is said of the thing that was named.
        if (message.includes(`${argument}:`)) continue;
        if (said !== undefined && isPlain && /^\d+$/.test(said))
          expect([form, argument, said]).toEqual([form, argument, String(value)]);
      }
    }
  });

  test("names of what was not sent only what would be sent there", async () => {
    const operation = operations.get(known[name]?.write as never);
    const columns = Object.keys(operation?.body ? flatten(operation.body.schema).properties : {});
    const input = known[name]?.input ?? {};
    const sent = (await bodyOf(input)) ?? {};
    for (const column of columns.filter((one) => !(one in sent))) {
      const { argument, message } = await told(`The ${column} field is required.`);
      if (!argument?.startsWith("input.") || !message.includes(argument)) continue;
      const [, field = "", inside] = argument.split(".");
      if (inside !== undefined || field in input) continue;
      const found = (getNamedType(type) as GraphQLInputObjectType).getFields()[field];
      const body = found && (await bodyOf({ ...input, [field]: least(found.type) }));
      if (body) expect([column, field, Object.keys(body)]).toEqual([column, field, expect.arrayContaining([column])]);
    }
  });
});

test("a place in a list that was sent is told by its place in the list that was given", async () => {
  proxy.intercept = (operation) =>
    operation.startsWith("GET ")
      ? undefined
      : (response) => response.writeHead(400).end('{"status":2,"error":"offer_id[0] is closed"}');
  const { data } = await proxied.ask(
    "mutation { updateOffers(input: { changes: [{ offerIds: [987654, 3], status: STOPPED }, { offerIds: [4], status: STOPPED }] }) { results { offerId error { message argument } } } }",
  );
  proxy.intercept = undefined;
  const path = "input.changes.0.offerIds.1";
  const refused = { message: `${path} is closed`, argument: path };
  expect((data.updateOffers as { results: unknown[] }).results).toMatchObject([
    { error: { argument: "input.changes.0.offerIds.0" } },
    { offerId: "3", error: refused },
    { offerId: "4", error: refused },
  ]);
});
