import type { ServerResponse } from "node:http";
import { type GraphQLInputObjectType, getNamedType, isListType, isNonNullType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import type { AskOptions, PlannedChange, Reply } from "../world/world.js";
import { prepare } from "./prepare.js";
import { type Sample, samples } from "./sample.js";
import { fieldOf, names, payloadOf, runOf, type Told, toldBy, writesIn } from "./walk.js";

const { world, proxy } = await openProxied(
  { offers: 12, affiliates: 30, advertisers: 3, conversions: 60, now: new Date("2026-03-01T12:00:00Z") },
  { session: { breakMs: 0 } },
);
afterAll(() => world.close());

let known: Record<string, Sample> = {};
let restore: () => void;
/** What the sandbox holds after a restart. */
let before: Record<string, string> = {};

const restart = () => {
  proxy.rewrite = undefined;
  proxy.intercept = undefined;
  proxy.lose = undefined;
  proxy.forget();
  restore();
};

beforeAll(async () => {
  known = await samples(world);
  world.sandbox.reset();
  proxy.forget();
  await prepare(world);
  restore = world.sandbox.snapshot();
  before = world.sandbox.digest();
});

const run = (name: string, more: AskOptions = {}) => runOf(world)(name, known[name] ?? { input: undefined }, more);

test("every mutation has a sample", () => {
  expect(Object.keys(known).sort()).toEqual([...names].sort());
});

/** What changes nothing: signing in. */
const holding = ["logInUser", "logInAdvertiser", "authenticateAffiliate"];

const failing = (response: ServerResponse) => response.writeHead(400).end('{"status":2,"error":"No"}');
const isRead = (operation: string) => operation.startsWith("GET ");

/** The selection that asks for what values of a field hold. */
const selectionOf = (values: unknown[]): string => {
  const objects = values.flat().filter((one) => typeof one === "object" && one !== null);
  const fields = new Map<string, unknown[]>();
  for (const [field, value] of objects.flatMap((one) => Object.entries(one as object)))
    fields.set(field, [...(fields.get(field) ?? []), value]);
  return fields.size ? `{ ${[...fields].map(([field, inner]) => `${field} ${selectionOf(inner)}`).join(" ")} }` : "";
};

/** The fields of a thing that a dry run tells of, as anyone can read them. */
const readBack = async ({ type, id, before, after }: PlannedChange) => {
  const asked = selectionOf([before, after ?? {}]);
  const lists: Record<string, string> = {
    Pixel: `{ pixels ${asked.replace("{", "{ id ")} }`,
    Postback: `{ postbacks(affiliateId: 2, first: 1000) { nodes ${asked.replace("{", "{ id ")} } }`,
  };
  const list = lists[type];
  if (list) {
    const { data } = await world.ask(list);
    const rows = (data.pixels ?? (data.postbacks as { nodes: unknown }).nodes) as Record<string, unknown>[];
    return rows.find((row) => row.id === id);
  }
  const { data } = await world.ask(`query ($ids: [ID!]!) { nodes(nodeIds: $ids) { ... on ${type} ${asked} } }`, {
    variables: { ids: [Buffer.from(`${type}:${id}`).toString("base64url")] },
  });
  return (data.nodes as Record<string, unknown>[])[0];
};

/** What is told of a thing, as it is looked for in all that it has. Of languages and permissions only those that change are told. */
const amongAll = (told: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(told).map(([field, value]) => [
      field,
      /^(titles|permissions)$/.test(field)
        ? expect.arrayContaining((value as object[]).map((one) => expect.objectContaining(one)))
        : value,
    ]),
  );

/** Whether a mutation makes something new: there is nothing before. */
const isMaking = /^(create|copy|import|generate|register|request|addCreatives|addPaymentCorrection)/;

/** What changes or removes something, and yet cannot tell before and after: why. */
const unforeseen: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...holding,
      "rotateOwnApiKey",
      "rotateUserApiKey",
      "setUserPassword",
      "resetAffiliatePassword",
      "sendAdvertiserPassword",
    ].map((name) => [name, "only a secret changes, if anything"]),
  ),
  connectAffiliateToOffers: "an offer's affiliates are pages, and may be thousands",
  disconnectAffiliateFromOffers: "as connectAffiliateToOffers",
  disconnectAllAffiliatesFromOffer: "as connectAffiliateToOffers",
  disconnectAffiliateFromAllOffers: "as connectAffiliateToOffers",
  setOfferLogo: "the new address is Affise's to say",
  resizeCreatives: "Affise does not say what becomes of creatives that are not named",
  deleteCreatives: "Affise takes numbers here and prints other ids",
  deletePostback: "Affise lists postbacks by affiliate only, which is not named; with the affiliate's own key it is told",
  deletePostbacksOfOffers: "Affise lists postbacks by affiliate only",
  deletePaymentCorrection: "Affise tells corrections under their payment only, which is not named",
  removePaymentConversions: "which conversions go is known only where they are named",
  setAdCost: "an ad cost has no id to be named by",
  deleteAdCost: "an ad cost has no id to be named by",
};

