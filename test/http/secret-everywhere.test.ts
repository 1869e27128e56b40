import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { type GraphQLInputType, isInputObjectType, isListType, isNonNullType, isScalarType } from "graphql";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditEntry } from "../../src/audit/audit.js";
import { buildSchema } from "../../src/graph/index.js";
import { connectRedis } from "../../src/redis.js";
import { sampleKeys } from "../../src/sandbox/index.js";
import { secretNames } from "../../src/sdl.js";
import { logOptions } from "../../src/telemetry/log.js";
import { samples } from "../mutation/sample.js";
import { askedFor, fieldOf, names, payloadOf, queryOf } from "../mutation/walk.js";
import { everyList } from "../world/every-list.js";
import { hasRedis, openRedis, type RedisProcess } from "../world/redis.js";
import { openWorld, type Reply, type World } from "../world/world.js";

const secretFields = new Set(secretNames());

/** The letters of each secret that the test sends. */
const mark = "Geheim";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Secrets of an input, each by its own value, wherever the schema marks one and the sample has its place. */
const withSecrets = (
  type: GraphQLInputType,
  value: unknown,
  count: { made: number },
  word: (made: number) => string,
): unknown => {
  if (isNonNullType(type)) return withSecrets(type.ofType, value, count, word);
  if (isListType(type)) return Array.isArray(value) ? value.map((one) => withSecrets(type.ofType, one, count, word)) : value;
  if (!isInputObjectType(type) || !isObject(value)) return value;
  return Object.fromEntries(
    Object.values(type.getFields()).flatMap((field) => {
      const isSecret = field.astNode?.directives?.some(({ name }) => name.value === "secret");
      const given = value[field.name];
      if (!isSecret || !isScalarType(isNonNullType(field.type) ? field.type.ofType : field.type)) {
        return given === undefined ? [] : [[field.name, withSecrets(field.type, given, count, word)]];
      }
      count.made += 1;
      return [[field.name, word(count.made)]];
    }),
  );
};

