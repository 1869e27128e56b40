import { spawnSync } from "node:child_process";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.js";
import { checkNode, type DoctorOptions, doctor } from "../../src/doctor/doctor.js";
import { createSandbox, sampleKeys } from "../../src/sandbox/index.js";

const sandbox = createSandbox({ offers: 30, affiliates: 10, advertisers: 5, conversions: 50 });
const upstream = await sandbox.listen();
const closers: (() => void)[] = [() => void upstream.close()];
afterAll(() => {
  for (const close of closers) close();
});
afterEach(() => sandbox.reset());

/** Runs the doctor and gives what it printed and its exit code. */
const examined = async (environment: Record<string, string>, options: Partial<DoctorOptions> = {}) => {
  let printed = "";
  let waited = "";
  const out = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  const error = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    waited += String(chunk);
    return true;
  });
  try {
    const code = await doctor(readConfig(environment), { json: false, ...options });
    return { code, printed, waited };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
};

const withKey = (key: string) => examined({ AFFISE_API_URL: upstream.url }, { key });

/** Serves one answer to everything. */
const serving = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  closers.push(() => void server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
};

const fault = (value: object) =>
  fetch(`${upstream.url}/sandbox/faults`, { method: "POST", body: JSON.stringify({ operation: "*", ...value }) });

describe("Node", () => {
  test("too old is a problem, with where to get another", () => {
    for (const version of ["18.20.4", "20.18.3"])
      expect(checkNode(version)).toEqual({
        check: "node",
        outcome: "problem",
        says: `Node ${version} is too old`,
        next: "Install Node 20.19 or newer, from https://nodejs.org.",
      });
  });

  test.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("%s is fine", (version) => {
    expect(checkNode(version)).toEqual({ check: "node", outcome: "fine", says: `Node ${version}` });
  });
});

