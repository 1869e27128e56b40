import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { isOther } from "../schema/pair.js";
import { openWorld } from "../world/world.js";

/** A payout of it has a type that no list of Affise has. */
const unknown = "60";

const world = await openWorld({ offers: 60, affiliates: 20, conversions: 0 });
afterAll(() => world.close());

const schema = buildSchema();
const offerType = schema.getType("Offer") as GraphQLObjectType;

/** Affise's own of each offer: its ids, moments, and what it works out or others do with it. */
const own = new Set([
  "id",
  "nodeId",
  "objectId",
  "createdAt",
  "updatedAt",
  "status",
  "conversionRate",
  "epc",
  "affiliateEpc",
  "access",
]);
const isOwn = (field: GraphQLField<unknown, unknown>) =>
  own.has(field.name) || /Affise works it out/.test(field.description ?? "");

/** The ids of an offer's parts are the original's. */
const isPartId = ({ name }: GraphQLField<unknown, unknown>) => /^(payout|landing|group|tier|creative)Id$/.test(name);

/** What a part of an offer has and nobody can give it, and what another field gives. */
const isUnset = ({ description }: GraphQLField<unknown, unknown>, isPart: boolean) =>
  (isPart && /Affise has no way to set it/.test(description ?? "")) || /sets (it|them)\b/.test(description ?? "");

/** Everything an offer tells without arguments, rows of other nouns by their ids. */
const everything = (type: GraphQLObjectType, isPart = false): string =>
  Object.values(type.getFields())
    .filter((field) => field.args.every((arg) => !isRequiredArgument(arg)) && !isOwn(field) && !isPartId(field))
    .filter((field) => !isUnset(field, isPart))
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (isLeafType(inner)) return [field.name];
      return isObjectType(inner) && !isOther(field) ? [`${field.name} { ${everything(inner, true)} }`] : [];
    })
    .join(" ");

const all = everything(offerType);

/** What copyOffer says of itself that it leaves behind. */
const said = schema.getMutationType()?.getFields().copyOffer?.description ?? "";
const mayStay = new Set([...said.slice(said.indexOf("has no way to write")).matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));

const ids = Array.from({ length: 60 }, (_, index) => String(index + 1));

/** Nothing and none are the same here: Affise prints the one for what was never said, and the other for what was said to be none. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length ? value.map(plain) : null;
  if (value === null || typeof value !== "object") return value === false || value === "" || value === 0 ? null : value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, plain(inner)] as const)
    .filter(([, inner]) => inner !== null);
  return kept.length ? Object.fromEntries(kept) : null;
};

test("what copyOffer names as left behind are fields of an offer", () => {
  expect(mayStay.size).toBeGreaterThan(5);
  expect([...mayStay].filter((name) => !offerType.getFields()[name])).toEqual([]);
});

const kinds = new Set<string>();

const copies = async (id: string) => {
  const { data, errors } = await world.ask(`{ offer(id: ${id}) { ${all} } }`);
  expect(errors).toBeUndefined();
  const made = await world.askCounting(
    `mutation { copyOffer(input: { offerId: ${id} }) { outcome error { message argument } leftBehind offer { id status } } }`,
  );
  const { leftBehind, offer, ...told } = made.data.copyOffer as {
    leftBehind: string[];
    offer: { id: string; status: string };
  };
  expect(told).toEqual({ outcome: "DONE", error: null });
  expect(offer.status).toBe("STOPPED");
  expect(leftBehind.filter((name) => !mayStay.has(name))).toEqual([]);
  expect(made.calls.filter((call) => !call.startsWith("GET "))).toEqual(["POST /3.0/admin/offer"]);
  const copy = await world.ask(`{ offer(id: ${offer.id}) { ${all} } }`);
  const original = plain(data.offer) as object;
  for (const name of Object.keys(original)) kinds.add(name);
  // What an original says nothing about, a new offer may have by default.
  const copied = Object.fromEntries(
    Object.entries(original).filter(([name]) => !leftBehind.includes(name) || /ayouts$/.test(name)),
  );
  expect(plain(copy.data.offer)).toMatchObject(copied);
};

test.each(ids.filter((id) => id !== unknown))("offer %s is copied without loss", copies);

/** What no offer of the sandbox has, as updateOffer takes it. */
const rest = {
  ...{ trafficbackUrl: "https://t.example", trackingDomain: "go.example", parallelTrackingUrl: "https://p.example" },
  ...{
    macroUrl: "a={b}",
    impressionsUrl: "https://i.example",
    crossPostbackUrl: "https://c.example",
    crossPostbackMethod: "POST",
  },
  ...{ crossPostbackBody: "x", allowedIp: "192.0.2.1", disallowedIp: "192.0.2.2", affiliateNote: "For you", requiredSub: 3 },
  ...{
    duplicateClicksThreshold: 7,
    capsGoalOvercap: "1",
    connectsAffiliates: true,
    hidesPayouts: true,
    personalTargetingOnly: true,
  },
  ...{ uniqueIpOnly: true, uniqueClicksOnly: true, limitsImpressionsOvercap: true, strictDevices: ["MOBILE", "TV"] },
  ...{ subRestrictions: [{ sub1: "a", sub2: "b" }], startsAt: "2099-01-01T08:00:00", stopsOn: "2099-02-01" },
};

