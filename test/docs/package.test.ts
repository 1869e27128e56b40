import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
  files: string[];
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

const packageOf = (name: string) => name.split("/", name.startsWith("@") ? 2 : 1).join("/");

/** The packages that the built server imports; what is imported for its types alone is gone from it. */
const imported = () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const names = files.flatMap((file) =>
    [
      ...readFileSync(join(root, "src", file), "utf8").matchAll(
        /^(?:import|export) (?!type )(?:[^;]*? from )?"([^".][^"]*)";|\bimport\("([^".][^"]*)"\)/gm,
      ),
    ].map(([, still, dynamic]) => packageOf(still ?? dynamic ?? "")),
  );
  return [...new Set(names)].filter((name) => !name.startsWith("node:") && !builtinModules.includes(name)).sort();
};

describe("package.json", () => {
  test("what the server imports is a dependency, and nothing else is", () => {
    const { dependencies, optionalDependencies } = manifest;
    expect(Object.keys({ ...dependencies, ...optionalDependencies }).sort()).toEqual(imported());
  });

  test("versions are exact, so that everyone runs what was tested", () => {
    expect(Object.entries(manifest.dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("the lock file has the programs of every system, without which npm 11 refuses npm ci", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const absent = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${at}/node_modules/${name}` in packages),
      ),
    );
    expect(absent).toEqual([]);
  });

  test("the package is the built server, the schema, and what people read first", () => {
    expect(manifest.files).toEqual(["dist", "schema"]);
  });
});

/** What .dockerignore keeps from the image's build. */
const hidden = readFileSync(join(root, ".dockerignore"), "utf8")
  .trim()
  .split("\n")
  .map((pattern) =>
    pattern.replaceAll(".", "\\.").replace(/^(\*\*\/)?(\*?)/, (_, deep, name) => (deep ? "(.*/)?" : "") + (name && "[^/]*")),
  )
  .map((pattern) => new RegExp(`^${pattern}(/|$)`));

const isWanted = process.env.PACKAGE_TEST === "1";
if (!isWanted) {
  process.stderr.write(
    "SKIPPED: the package is not built, installed and started here; that takes minutes. PACKAGE_TEST=1 does it, as CI does.\n",
  );
}

describe.skipIf(!isWanted)("the tarball, in an empty folder", { timeout: 300_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), "affise-graphql-package-"));
  const copy = join(scratch, "copy");
  const home = join(scratch, "home");
  const { NODE_OPTIONS: _, VITEST: __, NODE_ENV: ___, ...environment } = process.env;
  let server: ChildProcess | undefined;
  let packed: { filename: string; size: number; files: { path: string }[] };

  // npm is a script: run by this same Node wherever npm itself says where it is.
  const npm = (args: readonly string[], cwd: string) => {
    const command = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
    const { status, stdout, stderr } = spawnSync(command[0] ?? "", [...command.slice(1), ...args], {
      cwd,
      encoding: "utf8",
      env: { ...environment, npm_config_update_notifier: "false" },
      shell: process.platform === "win32",
    });
    expect(status, `npm ${args.join(" ")}\n${stdout}\n${stderr}`).toBe(0);
    return stdout;
  };
  const cli = () => join(home, "node_modules/affise-graphql/dist/cli.js");
  const command = (...args: string[]) =>
    spawnSync(process.execPath, [cli(), ...args], { cwd: home, encoding: "utf8", env: environment });

  beforeAll(() => {
    // A copy, so that the build does not pull dist/ from under other tests, of what the Dockerfile's build is given.
    const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    const files = listed.stdout.trim().split("\n");
    for (const file of files.filter((name) => !hidden.some((pattern) => pattern.test(name)))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(root, file), join(copy, file));
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    mkdirSync(home);
    npm(["run", "build"], copy);
    [packed] = JSON.parse(npm(["pack", "--ignore-scripts", "--json", "--pack-destination", scratch], copy)) as [typeof packed];
    writeFileSync(join(home, "package.json"), '{ "private": true }\n');
    npm(["install", "--no-audit", "--no-fund", join(scratch, packed.filename)], home);
  }, 300_000);

  afterAll(() => {
    server?.kill();
    rmSync(scratch, { recursive: true, force: true });
  });

  test("holds what it needs, and nothing of tests, sources or examples", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["README.md", "LICENSE", "package.json", "dist/cli.js", "schema/offer/offer.graphql"]),
    );
    expect(paths).toContain("dist/playground/index.html");
    expect(paths.filter((path) => !/^(dist|schema)\/|^(README\.md|LICENSE|package\.json)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.tsx?$|\.map$|\.test\./.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(8_000_000);
  });

  test("npx affise-graphql --version", () => {
    expect(npm(["exec", "--", "affise-graphql", "--version"], home).trim()).toBe(manifest.version);
  });

  test("schema", () => {
    const { status, stdout } = command("schema");
    expect(status).toBe(0);
    expect(buildSchema(stdout).getMutationType()?.getFields()).toHaveProperty("updateOfferCaps");
  });

  test("doctor", () => {
    const { status, stdout } = command("doctor", "--key", "sandbox-general-manager");
    expect([status, stdout]).toEqual([0, expect.stringContaining("General manager")]);
  });

  test("start, the page, and a first query", async () => {
    server = spawn(process.execPath, [cli(), "start", "--port", "0"], { cwd: home, env: environment });
    let said = "";
    server.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/Playground +http:\/\/\S+/);
    const address = /Playground +(http:\/\/[^\s/]+)/.exec(said)?.[1] ?? "";
    const page = await fetch(`${address}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<script")]);
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": "sandbox-general-manager" },
      body: JSON.stringify({ query: "{ offers(first: 2) { totalCount nodes { id title advertiser { companyName } } } }" }),
    });
    expect(await response.json()).toMatchObject({ data: { offers: { totalCount: 1000, nodes: [{ id: "1" }, { id: "2" }] } } });
  });
});