describe.each(names)("%s", (name) => {
  const write = () => known[name]?.write ?? "";

  /** Runs it once over fresh data; tells what the sandbox holds after it. */
  const ran = async (prepared: () => void = () => undefined, more?: AskOptions) => {
    restart();
    prepared();
    const reply = await run(name, more);
    expect(toldBy(name, reply).length).toBeGreaterThan(0);
    return { ...reply, told: toldBy(name, reply), writes: writesIn(reply.calls), after: world.sandbox.digest() };
  };

  test("sends nothing in a dry run, which tells what is sent otherwise", async () => {
    const dry = await ran(undefined, { headers: { "x-affise-dry-run": "1" } });
    expect(dry.writes).toEqual([]);
    expect(dry.after).toEqual(before);
    const dryRun = dry.extensions?.affise?.dryRun ?? [];
    expect(new Set(dryRun.map(({ operation }) => operation))).toEqual(new Set([write()]));
    for (const one of dry.told) expect(one).toMatchObject({ outcome: "NOT_SENT", error: null });
    expect(JSON.stringify(dry)).not.toContain("sandbox-");
    const changes = dry.extensions?.affise?.changes ?? [];
    expect([name, changes.length > 0]).toEqual([name, !isMaking.test(name) && !(name in unforeseen)]);
    for (const change of changes) {
      expect(Object.keys(change.before).length).toBeGreaterThan(0);
      expect(await readBack(change)).toMatchObject(amongAll(change.before));
    }
    const real = await run(name);
    for (const change of changes) {
      const now = await readBack(change);
      if (change.after) expect(Object.keys(change.after)).toEqual(Object.keys(change.before));
      if (change.after) expect(now).toMatchObject(amongAll(change.after));
      else if (change.type !== "Offer") expect(now ?? null).toBeNull();
    }
    expect(writesIn(real.calls)).toEqual(dryRun.map(({ operation }) => operation).sort());
  });

  test("is done once, and told so, where nothing can be read back", async () => {
    const plain = await ran();
    const blind = await ran(() => {
      let isWritten = false;
      proxy.rewrite = (operation) => {
        if (!isRead(operation)) isWritten = true;
        return isWritten && isRead(operation) ? () => ({ status: 2, message: "Down" }) : undefined;
      };
    });
    expect(blind.writes).toEqual(plain.writes);
    for (const { told, after } of [plain, blind]) {
      for (const one of told) expect(one).toMatchObject({ outcome: "DONE", error: null });
      if (holding.includes(name)) expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
    }
    expect(blind.after).toEqual(plain.after);
    for (const { path } of blind.errors ?? []) expect(path?.length).toBeGreaterThan(1);
    expect(blind.data[name]).not.toBeNull();

    const lost = await ran(() => {
      proxy.lose = (operation) => !isRead(operation);
    });
    expect(lost.writes).toEqual(plain.writes);
    expect(lost.after).toEqual(plain.after);
    for (const one of lost.told) {
      expect(one).toMatchObject({ outcome: "UNKNOWN", error: { code: "UPSTREAM_UNREACHABLE", operation: write() } });
    }
  });

  test("changes nothing where it is refused, or where what it must look up cannot be read", async () => {
    const refused = await ran(() => {
      proxy.intercept = (operation) => (isRead(operation) ? undefined : failing);
    });
    expect(refused.writes).toEqual([]);
    expect(refused.after).toEqual(before);
    for (const one of refused.told)
      expect(one).toMatchObject({ outcome: "REFUSED", error: { message: "No", operation: write() } });

    const blind = await ran(() => {
      proxy.intercept = (operation) => (isRead(operation) ? failing : undefined);
    });
    const isSent = blind.writes.length > 0;
    for (const { outcome, error } of blind.told) {
      expect(isSent ? outcome : `${outcome} ${error?.message} ${error?.operation?.slice(0, 4)}`).toBe(
        isSent ? "DONE" : "NOT_SENT No GET ",
      );
    }
    if (!isSent || holding.includes(name)) expect(blind.after).toEqual(before);
    else expect(blind.after).not.toEqual(before);
  });

  test("is refused, and not sent, where one of its lists is empty", async () => {
    const type = fieldOf(name).args[0]?.type;
    const input = type && (getNamedType(type) as GraphQLInputObjectType);
    const lists = Object.values(input?.getFields() ?? {}).filter((field) => {
      const isClearing = field.astNode?.directives?.some((directive) => directive.name.value === "mayBeEmpty");
      return !isClearing && isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    });
    restart();
    for (const list of lists) {
      const empty = { ...known[name]?.input, [list.name]: [] };
      const { data, errors, calls }: Partial<Reply> & { calls: string[] } = await run(name, { variables: { input: empty } });
      const error = "outcome" in payloadOf(name) ? (data?.[name] as Told | undefined)?.error : errors?.[0]?.extensions;
      expect(error).toMatchObject({ code: "BAD_USER_INPUT" });
      expect(JSON.stringify(error)).toContain(`input.${list.name}`);
      expect(calls).toEqual([]);
    }
    expect(world.sandbox.digest()).toEqual(before);
  });
});