test("an offer with all the rest is copied without loss", async () => {
  const { data, errors } = await world.ask(
    `mutation ($input: UpdateOfferInput!) { updateOffer(input: $input) { outcome error { message } offer { ${all} } } }`,
    { variables: { input: { id: "2", ...rest } } },
  );
  expect(errors).toBeUndefined();
  const { offer, outcome } = data.updateOffer as { offer: object; outcome: string };
  expect(outcome).toBe("DONE");
  expect(offer).toMatchObject(rest);
  await copies("2");
  expect(Object.keys(rest).filter((name) => !kinds.has(name))).toEqual([]);
});

test("the offers that were copied have every field that can be written", () => {
  const written = Object.keys((schema.getType("UpdateOfferInput") as GraphQLInputObjectType).getFields());
  const read = Object.values(offerType.getFields()).filter((field) => !isOwn(field));
  expect(read.map(({ name }) => name).filter((name) => written.includes(name) && !kinds.has(name))).toEqual([]);
});

test("what Affise prints and does not take is told before anything is sent", async () => {
  const { data, calls } = await world.askCounting(
    `mutation { copyOffer(input: { offerId: ${unknown} }) { outcome error { code message } } }`,
  );
  expect(data.copyOffer).toMatchObject({
    outcome: "NOT_SENT",
    error: {
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("input.offerId: its payouts.0.type is a value that Affise does not take"),
    },
  });
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("what shall be otherwise is otherwise, and an unknown original is not sent", async () => {
  const other = await world.ask(
    'mutation { copyOffer(input: { offerId: 1, title: "Another", status: ACTIVE }) { offer { title status } } }',
  );
  expect(other.data.copyOffer).toEqual({ offer: { title: "Another", status: "ACTIVE" } });
  const none = await world.askCounting("mutation { copyOffer(input: { offerId: 987654 }) { outcome error { code } } }");
  expect(none.data.copyOffer).toEqual({ outcome: "NOT_SENT", error: { code: "NOT_FOUND" } });
  expect(none.calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("targeting is written as it was read, sub values too", async () => {
  const subs = { allow: [{ sub: "sub1", values: ["fb", "tt"] }], deny: [{ sub: "sub2", values: ["x"] }], denyGroups: [] };
  const { data, errors } = await world.ask(
    "mutation ($input: UpdateOfferInput!) { updateOffer(input: $input) { offer { targeting { subs { allow { sub values } deny { sub values } } } } } }",
    { variables: { input: { id: "1", targeting: [{ name: "Subs", subs }] } } },
  );
  expect(errors).toBeUndefined();
  expect(data.updateOffer).toEqual({ offer: { targeting: [{ subs: { allow: subs.allow, deny: subs.deny } }] } });
});
