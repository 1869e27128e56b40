import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { settings } from "../../src/config.js";
import { cli, folder, run, serving, tidyUp } from "./launch.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

tidyUp();

const ask = async (address: string, query: string) => {
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

const count = async (address: string) =>
  ((await ask(address, "{ offers { totalCount } }")) as { data: { offers: { totalCount: number } } }).data.offers.totalCount;

test("workers open a rotated audit anew, and live on", async () => {
  const file = join(folder, "audit.jsonl");
  const { address, child, ended } = await serving(["start", "--port", "0", "--workers", "2"], { AUDIT_FILE: file });
  const query = "mutation { updateOffers(input: { changes: [{ offerIds: [1], status: STOPPED }] }) { results { outcome } } }";
  const change = () => ask(address, query);
  await change();
  renameSync(file, `${file}.1`);
  child.kill("SIGHUP");
  await expect.poll(() => existsSync(file)).toBe(true);
  await change();
  // The other worker may have the file still to open.
  expect(`${readFileSync(`${file}.1`, "utf8")}${readFileSync(file, "utf8")}`.match(/"outcome":"DONE"/g)).toHaveLength(2);
  child.kill();
  expect(await ended).toBe(0);
});

const colour = "\u001b[";

describe("help", () => {
  test.each(["", "start", "sandbox", "doctor", "query", "documents", "schema"])(
    "of affise-graphql %s: examples, and no colours",
    async (command) => {
      const { code, out } = await run(command ? [command, "--help"] : ["--help"]);
      expect(code).toBe(0);
      expect(out).toMatch(/Examples:\n {2}\S/);
      if (command !== "schema") expect(out).toMatch(/Exit codes: 0 .*, 1 .*, 2 wrong usage or settings\./);
      expect(out).not.toContain(colour);
    },
  );

  test("of start names every setting with its default", async () => {
    const { out } = await run(["start", "--help"]);
    const words = out.replaceAll(/\s+/g, " ");
    for (const [name, { shown }] of Object.entries(settings)) expect(words).toContain(`[${name}, ${shown}]`);
  });

  test("--version", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, error: "" });
  });
});

test("a flag of what is true or false needs no value, and takes one", async () => {
  const { address } = await serving(["start", "--federation", "--introspection", "off", "--port", "0"]);
  const ask = async (query: string) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${address}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
    return (await response.json()) as { errors?: unknown };
  };
  expect((await ask("{ _service { sdl } }")).errors).toBeUndefined();
  expect((await ask("{ __schema { types { name } } }")).errors).toBeDefined();
});

describe("wrong usage is 2, in a sentence with the next step", { timeout: 60_000 }, () => {
  test("an unknown command", async () => {
    const { code, out, error } = await run(["serve"]);
    expect(code).toBe(2);
    expect(error).toContain(
      "there is no command serve; the commands are start, sandbox, doctor, query, documents, completion, schema",
    );
    expect(error).toContain("(affise-graphql --help tells more)");
    expect(out).toBe("");
    expect((await run(["help", "serve"])).error).toContain("there is no command serve; the commands are");
  });

  test("a flag that goes with another", async () => {
    for (const flag of ["rows", "report"]) {
      expect(await run(["doctor", `--${flag}`, "5"])).toEqual({
        code: 2,
        out: "",
        error: `affise-graphql: --${flag} goes with --contract.\n`,
      });
    }
  });

  test("an unknown flag", async () => {
    const { code, error } = await run(["doctor", "--yaml"]);
    expect(code).toBe(2);
    expect(error).toContain("unknown option '--yaml'");
  });

  test("wrong settings, all of them at once", async () => {
    const { code, error } = await run(["start", "--log-level", "loud"], { PORT: "many", UPSTREAM_TIMEOUT_MS: "5" });
    expect(code).toBe(2);
    expect(error.trim().split("\n")).toEqual([
      'affise-graphql: PORT must be a whole number, not "many".',
      expect.stringMatching(/^affise-graphql: --log-level must be silent, .* or trace, not "loud"\.$/),
      'affise-graphql: UPSTREAM_TIMEOUT_MS must be at least 100, not "5".',
    ]);
  });

  test("production without a network", async () => {
    const { code, error } = await run(["start"], { NODE_ENV: "production" });
    expect(code).toBe(2);
    expect(error).toBe(
      "affise-graphql: AFFISE_API_URL is missing: in production the network must be named (AFFISE_API_URL=sandbox asks for the sandbox).\n",
    );
  });

  test.each(["start", "sandbox"])("a port in use: %s", async (command) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => {
      taken.once("listening", resolve);
    });
    const { port } = taken.address() as { port: number };
    const { code, error } = await run([command, "--port", String(port), "--sandbox-offers", "5", "--sandbox-conversions", "1"]);
    taken.close();
    expect(code).toBe(2);
    // A slow machine shows its progress on lines before.
    expect(error.split("\n").filter((line) => line && !line.endsWith(" …"))).toEqual([
      `affise-graphql: Port ${port} is in use; choose another with --port, or 0 for any free one.`,
    ]);
  });

  test("the doctor's network that is not there", async () => {
    const { code, error } = await run(["doctor", "--tenant", "gamma"], {
      AFFISE_TENANTS: "acme=https://api-acme.affise.invalid",
    });
    expect(code).toBe(2);
    expect(error).toBe("affise-graphql: --tenant gamma is none of AFFISE_TENANTS: acme.\n");
  });
});

