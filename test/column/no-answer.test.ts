import type { ServerResponse } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { afterAll, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { fieldCases } from "../execution/field-walk.js";
import { openProxied } from "../world/proxied.js";

const limits = { depth: 100, aliases: 10_000, directives: 1000, cost: 1e9, calls: 1e6, tokens: 1e6 };
const sizes = { offers: 12, affiliates: 6, advertisers: 4, conversions: 80, now: new Date("2026-03-01T12:00:00Z") };
const { world, proxy } = await openProxied(sizes, { limits });
afterAll(() => world.close());

const { cases } = fieldCases(buildSchema());

/** What a query gives, and the operations that it asks for. */
const good = async (query: string, key: string) => {
  const asked = new Set<string>();
  proxy.intercept = (operation) => {
    asked.add(operation);
    return undefined;
  };
  const { data } = await world.ask(query, { key });
  return { whole: data, asked: [...asked] };
};

const page = (status: number) => (response: ServerResponse) =>
  response.writeHead(status, { "content-type": "text/html" }).end("<html><h1>nginx</h1></html>");

const answers: [what: string, answer: (response: ServerResponse) => void][] = [
  ["nothing but its status", (response) => response.end('{"status":1}')],
  ["a page of a proxy's that knows no such path", page(404)],
  ["a page of a firewall's", page(403)],
  ["a page of a proxy's that wants a password", page(401)],
];

test.each(answers)(
  "%s is no answer, and no word of Affise's on a key or a row, whatever field it was to fill",
  async (_, answer) => {
    const silent: unknown[] = [];
    for (const { type, field, key, query } of cases) {
      const text = query(2);
      const { whole, asked } = await good(text, key);
      for (const operation of asked) {
        proxy.intercept = (asked) => (asked === operation ? answer : undefined);
        const { data, errors = [] } = await world.ask(text, { key });
        const told = errors.map(({ extensions }) => [extensions.operation, extensions.code]);
        // An older path may give what a newer one did not.
        const isTold = told.some(([about, code]) => about === operation && code === "UPSTREAM_FAILED");
        if (!isTold && !isDeepStrictEqual(data, whole)) silent.push([`${type}.${field}`, operation, ...told]);
      }
    }
    expect(silent).toEqual([]);
  },
);
