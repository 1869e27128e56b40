import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Scope } from "../../src/affise/scope.js";
import { Sessions } from "../../src/affise/sessions.js";
import { proxyFor } from "../../src/affise/transport/proxy.js";
import { readConfig } from "../../src/config.js";
import { doctor } from "../../src/doctor/doctor.js";
import { createSandbox } from "../../src/sandbox/index.js";

const upstream = await createSandbox({ offers: 5, affiliates: 5, advertisers: 2, conversions: 5 }).listen();
const sockets = new Set<Socket>();
const asked: string[] = [];
let refusal: number | undefined;

/** A proxy that knows one host: the sandbox, under a name that no DNS has. */
const proxy = createServer().on("connect", (request, client: Socket) => {
  asked.push(request.url ?? "");
  if (refusal) return client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
  const server = connect(Number(new URL(upstream.url).port), "127.0.0.1", () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    server.pipe(client).pipe(server);
  });
  for (const socket of [client, server]) {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  }
});
await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
const at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
const network = "http://api-acme.affise.invalid";

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await upstream.close();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  asked.length = 0;
  refusal = undefined;
});

describe("which proxy", () => {
  const both = { HTTPS_PROXY: "http://secure:1", HTTP_PROXY: "plain:2" };
  test.each([
    ["https://api.acme.com", both, "secure:1"],
    ["http://api.acme.com", both, "plain:2"],
    ["https://api.acme.com", { HTTP_PROXY: "plain:2" }, "plain:2"],
    ["http://api.acme.com", { HTTPS_PROXY: "http://secure:1" }, undefined],
    ["https://api.acme.com", { https_proxy: "http://small:3" }, "small:3"],
    ["https://api.acme.com", { ...both, NO_PROXY: "acme.com" }, undefined],
    ["https://api.acme.com", { ...both, NO_PROXY: "x.org, .acme.com" }, undefined],
    ["https://api.acme.com", { ...both, NO_PROXY: "*" }, undefined],
    ["https://api.acme.com", { ...both, NO_PROXY: "acme.com:8443" }, "secure:1"],
    ["https://api.notacme.com", { ...both, NO_PROXY: "acme.com" }, "secure:1"],
    ["http://127.0.0.1:4100", both, undefined],
    ["https://localhost", both, undefined],
    ["https://api.acme.com", {}, undefined],
  ])("%s with %j: %s", (url, environment, host) => {
    expect(proxyFor(url, environment)?.host).toBe(host);
  });

  test.each(["socks5://x:1", "http://"])("%s is none", (wrong) => {
    expect(() => proxyFor("https://api.acme.com", { HTTPS_PROXY: wrong })).toThrow("must be URLs such as");
  });
});

test("a wrong one is told before anything starts", () => {
  const environment = { AFFISE_API_URL: network, HTTP_PROXY: "socks5://x" };
  expect(() => readConfig(environment)).toThrow("HTTPS_PROXY and HTTP_PROXY must be URLs such as http://proxy.acme.com:3128.");
});

test("the client's calls go through it", async () => {
  vi.stubEnv("HTTP_PROXY", `http://${at}`);
  const sessions = new Sessions();
  const call = sessions.of({ name: "acme", url: network }, "sandbox-general-manager").callFor(new Scope());
  const { offers } = await call("GET /3.0/offers", { query: { limit: 2 } });
  expect(offers).toHaveLength(2);
  expect(asked).toEqual(["api-acme.affise.invalid:80"]);
  await sessions.close();
});

describe("the doctor", () => {
  const examined = async () => {
    let printed = "";
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
    const code = await doctor(readConfig({ AFFISE_API_URL: network }), { json: false, key: "sandbox-affiliate" });
    return { code, printed };
  };

  test("names it", async () => {
    vi.stubEnv("HTTP_PROXY", `http://${at}`);
    const { code, printed } = await examined();
    expect(printed).toContain(`api-acme.affise.invalid is asked through the proxy ${at}`);
    expect(printed).toContain("This is affiliate 1");
    expect(code).toBe(0);
  });

  test.each([407, 403])("says that it refuses: %d", async (status) => {
    vi.stubEnv("HTTP_PROXY", `http://${at}`);
    refusal = status;
    const { code, printed } = await examined();
    expect(printed).toContain(`The proxy ${at} refuses to connect to api-acme.affise.invalid (HTTP ${status})`);
    expect(code).toBe(1);
  });

  test.each([
    ["http://127.0.0.1:9", "Nothing listens at the proxy 127.0.0.1:9 (ECONNREFUSED)"],
    [
      "http://proxy.acme.invalid:3128",
      "There is no proxy proxy.acme.invalid:3128, through which api-acme.affise.invalid is to be asked",
    ],
    ["socks5://x", "HTTPS_PROXY and HTTP_PROXY must be URLs such as http://proxy.acme.com:3128."],
  ])("a wrong one is the proxy's fault and not the API URL's: %s", async (wrong, words) => {
    vi.stubEnv("HTTP_PROXY", wrong);
    const { code, printed } = await examined();
    expect(printed).toContain(words);
    expect(printed).toContain("→ Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY");
    expect(code).toBe(1);
  });
});
