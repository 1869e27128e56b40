import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import { Writable } from "node:stream";
import { type DirectiveNode, isInputObjectType, isObjectType } from "graphql";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleKeys } from "../../src/sandbox/index.js";
import { bareSchema } from "../../src/sdl.js";
import { logOptions } from "../../src/telemetry/log.js";
import { openWorld, type World } from "../world/world.js";

let world: World;
let logged = "";
let traced = "";
let collector: HttpServer;
const answers: string[] = [];

const portOf = (server: HttpServer) => {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};

beforeAll(async () => {
  collector = createServer((request, response) => {
    request.on("data", (chunk) => {
      traced += String(chunk);
    });
    request.on("end", () => response.end("{}"));
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const sink = new Writable({
    write(chunk, _, done) {
      logged += String(chunk);
      done();
    },
  });
  world = await openWorld(
    { offers: 10, affiliates: 5, advertisers: 2, conversions: 20 },
    {
      logger: pino(logOptions("trace"), sink),
      metrics: true,
      traces: `http://127.0.0.1:${portOf(collector)}`,
      session: { timeoutMs: 800 },
      rates: { perKey: 500 },
    },
  );
});
afterAll(() => collector.close());

const operations = [
  "query Mine { viewer { __typename } }",
  "{ offers(first: 3) { nodes { id title advertiser { email } conversions(first: 2) { nodes { id } } } } }",
  "{ affiliates(first: 3) { nodes { id email } } users(first: 3) { nodes { id email } } }",
  "{ offer(id: 999999) { id } }",
  "{ nope }",
  "{ offer(id: $x) { id } }",
  "{",
  "query ($n: Int!) { offers(first: $n) { nodes { id } } }",
  'mutation Change { updateOffer(input: { id: 1, title: "x" }) { offer { id } } }',
  'mutation { createCategory(input: { title: "x" }) { category { id } } }',
  "{ __schema { queryType { name } } }",
];

const send = async (key: string, query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-affise-trace": "1", authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ query }),
  });
  answers.push(JSON.stringify([...response.headers]), await response.text());
};

const faults = ["status", "hang", "reset", "truncate", "garbage", "html", "envelope", "rate-limit"];

describe("secrets", { timeout: 120_000 }, () => {
  test("keys and passwords are in no answer, log line, metric, trace or page", async () => {
    const keys = [...sampleKeys.map(({ key }) => key), "wrong-key-of-somebody"];
    for (const key of keys) for (const query of operations) await send(key, query);
    for (const kind of faults) {
      await fetch(`${world.upstream}/sandbox/faults`, {
        method: "POST",
        body: JSON.stringify([{ operation: "*", kind, retryAfter: 0 }]),
      });
      await Promise.all(operations.slice(0, 3).map((query) => send("sandbox-general-manager", query)));
      await send("sandbox-general-manager", operations[8] ?? "", { "idempotency-key": `secret-${kind}` });
      await fetch(`${world.upstream}/sandbox/faults`, { method: "DELETE" });
    }
    await send("sandbox-general-manager, two", "{ __typename }");
    await send("sandbox-general-manager", "{ __typename }", { "content-type": "text/plain" });
    await send("sandbox-general-manager", "{ __typename }", { accept: "text/html" });
    await send("sandbox-general-manager", "{ __typename }", { "x-affise-tenant": "nowhere" });
    for (const path of ["/healthz", "/readyz", "/metrics", "/schema.graphql", "/nowhere?api-key=sandbox-general-manager"]) {
      const response = await fetch(`${world.url}${path}`, { headers: { "api-key": "sandbox-general-manager" } });
      answers.push(await response.text());
    }
    await world.close();

    expect(answers.length).toBeGreaterThan(100);
    expect(logged.split("\n").length).toBeGreaterThan(60);
    expect(traced).toContain("GET /3.0/offers");
    for (const [what, text] of Object.entries({ answers: answers.join("\n"), logged, traced })) {
      for (const key of keys) expect(text.includes(key), `${key} in what is ${what}`).toBe(false);
    }
  });

  test("every field that the schema marks as a secret is cut out of logs, by its name here and on the wire", () => {
    const marked = new Set<string>();
    for (const type of Object.values(bareSchema().getTypeMap())) {
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const { name, astNode } of Object.values<{ name: string; astNode?: { directives?: readonly DirectiveNode[] } | null }>(
        type.getFields(),
      ))
        if (astNode?.directives?.some((one) => one.name.value === "secret")) marked.add(name);
    }
    expect(marked.size).toBeGreaterThan(5);
    let line = "";
    const logger = pino(logOptions("info"), {
      write: (text: string) => {
        line += text;
      },
    });
    for (const name of marked) {
      const wire = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      logger.info({ [name]: "geheim", body: { [wire]: "geheim", input: { [name]: "geheim" } } }, "x");
    }
    expect(line).not.toContain("geheim");
  });

  test("should anything ever log headers or bodies, the secrets in them are cut out", () => {
    let line = "";
    const logger = pino(logOptions("info"), {
      write: (text: string) => {
        line = text;
      },
    });
    logger.info(
      { headers: { "api-key": "k1", authorization: "Bearer k2" }, user: { password: "k3", api_key: "k4" }, token: "k5" },
      "x",
    );
    expect(line).not.toMatch(/k[1-5]/);
  });
});