describe("the API URL", () => {
  test("no such host: where the URL is in the panel", async () => {
    const { code, printed } = await examined({ AFFISE_API_URL: "https://api-acme.affise.invalid" });
    expect(code).toBe(1);
    expect(printed).toMatch(/FAIL {2}network +(There is no host api-acme\.affise\.invalid|The address .* no DNS server answers)/);
    expect(printed).toMatch(
      /→ (Compare the API URL with the panel: Settings > Tracking domains > Default URLs|Is this machine online)/,
    );
    expect(printed).toContain("1 problem found.");
  });

  test("nothing listens there", async () => {
    const url = await serving(() => undefined);
    closers.pop()?.();
    const { code, printed } = await examined({ AFFISE_API_URL: url });
    expect(code).toBe(1);
    expect(printed).toContain(`Nothing listens at ${new URL(url).host} (ECONNREFUSED)`);
    expect(printed).toContain("→ Check host and port of the API URL; is it running?");
  });

  test("TLS asked of a server that speaks none", async () => {
    const { code, printed } = await examined({ AFFISE_API_URL: upstream.url.replace("http:", "https:") });
    expect(code).toBe(1);
    expect(printed).toMatch(/does not speak TLS \(\w+\)/);
    expect(printed).toContain("→ Should the API URL begin with http:// instead of https://?");
  });

  const made = "req -x509 -newkey rsa:2048 -nodes -keyout - -out - -days 1 -subj /CN=api.example";
  const { stdout: pem, status } = spawnSync("openssl", made.split(" "), { encoding: "utf8" });
  if (status !== 0)
    process.stderr.write("SKIPPED: openssl is not on this machine; the doctor's words for certificates go untested.\n");

  test.skipIf(status !== 0)("a certificate that nobody vouches for", async () => {
    const server = createTlsServer({ key: pem, cert: pem });
    closers.push(() => void server.close());
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as { port: number };
    const { code, printed } = await examined({ AFFISE_API_URL: `https://127.0.0.1:${port}` });
    expect(code).toBe(1);
    expect(printed).toMatch(/The certificate of 127\.0\.0\.1:\d+ is signed by nobody else \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    expect(printed).toContain("→ Check the host and this machine's clock.");
  });

  test.each([
    ["a web page", (answer: Parameters<RequestListener>[1]) => answer.end("<h1>Welcome</h1>")],
    ["other JSON", (answer: Parameters<RequestListener>[1]) => answer.end('{"hello":"world"}')],
    ["nothing of the kind", (answer: Parameters<RequestListener>[1]) => answer.writeHead(404).end("{}")],
  ])("%s is not an Affise API", async (_, respond) => {
    const url = await serving((_, answer) => respond(answer));
    const { code, printed } = await examined({ AFFISE_API_URL: url }, { key: "sandbox-affiliate" });
    expect(code).toBe(1);
    expect(printed).toMatch(/FAIL {2}api +127\.0\.0\.1:\d+ answers, but not like an Affise API \(HTTP \d+\)/);
    expect(printed).toContain("The panel's own host is another.");
    expect(printed).not.toContain("sandbox-affiliate");
  });

  test("a host that sends callers on", async () => {
    const url = await serving((_, answer) => answer.writeHead(301, { location: "https://panel.example/login" }).end());
    const { code, printed } = await examined({ AFFISE_API_URL: url });
    expect(code).toBe(1);
    expect(printed).toContain("sends callers on to https://panel.example; the server follows no redirects");
  });

  test("an API that fails", async () => {
    await fault({ kind: "status", status: 500 });
    const { code, printed } = await withKey("sandbox-general-manager");
    expect(code).toBe(1);
    expect(printed).toMatch(
      /answers with an error of its own \(HTTP 500\)\n +→ Try again; if it stays so, ask Affise's support\./,
    );
  });

  test("an API that asks to slow down", async () => {
    await fault({ kind: "rate-limit" });
    expect((await withKey("sandbox-general-manager")).printed).toContain("asks to slow down (HTTP 429)");
  });

  test("an API that does not answer in time, and a line that says what is waited for", async () => {
    await fault({ kind: "hang" });
    const { code, printed, waited } = await examined({ AFFISE_API_URL: upstream.url, UPSTREAM_TIMEOUT_MS: "1200" });
    expect(code).toBe(1);
    expect(printed).toContain("does not answer within 1.2 seconds");
    expect(printed).toContain("→ Try again; if it stays so, ask Affise's support, or raise UPSTREAM_TIMEOUT_MS.");
    expect(waited).toBe(`Asking ${new URL(upstream.url).host} …\n`);
  });

  test("a clock that is wrong", async () => {
    const date = new Date(Date.now() - 900_000).toUTCString();
    const url = await serving((_, answer) => answer.writeHead(401, { date }).end('{"status":2,"message":"Token is necessary"}'));
    const { code, printed } = await examined({ AFFISE_API_URL: url });
    expect(code).toBe(1);
    expect(printed).toContain("FAIL  clock        This machine's clock is 15 minutes ahead of the network's");
    expect(printed).toContain("→ Set it, best by NTP");
  });
});

describe("the key", () => {
  test("unknown: where keys are, and what else may be wrong", async () => {
    const { code, printed } = await withKey("not-a-key-of-anyone");
    expect(code).toBe(1);
    expect(printed).toContain("FAIL  key          401: this key is unknown on this host.");
    expect(printed).toMatch(/→ Network users' keys are in the panel under Users > .* affiliates' under Settings > Security/);
    expect(printed).toContain("the API URL may be another network's.");
    expect(printed).not.toContain("not-a-key-of-anyone");
  });

  test("none: says how to pass one, and that is no problem", async () => {
    const { code, printed } = await examined({ AFFISE_API_URL: upstream.url });
    expect(code).toBe(0);
    expect(printed).toMatch(/skip {2}key +No key to look at\n +→ Pass it with --key, or set AFFISE_API_KEY\./);
    expect(printed).toContain("All fine.");
  });

  test("a good one whose owner cannot be told", async () => {
    await fault({ operation: "GET /3.1/user/me", kind: "status", status: 500 });
    const { code, printed } = await withKey("sandbox-general-manager");
    expect(code).toBe(1);
    expect(printed).toMatch(/FAIL {2}key +Whose key it is cannot be told: .*\(GET \/3\.1\/user\/me\)/);
  });

  test("of a general manager", async () => {
    const { code, printed } = await withKey("sandbox-general-manager");
    expect(code).toBe(0);
    expect(printed).toMatch(/ok {4}key +This is Sven Rinaldi <\S+>, a user of the network\.\n +General manager: all sections/);
    expect(printed).toMatch(/People and offers: may change .*advertisers and their offers, affiliates/);
    expect(printed).toContain(
      "Statistics and conversions: may not see single clicks, export of conversions, export of statistics",
    );
  });

  test("of an affiliate manager", async () => {
    const { code, printed } = await withKey("sandbox-affiliate-manager");
    expect(code).toBe(0);
    expect(printed).toContain("Affiliate manager: affiliates, their tickets, billing and statistics.");
    expect(printed).toContain("People and offers: may change affiliates\n");
    expect(printed).toContain("Network: may change payments and invoices\n");
  });

  test("of an account manager", async () => {
    const { code, printed } = await withKey("sandbox-account-manager");
    expect(code).toBe(0);
    expect(printed).toContain("Account manager: the advertisers assigned to it, and their offers.");
    expect(printed).toContain("advertisers and offers not assigned to it, affiliates");
  });

  test("of an affiliate", async () => {
    const { code, printed } = await withKey("sandbox-affiliate");
    expect(code).toBe(0);
    expect(printed).toMatch(/ok {4}key +This is affiliate 1 <\S+@\S+>\./);
    expect(printed).toContain("An affiliate's key: may see its own account and balances, the offers open to it");
  });

  test("of an advertiser", async () => {
    const { code, printed } = await withKey("sandbox-advertiser");
    expect(code).toBe(0);
    expect(printed).toMatch(/ok {4}key +This is an advertiser with \d+ offers\.\n/);
    expect(printed).toContain("An advertiser's key: may see its own account, its own active offers");
  });

  test("no raw name of a permission is left over", async () => {
    for (const { key } of sampleKeys) expect((await withKey(key)).printed).not.toMatch(/slice-|entity-|view-|-list\b|_id\b/);
  });
});

describe("several networks", () => {
  const tenants = { AFFISE_TENANTS: `acme=${upstream.url},beta=http://127.0.0.1:9` };

  test("each under its name", async () => {
    const { code, printed } = await examined(tenants, { key: "sandbox-affiliate" });
    expect(code).toBe(1);
    expect(printed).toMatch(/\nacme\nok {4}url .*ok {4}key .*\nbeta\nok {4}url .*FAIL {2}api /s);
  });

  test("one of them", async () => {
    const { code, printed } = await examined(tenants, { key: "sandbox-affiliate", tenant: "acme" });
    expect(code).toBe(0);
    expect(printed).not.toContain("beta");
  });

  test("none of that name", async () => {
    await expect(examined(tenants, { tenant: "gamma" })).rejects.toThrow("--tenant gamma is none of AFFISE_TENANTS: acme, beta.");
  });
});

test("without any setting it looks at a sandbox of its own, and names the keys", async () => {
  const { code, printed } = await examined({});
  expect(code).toBe(0);
  expect(printed).toContain("no AFFISE_API_URL is set, so this looks at the built-in sandbox");
  for (const { key } of sampleKeys) expect(printed).toContain(key);
});

test("a Redis that does not answer", async () => {
  const { code, printed } = await examined({ AFFISE_API_URL: upstream.url, REDIS_URL: "redis://127.0.0.1:9" });
  expect(code).toBe(1);
  expect(printed).toMatch(/FAIL {2}redis +Redis does not answer at 127\.0\.0\.1:9 \(ECONNREFUSED\)\n +→ Check REDIS_URL/);
});

test("--json has the same findings for programs", async () => {
  const { code, printed } = await examined({ AFFISE_API_URL: upstream.url }, { key: "wrong", json: true });
  expect(code).toBe(1);
  const { ok, findings } = JSON.parse(printed) as { ok: boolean; findings: { check: string; outcome: string; next?: string }[] };
  expect(ok).toBe(false);
  expect(findings.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
    "node fine",
    "url fine",
    "network fine",
    "api fine",
    "clock fine",
    "key problem",
  ]);
  expect(findings.at(-1)?.next).toContain("Settings > Security");
});

test("it only reads", async () => {
  for (const { key } of sampleKeys) await withKey(key);
  expect(Object.keys(sandbox.calls()).filter((operation) => !operation.startsWith("GET "))).toEqual([]);
});
