import { type GraphQLInputObjectType, getNamedType, isListType, isNonNullType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProxy } from "../world/proxy.js";
import { type AskOptions, openWorld, type Reply } from "../world/world.js";
import { prepare } from "./prepare.js";
import { type Sample, samples } from "./sample.js";
import { fieldOf, names, payloadOf, runOf, type Told, toldBy, writesIn } from "./walk.js";

const proxy = await openProxy();
const world = await openWorld(
  { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 },
  { tenants: [{ name: "sandbox", url: proxy.url }], session: { breakMs: 0 } },
);
proxy.upstream = world.upstream;
afterAll(async () => {
  await world.close();
  await proxy.close();
});

let known: Record<string, Sample> = {};

const restart = async () => {
  proxy.rewrite = undefined;
  await world.sandbox.reset();
  await prepare(world);
};

beforeAll(async () => {
  known = await samples(world);
});

const run = (name: string, more: AskOptions = {}) => runOf(world)(name, known[name] ?? { input: undefined }, more);

test("every mutation has a sample", () => {
  expect(Object.keys(known).sort()).toEqual([...names].sort());
});

describe.each(names)("%s", (name) => {
  const write = () => known[name]?.write ?? "";

  test("sends nothing in a dry run, which tells what is sent otherwise", async () => {
    await restart();
    const dry = await run(name, { headers: { "x-affise-dry-run": "1" } });
    expect(writesIn(dry.calls)).toEqual([]);
    const dryRun = dry.extensions?.affise?.dryRun ?? [];
    expect(new Set(dryRun.map(({ operation }) => operation))).toEqual(new Set([write()]));
    const told = toldBy(name, dry);
    expect(told.length).toBeGreaterThan(0);
    for (const one of told) expect(one).toMatchObject({ outcome: "NOT_SENT", error: null });
    expect(JSON.stringify(dry)).not.toContain("sandbox-");
    const real = await run(name);
    expect(writesIn(real.calls)).toEqual(dryRun.map(({ operation }) => operation).sort());
  });

  test("is told as done where nothing can be read back", async () => {
    await restart();
    const plain = await run(name);
    await restart();
    let isWritten = false;
    proxy.rewrite = (operation, _, answer) => {
      if (!operation.startsWith("GET ")) isWritten = true;
      return isWritten && operation.startsWith("GET ") ? { status: 2, message: "Down" } : answer;
    };
    const blind = await run(name);
    expect(writesIn(blind.calls)).toEqual(writesIn(plain.calls));
    for (const reply of [plain, blind]) {
      for (const one of toldBy(name, reply)) expect(one).toMatchObject({ outcome: "DONE", error: null });
    }
    for (const { path } of blind.errors ?? []) expect(path?.length).toBeGreaterThan(1);
    expect(blind.data[name]).not.toBeNull();
  });

  test("is refused, and not sent, where one of its lists is empty", async () => {
    const type = fieldOf(name).args[0]?.type;
    const input = type && (getNamedType(type) as GraphQLInputObjectType);
    const lists = Object.values(input?.getFields() ?? {}).filter((field) => {
      const isClearing = field.astNode?.directives?.some((directive) => directive.name.value === "mayBeEmpty");
      return !isClearing && isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    });
    for (const list of lists) {
      const empty = { ...known[name]?.input, [list.name]: [] };
      const { data, errors, calls }: Partial<Reply> & { calls: string[] } = await run(name, { variables: { input: empty } });
      const error = "outcome" in payloadOf(name) ? (data?.[name] as Told | undefined)?.error : errors?.[0]?.extensions;
      expect(error).toMatchObject({ code: "BAD_USER_INPUT" });
      expect(JSON.stringify(error)).toContain(`input.${list.name}`);
      expect(calls).toEqual([]);
    }
  });
});