describe("the commands", { timeout: 90_000 }, () => {
  test("schema prints the SDL, and nothing else", async () => {
    const { code, out, error } = await run(["schema"]);
    expect([code, error]).toEqual([0, ""]);
    expect(buildSchema(out).getQueryType()?.getFields()).toHaveProperty("offers");
  });

  test("doctor: 0 when all is fine, 1 when something is wrong, the key from the environment", async () => {
    const fine = await run(["doctor"], { AFFISE_API_KEY: "sandbox-affiliate" });
    // A busy machine may take the second after which the doctor says what it waits for.
    expect([fine.code, fine.error.replace(/^Asking .* …\n/gm, "")]).toEqual([0, ""]);
    expect(fine.out).toContain("This is affiliate 1");
    expect(fine.out).not.toContain(colour);
    const wrong = await run(["doctor", "--key", "wrong", "--json"], { AFFISE_API_KEY: "sandbox-affiliate" });
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out)).toMatchObject({ ok: false });
  });

  test("doctor: colours where they are wanted", async () => {
    const { out } = await run(["doctor"], { FORCE_COLOR: "1" });
    expect(out).toContain(`${colour}32mok`);
  });

  test("start runs over the sandbox, and says so", async () => {
    const { address, said, child, ended } = await serving(["start", "--port", "0"]);
    expect(said.error).toContain(`Playground   ${address}/`);
    expect(said.error).toContain("SANDBOX");
    expect(said.error).toContain("sandbox-general-manager");
    expect(await count(address)).toBe(20);
    const key = { "api-key": "sandbox-general-manager" };
    expect(await (await fetch(`${address}/3.0/offers?limit=1`, { headers: key })).json()).toMatchObject({ status: 1 });
    expect(await (await fetch(`${address}/sandbox/reset`, { method: "POST" })).json()).toEqual({ status: 1 });
    expect(await (await fetch(`${address}/sandbox/calls`)).json()).toEqual({});
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("others are answered while the sandbox sums up a report, which has a thread of its own", async () => {
    const { address, child, ended } = await serving(["start", "--port", "0"], { SANDBOX_CONVERSIONS: "20000" });
    const slices = ["day", "offer", "affiliate", "country", "city", "os", "device"].map((name) => `slice[]=${name}`).join("&");
    const [to, from] = [0, 90].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));
    const dates = `filter[date_from]=${from}&filter[date_to]=${to}`;
    const headers = { "api-key": "sandbox-general-manager" };
    let isIn = false;
    const report = fetch(`${address}/3.0/stats/custom?${slices}&${dates}&limit=1`, { headers }).then((response) => {
      isIn = true;
      return response.json();
    });
    let meanwhile = 0;
    for (; !isIn; meanwhile += 1) await (await fetch(`${address}/healthz`)).text();
    expect(await report).toMatchObject({ status: 1, pagination: { total_count: expect.any(Number) } });
    expect(meanwhile).toBeGreaterThan(10);
    child.kill();
    expect(await ended).toBe(0);
  });

  describe("the sandbox's thread", () => {
    /** The environment in which this is run on every thread but the first, before its own code. */
    const onThreads = (name: string, code: string) => {
      const file = join(folder, `${name}.mjs`);
      writeFileSync(file, `import { isMainThread } from "node:worker_threads";\nif (!isMainThread) { ${code} }`);
      return { NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
    };

    test.each([
      ["a fault", 'throw new Error("no room left");', "no room left"],
      ["its end", "process.exit(3);", "its thread ended with 3"],
    ])("that does not come up is one line and exit code 2: %s", async (_, code, words) => {
      const { code: exit, error } = await run(["start", "--port", "0"], onThreads("stillborn", code));
      expect(error).toBe(`affise-graphql: The sandbox did not come up: ${words}.\n`);
      expect(exit).toBe(2);
    });

    test.each([[[]], [["--workers", "2"]]])("that ends is told of and followed by another, with %j", async (flags) => {
      const sign = join(folder, "end-now");
      const code = `setInterval(() => { if (fs.existsSync(${JSON.stringify(sign)})) { fs.rmSync(${JSON.stringify(sign)}); throw new Error("no room left"); } }, 20);`;
      const environment = onThreads("mortal", `const fs = process.getBuiltinModule("node:fs"); ${code}`);
      const { address, child, ended, said } = await serving(["start", "--port", "0", ...flags], environment);
      expect(await count(address)).toBe(20);
      writeFileSync(sign, "");
      await expect.poll(() => said.error).toContain("The sandbox ended (no room left) and is started again");
      await expect.poll(() => count(address).catch(() => undefined)).toBe(20);
      child.kill();
      expect(await ended).toBe(0);
    });
  });

  test("npm's end is the server's end", async () => {
    // npm runs a command below a shell, which dies of the signal without passing it on; so does this parent.
    const inner = [process.execPath, cli, "sandbox", "--port", "0", "--sandbox-offers", "5"];
    const script = `const child = require("node:child_process").spawn(${JSON.stringify(inner[0])}, ${JSON.stringify(inner.slice(1))}, { stdio: ["ignore", "inherit", "inherit"], detached: true }); process.stdout.write(String(child.pid) + "\\n");`;
    const parent = spawn(process.execPath, ["-e", script], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", npm_execpath: "npm", SANDBOX_CONVERSIONS: "5" },
    });
    let said = "";
    for (const stream of [parent.stdout, parent.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    await expect.poll(() => said, { timeout: 30_000 }).toMatch(/http:\/\/\S+/);
    const pid = Number(/^\d+/.exec(said)?.[0]);
    parent.kill("SIGKILL");
    const isGone = () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    };
    await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
  });

  test("sandbox serves REST", async () => {
    const { address, child, ended } = await serving(["sandbox", "--port", "0", "--sandbox-offers", "7"]);
    const response = await fetch(`${address}/3.0/offers`, { headers: { "api-key": "sandbox-affiliate-manager" } });
    expect(await response.json()).toMatchObject({ status: 1, pagination: { total_count: expect.any(Number) } });
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("flags win over the environment, the environment over .env", async () => {
    writeFileSync(join(folder, ".env"), "PORT=0\nSANDBOX_OFFERS=11\nSANDBOX_CONVERSIONS=1\nSANDBOX_AFFILIATES=nonsense\n");
    try {
      const fromFile = await run(["start"]);
      expect(fromFile.code).toBe(2);
      expect(fromFile.error).toContain('SANDBOX_AFFILIATES must be a whole number, not "nonsense".');
      const environment = { SANDBOX_AFFILIATES: "5", SANDBOX_OFFERS: "12" };
      const overFile = await serving([], environment);
      expect(await count(overFile.address)).toBe(12);
      const overBoth = await serving(["--sandbox-offers", "13"], environment);
      expect(await count(overBoth.address)).toBe(13);
    } finally {
      rmSync(join(folder, ".env"));
    }
  });
});
