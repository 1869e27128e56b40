import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "../../client/src/index.js";

/** A server that has one answer for all, and what it was asked. */
const answering = async (answer: (response: ServerResponse) => void) => {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, asked };
};

const documents = ["{ __typename }", "mutation { __typename }"];

test.each([301, 302, 303, 307, 308])("the key goes to no other address than the one given: %i", async (status) => {
  const other = await answering((response) => response.end('{"data":{"__typename":"Other"}}'));
  const first = await answering((response) => response.writeHead(status, { location: other.url }).end());
  for (const text of documents) {
    const answer = await createClient({ url: first.url, apiKey: "k" }).result(text);
    expect(answer).toMatchObject({ ok: false, error: { name: "NoAnswerError", status } });
    expect(answer).toMatchObject({ error: { message: expect.stringContaining(`sends callers on to ${other.url}`) } });
  }
  expect([first.asked.length, other.asked.length]).toEqual([2, 0]);
});

test("a browser that hides where it was sent on to", async () => {
  const fetch = vi.fn(async () => Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" }));
  const answer = await createClient({ url: "http://127.0.0.1", apiKey: "k", fetch }).result(documents[0] ?? "");
  expect(answer).toMatchObject({ error: { message: expect.stringMatching(/^The server sends callers on; /) } });
  expect(fetch).toHaveBeenCalledOnce();
});

test.each(["null", "[]", "5", '"x"', "{}", '{"errors":{}}', '{"errors":[]}', '{"data":null}'])(
  "what is JSON and no answer is said to be none, and asked for once: %s",
  async (body) => {
    const { url, asked } = await answering((response) => response.end(body));
    const answer = await createClient({ url, apiKey: "k" }).result(documents[0] ?? "");
    expect(answer).toMatchObject({ error: { status: 200, message: "The answer has neither data nor errors." } });
    expect(asked).toHaveLength(1);
  },
);

test.each([
  ["null", "null"],
  ['"too bad"', "too bad"],
  ['{"message":"no"}', "no"],
])("an error of another form than GraphQL's is still an error: %s", async (error, message) => {
  const { url } = await answering((response) => response.end(`{"errors":[${error}]}`));
  const answer = await createClient({ url, apiKey: "k" }).result(documents[0] ?? "");
  expect(answer).toMatchObject({ error: { name: "AnswerError", code: "INTERNAL_SERVER_ERROR", message } });
});

describe("what can never be sent is told at once, without the key", () => {
  test.each(["", "/graphql", "graphql", "http://", "http://user:hush-hush@127.0.0.1:1/"])("the address %j", (url) => {
    expect(() => createClient({ url, apiKey: "k" })).toThrow(/^url must (be an address such as|not hold a user or password)/);
    expect(() => createClient({ url, apiKey: "k" })).not.toThrow("hush");
  });

  test.each(["hush\nhush", "hush\u0000", "hush¡", "hush€"])("the key %j", async (apiKey) => {
    const { url, asked } = await answering((response) => response.end());
    for (const given of [apiKey, () => apiKey]) {
      const thrown = await createClient({ url, apiKey: given }).result("{ a }").then(String, String);
      expect(thrown).toBe("TypeError: apiKey must be Affise's key: ASCII characters alone.");
    }
    expect(asked).toEqual([]);
  });

  test("a key that was read with the end of its line", async () => {
    const { url, asked } = await answering((response) => response.end('{"data":{}}'));
    await createClient({ url, apiKey: " k\r\n" }).request(documents[0] ?? "");
    expect(asked[0]?.headers["api-key"]).toBe("k");
  });
});

test("pages that came by http:// have no randomUUID, and make changes all the same", async () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { url, asked } = await answering((response) => response.end('{"data":{}}'));
  for (const text of ["mutation { a }", "mutation { b }"]) await createClient({ url, apiKey: "k" }).request(text);
  const keys = asked.map(({ headers }) => headers["idempotency-key"]);
  expect([keys.length, new Set(keys).size, keys.every(Boolean)]).toEqual([2, 2, true]);
});
