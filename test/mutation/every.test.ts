import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openProxy } from "../world/proxy.js";
import { type AskOptions, openWorld, type Reply } from "../world/world.js";
import { prepare } from "./prepare.js";
import { type Sample, samples } from "./sample.js";

const proxy = await openProxy();
const world = await openWorld(
  { offers: 12, affiliates: 30, advertisers: 3, conversions: 60 },
  { tenants: [{ name: "sandbox", url: proxy.url }], session: { breakMs: 1 } },
);
proxy.upstream = world.upstream;
afterAll(async () => {
  await world.close();
  await proxy.close();
});

const mutations = buildSchema().getMutationType() as GraphQLObjectType;
/** They change nothing, and are told apart from all others by what they ask for. */
const logins = ["logInUser", "logInAdvertiser", "registerAdvertiser", "authenticateAffiliate"];
const names = Object.keys(mutations.getFields()).filter((name) => !logins.includes(name));

let known: Record<string, Sample> = {};

const restart = async () => {
  proxy.rewrite = undefined;
  proxy.intercept = undefined;
  await world.sandbox.reset();
  await prepare(world);
};

beforeAll(async () => {
  known = await samples(world);
});

const payloadOf = (name: string) => {
  const payload = getNamedType(mutations.getFields()[name]?.type);
  if (!isObjectType(payload)) throw new Error(`${name} has no payload`);
  return payload.getFields();
};

const outcome = "outcome error { code message argument operation }";

/** Asks for the outcome, and for the id of every object that the payload has. */
const queryOf = (name: string) => {
  const fields = Object.values(payloadOf(name)).flatMap((field) => {
    const type = getNamedType(field.type);
    if (field.name === "results") return [`results { ${outcome} ${objectsIn(type)} }`];
    return isObjectType(type) && "id" in type.getFields() ? [`${field.name} { id }`] : [];
  });
  const asked = "outcome" in payloadOf(name) ? [outcome, ...fields] : fields;
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return known[name]?.input
    ? `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked.join(" ")} } }`
    : `mutation { ${name} { ${asked.join(" ")} } }`;
};

const objectsIn = (type: ReturnType<typeof getNamedType>) =>
  isObjectType(type)
    ? Object.values(type.getFields())
        .filter(
          (field) =>
            isObjectType(getNamedType(field.type)) && "id" in (getNamedType(field.type) as GraphQLObjectType).getFields(),
        )
        .map((field) => `${field.name} { id }`)
        .join(" ")
    : "";

const run = (name: string, more: AskOptions = {}): Promise<Reply & { calls: string[] }> => {
  const { input, key } = known[name] ?? { input: undefined };
  return world.askCounting(queryOf(name), { variables: { input }, key, ...more });
};

interface Told {
  outcome: string;
  error: { code: string; message: string; operation: string | null } | null;
}

const toldBy = (name: string, { data }: Reply): Told[] => {
  const payload = data[name] as (Told & { results?: Told[] }) | null;
  return payload?.results ?? (payload ? [payload] : []);
};

const writesIn = (calls: readonly string[]) => calls.filter((call) => !call.startsWith("GET "));

test("every mutation has a sample", () => {
  expect(Object.keys(known).sort()).toEqual([...names].sort());
});

/** Answers of a write that are no word of success, carried out or not. */
const odd: unknown[] = [
  { status: "2", message: "No" },
  { status: 0 },
  { status: 3, error: "No" },
  { success: false, message: "No" },
  { errors: ["No"] },
  [],
  42,
  { status: "error", error: "Affiliate cannot use this offer" },
];

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

  test("is told as unknown where the answer is lost, as no success where there is no word of it", async () => {
    await restart();
    const instead = (status: number, body: unknown) => {
      proxy.intercept = (operation) => (operation === write() ? { status, body } : undefined);
    };
    for (const status of [502, 504]) {
      instead(status, "");
      const lost = toldBy(name, await run(name));
      expect(lost.length).toBeGreaterThan(0);
      for (const one of lost) {
        expect(one).toMatchObject({
          outcome: "UNKNOWN",
          error: { code: expect.stringMatching(/^UPSTREAM/), operation: write() },
        });
      }
    }
    for (const answer of odd) {
      instead(200, answer);
      const told = toldBy(name, await run(name));
      expect(told.length).toBeGreaterThan(0);
      for (const { outcome, error } of told) {
        expect(["REFUSED", "UNKNOWN"], JSON.stringify(answer)).toContain(outcome);
        expect(error).toMatchObject({ operation: write() });
      }
    }
  });

  test("is refused, and not sent, where one of its lists is empty", async () => {
    const type = mutations.getFields()[name]?.args[0]?.type;
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
