import { describe, expect, test } from "vitest";
import { type OperationInfo, operations } from "../../src/contract/operation.js";
import { flatten, type Schema } from "../../src/contract/schema.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { asRequest, type Example } from "./example.js";
import { examplesOn } from "./known.js";
import { small } from "./stranger.js";

const sandbox = createSandbox(small);
const examples = await examplesOn(sandbox);

/** What a schema takes at its top: "list", "map", "scalar", or nothing where its form is not declared. */
const kindOf = (schema: Schema): string | undefined => {
  const { types, anyOf, items, additional, properties } = flatten(schema);
  if (anyOf.length) return new Set(anyOf.map(kindOf)).size === 1 ? kindOf(anyOf[0] as Schema) : undefined;
  const isMap = types.includes("object");
  if (types.includes("array")) return isMap ? undefined : { map: "list of maps", scalar: "list" }[kindOf(items ?? {}) ?? ""];
  if (isMap) return additional || Object.keys(properties).length ? "map" : undefined;
  return types.length ? "scalar" : undefined;
};

/** A parameter or field as it must not be sent, and a word that the refusal has to have. */
type Wrong = readonly [sent: string, word: string];

const wrongOf = (name: string, schema: Schema): Wrong[] => {
  const misspelt = name.endsWith("]") ? `${name.slice(0, -1)}x]` : `${name}x`;
  const bare = misspelt.match(/([^[\]]+)\]?$/)?.[1] ?? misspelt;
  const last = name.match(/([^[\]]+)\]?$/)?.[1] ?? name;
  const kind = kindOf(schema);
  const wrong: Wrong[] = [[`${misspelt}=1`, `'${bare}'`]];
  if (kind === "scalar") wrong.push([`${name}[]=1`, last], [`${name}[nonsense]=1`, last]);
  if (kind === "list") wrong.push([`${name}[0][nonsense]=1`, last]);
  if (kind === "list of maps") wrong.push([`${name}[0][nonsense]=1`, "nonsense"]);
  if (kind === "map") {
    wrong.push([`${name}[nonsense]=1`, "nonsense"]);
    const { properties } = flatten(schema);
    for (const [key, inner] of Object.entries(properties)) wrong.push(...wrongOf(`${name}[${key}]`, inner));
    if (Object.keys(properties).length) wrong.push([`${name}[]=1`, "'0'"]);
  }
  return wrong;
};

const wrongQueries = ({ parameters }: OperationInfo): Wrong[] => [
  ["nonsense=1", "'nonsense'"],
  ["nonsense[]=1", "'nonsense'"],
  ...parameters.flatMap(({ in: place, name, schema }) => (place === "query" ? wrongOf(name, schema) : [])),
];

const wrongBodies = ({ method, body }: OperationInfo): Wrong[] => {
  if (method === "GET") return [];
  const fields = Object.entries(body ? flatten(body.schema).properties : {});
  return [["nonsense=1", "'nonsense'"], ...fields.flatMap(([name, schema]) => wrongOf(name, schema))];
};

const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join("&");

/** What a form says as `a[b]=1`, as JSON says it. */
const inJson = (sent: string): Record<string, unknown> => {
  const [path = "", value = ""] = sent.split(/=(?=[^=]*$)/);
  const steps = path.replaceAll("]", "").split("[");
  return steps.reduceRight<unknown>((inner, step) => (step === "" ? [inner] : { [step]: inner }), value) as Record<
    string,
    unknown
  >;
};

const withBody = (example: Example, sent: string): Example =>
  example.json === undefined
    ? { ...example, body: joined(example.body, sent) }
    : { ...example, json: { ...(example.json as object), ...inJson(sent) } };

const refusal = async (info: OperationInfo, example: Example): Promise<string> => {
  const response = await sandbox.fetch(asRequest(info.operation, example));
  return `${response.status} ${await response.text()}`;
};

describe("what Affise does not know is refused by every operation, in query and body, at whatever depth", () => {
  const state = async (): Promise<unknown> => {
    const paths = ["/3.0/offers?limit=500", "/3.0/admin/partners?limit=500", "/3.0/admin/users", "/3.1/presets", "/3.1/adcosts"];
    return Promise.all(
      paths.map(async (path) =>
        (await sandbox.fetch(asRequest(`GET ${path.split("?")[0]}`, { query: path.split("?")[1] }))).json(),
      ),
    );
  };

  test("and nothing is written by it", async () => {
    const before = await state();
    const passed: string[] = [];
    let tried = 0;
    for (const info of operations.values()) {
      const example = examples[info.operation] ?? {};
      const calls = [
        ...wrongQueries(info).map(([sent, word]) => [{ ...example, query: joined(example.query, sent) }, sent, word] as const),
        ...wrongBodies(info).map(([sent, word]) => [withBody(example, sent), sent, word] as const),
      ];
      for (const [call, sent, word] of calls) {
        const answer = await refusal(info, call);
        tried += 1;
        // An order that statistics do not know is denied, as Affise does.
        const isRefused = /^400 .*"status":(2|"error")/.test(answer) || (sent.startsWith("order[") && answer.startsWith("403"));
        if (!isRefused || !(answer.includes(word) || answer.startsWith("403")))
          passed.push(`${info.operation} ${sent}: ${answer}`);
      }
    }
    expect(passed.map((text) => text.slice(0, 200))).toEqual([]);
    expect(tried).toBeGreaterThan(4000);
    expect(await state()).toEqual(before);
  });
});