describe.skipIf(!hasRedis)("what is marked @secret", { timeout: 180_000 }, () => {
  const told: Record<string, string> = { logs: "", spans: "", audit: "", redis: "", sent: "", pages: "", answers: "" };
  /** Every secret met or sent: sample keys, and whatever stood in a marked field of an answer. */
  const secrets = new Set<string>(sampleKeys.map(({ key }) => key));
  const sink = new Writable({
    write(chunk, _, done) {
      told.logs += String(chunk);
      done();
    },
  });
  const collector = createServer((request, response) => {
    request.on("data", (chunk) => {
      told.spans += String(chunk);
    });
    request.on("end", () => response.end("{}"));
  });
  let store: RedisProcess;
  let redis: Redis;
  let watch: Redis;
  let world: World;

  beforeAll(async () => {
    await once(collector.listen(0, "127.0.0.1"), "listening");
    store = await openRedis();
    redis = await connectRedis(store.url, () => {});
    watch = await redis.duplicate().monitor();
    watch.on("monitor", (_time: string, args: string[]) => {
      told.sent += `${args.join(" ")}\n`;
    });
    world = await openWorld(
      { offers: 12, affiliates: 30, advertisers: 3, conversions: 60, now: new Date("2026-03-01T12:00:00Z") },
      {
        redis,
        logger: pino(logOptions("trace"), sink),
        traces: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
        cache: { ttlMs: 600_000, referenceMs: 600_000, bytes: 50_000_000 },
        rates: { perKey: 100_000, perAddress: 100_000, logins: 100_000 },
        limits: { cost: 10_000_000, values: 10_000_000, calls: 10_000, tokens: 100_000 },
        session: { storeSecret: "s".repeat(32) },
        audit: {
          take(entry: AuditEntry) {
            told.audit += `${JSON.stringify(entry)}\n`;
          },
          close: async () => {},
        },
      },
    );
  });
  afterAll(async () => {
    watch.disconnect();
    redis.disconnect();
    await store.stop();
    collector.close();
  });

  /** Takes the secrets out of an answer and notes them; what is left may hold none. */
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        if (!secretFields.has(name)) return [[name, without(inner)]];
        for (const one of Array.isArray(inner) ? inner : [{ value: inner }]) {
          // Of a postback's parameters most are ids that stand elsewhere too.
          const isMeant = one.name === undefined || /secret|token|key|pass|hash/i.test(String(one.name));
          if (isMeant && typeof one.value === "string" && one.value.length > 5) secrets.add(one.value);
        }
        return [];
      }),
    );
  };

  const ask = async (query: string, { key, variables, id }: { key?: string | null; variables?: object; id?: string }) => {
    const headers = { "x-affise-trace": "1", "x-affise-cost": "1", ...(id ? { "idempotency-key": id } : {}) };
    const answer: Reply = await world.ask(query, { key, headers, variables: { ...variables } });
    told.answers += `${JSON.stringify(without(answer))}\n`;
    return answer;
  };

  const pages = async () => {
    for (const path of ["/healthz", "/readyz", "/metrics", "/playground.json", "/nowhere"]) {
      told.pages += await (await fetch(`${world.url}${path}`)).text();
    }
  };

  const dump = async () => {
    const keys = await redis.keys("*");
    expect(keys.length).toBeGreaterThan(50);
    for (const key of keys) {
      const kind = await redis.type(key);
      const value =
        kind === "hash"
          ? await redis.hgetall(key)
          : kind === "zset"
            ? await redis.zrange(key, "0", "-1")
            : kind === "set"
              ? await redis.smembers(key)
              : kind === "list"
                ? await redis.lrange(key, "0", "-1")
                : await redis.get(key);
      told.redis += `${key} ${JSON.stringify(value)}\n`;
    }
  };

  test("leaves by its own field of an answer and nowhere else", async () => {
    for (const { query, key } of everyList(buildSchema(), { first: 20, depth: 2 })) {
      await ask(query, { key });
      await ask(query, { key });
    }
    const read = secrets.size;
    expect(read).toBeGreaterThan(sampleKeys.length + 10);
    const count = { made: 0 };
    const known = await samples(world);
    for (const name of names) {
      const { input, key } = known[name] ?? { input: undefined };
      const marked = Object.values(payloadOf(name)).filter((field) => secretFields.has(field.name));
      const query = queryOf(name).replace("outcome", ["outcome", ...marked.map((field) => field.name)].join(" "));
      const type = fieldOf(name).args[0]?.type;
      const sent = (word: (made: number) => string) => ({ input: type && withSecrets(type, input, count, word) });
      const before = count.made;
      const good = sent((made) => `${mark}-${made}-Aa1!`);
      for (const id of [`first-${name}`, `first-${name}`]) await ask(query, { key, variables: good, id });
      if (count.made === before) continue;
      // What is wrong with a secret is told without it.
      for (const wrong of [mark, `${mark}${"x".repeat(200)}`, `${mark} \u{1F600}\n"`]) {
        await ask(query, { key, variables: sent(() => wrong) });
      }
      const literal = JSON.stringify(sent(() => mark).input).replaceAll(/"(\w+)":/g, "$1:");
      await ask(
        askedFor(name, "outcome error { message }")
          .replace(/\(\$input.*?\)/, "")
          .replace("$input", literal),
        { key },
      );
    }
    expect(count.made).toBeGreaterThan(20);
    expect(secrets.size).toBeGreaterThan(read);
    await pages();
    await dump();
    await world.close();

    secrets.add(mark);
    for (const [where, text] of Object.entries(told)) {
      expect(text.length, where).toBeGreaterThan(500);
      const found = [...secrets].filter((secret) => text.includes(secret));
      const around = found.map((secret) => text.slice(Math.max(0, text.indexOf(secret) - 200), text.indexOf(secret) + 100));
      expect(around, where).toEqual([]);
    }
  });
});
