import { once } from "node:events";
import { connect, type Socket } from "node:net";
import Fastify from "fastify";
import { afterAll, describe, expect, test } from "vitest";
import { keepLines } from "../../src/http/connection.js";
import { openWorld } from "../world/world.js";

const small = { offers: 5, affiliates: 2, advertisers: 2, conversions: 0 };
const world = await openWorld(small, { pressure: { inFlight: 5 } });
afterAll(() => world.close());

const open = async (url: string): Promise<Socket> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
};

const post = (query: string) => {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\napi-key: sandbox-general-manager\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** Sends bytes as they are and reads until the answer satisfies, or the connection ends. */
const exchange = (url: string, sent: string, isEnough: (said: string) => boolean = () => false) =>
  open(url).then(
    (socket) =>
      new Promise<{ said: string; isCut: boolean }>((resolve) => {
        let said = "";
        const end = (isCut: boolean) => {
          resolve({ said, isCut });
          socket.destroy();
        };
        socket.on("data", (chunk) => {
          said += chunk.toString();
          if (isEnough(said)) end(false);
        });
        socket.on("close", () => end(true));
        socket.write(sent);
      }),
  );

describe("requests of one connection", () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);

  test("that come at once are answered one after the other, in their order", async () => {
    const names = numbered(20);
    const sent = names.map((name) => post(`{ ${name}: offer(id: 1) { id } }`)).join("");
    const { said } = await exchange(world.url, sent, (text) => text.includes('"a19"'));
    expect([...said.matchAll(/"(a\d+)":\{"id":"1"\}/g)].map(([, name]) => name)).toEqual(names);
  });

  test("are cut off where very many come unanswered", async () => {
    const sent = numbered(500)
      .map((name) => post(`{ ${name}: __typename }`))
      .join("");
    const { said, isCut } = await exchange(world.url, sent);
    expect(isCut).toBe(true);
    expect(said.match(/"__typename|"a\d+"/g)?.length ?? 0).toBeLessThan(100);
    expect((await world.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
  });

  test("hold no place after the connection is gone", async () => {
    const slow = { operation: "GET /3.0/offers", delayMs: 100 };
    await fetch(`${world.upstream}/sandbox/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(slow),
    });
    for (let round = 0; round < 8; round += 1) {
      const socket = await open(world.url);
      socket.write(
        numbered(10)
          .map((name) => post(`{ ${name}: offer(id: 1) { id } }`))
          .join(""),
        () => socket.destroy(),
      );
      await once(socket, "close");
    }
    await expect.poll(async () => (await fetch(`${world.url}/readyz`)).status).toBe(200);
    expect((await world.ask("{ offer(id: 2) { id } }")).data).toEqual({ offer: { id: "2" } });
    await fetch(`${world.upstream}/sandbox/reset`, { method: "POST" });
  });

  test("whose answer nobody reads are cut off", async () => {
    const http = Fastify({ forceCloseConnections: true });
    keepLines(http, 50);
    http.get("/", (_, reply) => reply.send("x".repeat(50_000_000)));
    const socket = await open(await http.listen({ port: 0, host: "127.0.0.1" }));
    const gone = new Promise((resolve) => http.server.once("request", (request) => request.socket.once("close", resolve)));
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    await gone;
    socket.destroy();
    await http.close();
  });
});

describe("no cache keeps what this server says", () => {
  const head = "HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
  test.each([
    ["an address there is not", `GET /nowhere ${head}\r\n`, 404],
    ["an address that cannot be read", `GET /%ff%fe ${head}\r\n`, 400],
    ["/healthz", `GET /healthz ${head}\r\n`, 200],
    ["/readyz", `GET /readyz ${head}\r\n`, 200],
    ["/metrics", `GET /metrics ${head}\r\n`, 200],
    ["what the page asks", `GET /playground.json ${head}\r\n`, 200],
    ["a GET that any page could send", `GET /graphql?query={__typename} ${head}\r\n`, 400],
    ["a method that is not taken", `DELETE /graphql ${head}\r\n`, 405],
    ["an answer nobody takes", `POST /graphql ${head}accept: text/css\r\ncontent-length: 0\r\n\r\n`, 406],
    ["a body of another type", `POST /graphql ${head}content-type: text/plain\r\ncontent-length: 2\r\n\r\n{}`, 415],
    ["an expectation", `POST /graphql ${head}expect: wonders\r\ncontent-length: 2\r\n\r\n{}`, 417],
    ["headers that are too long", `GET /healthz ${head}a: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["what is no HTTP", "\x16\x03\x01 hello\r\n\r\n", 400],
    ["a length twice", `POST /graphql ${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ])("%s", async (_what, sent, status) => {
    const { said } = await exchange(world.url, sent);
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(said.toLowerCase()).toContain("\r\ncache-control: no-store\r\n");
  });
});
