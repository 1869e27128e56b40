import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { at } from "../world/build.js";

const has = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
const [bash, curl, python] = [has("bash"), has("curl"), has("python3")];

/** What this machine lacks for blocks of a language, in words; undefined where it lacks nothing. */
export const notHere: Partial<Record<string, string>> = {
  sh: bash && curl ? undefined : "bash or curl is not on this machine",
  yaml: bash && curl ? undefined : "bash or curl is not on this machine",
  python: bash && python ? undefined : "bash or python3 is not on this machine",
  ts: bash ? undefined : "bash is not on this machine",
};

/** A port that nothing listens on. */
export const freePort = () =>
  new Promise<string>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(String(port)));
    });
  });

/**
 * Puts commands into a folder as a clone has them: `npx` runs ours as it is built and this folder's packages. `npm` starts the server as
 * `npm start` does; what it would install has to be here, and what it would run has to be a script of ours.
 */
export const addCommands = (folder: string, cli: string): void => {
  mkdirSync(folder, { recursive: true });
  const add = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const node = `"${process.execPath}"`;
  add(
    "npx",
    `command="$1"; shift
[ "$command" = affise-graphql ] && exec ${node} "${cli}" "$@"
PATH="${at("node_modules/.bin")}:$PATH" exec "$command" "$@"`,
  );
  add(
    "npm",
    `command="$1"; shift; [ "\${1:-}" = -- ] && shift
case "$command" in
  ci | test) ;;
  start) exec ${node} "${at("scripts/start.mjs")}" "$@" ;;
  install) for name; do case "$name" in -*) ;; *) ls -d "${at("node_modules")}/$name" ;; esac; done ;;
  run) ${node} -e 'process.exit(process.argv[1] in require(process.argv[2]).scripts ? 0 : 1)' "$1" "${at("package.json")}" ;;
  *) exit 1 ;;
esac`,
  );
};

const end = ({ pid }: ChildProcess, signal: NodeJS.Signals) => {
  if (!pid) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It ended just now.
  }
};

/** The shell that a reader of a page keeps open: what it exports, where it goes and what it starts is there for the page's next block. */
export interface Shell {
  /** Runs lines and gives what they print; rejects where one of them fails. */
  run(text: string): Promise<string>;
  /** Ends it with all that it has started. */
  close(): void;
}

export const openShell = (cwd: string, notes: string, env: NodeJS.ProcessEnv): Shell => {
  mkdirSync(notes, { recursive: true });
  const [file, out, err] = ["block.sh", "out", "err"].map((name) => join(notes, name)) as [string, string, string];
  const shell = spawn("bash", ["-u"], { cwd, env, detached: process.platform !== "win32", stdio: ["pipe", "pipe", "ignore"] });
  // Where there is no bash, no block asks for it.
  shell.on("error", () => undefined);
  const closed = once(shell, "close").then(
    () => ["ended"],
    () => ["not started"],
  );
  return {
    async run(text) {
      writeFileSync(file, text);
      const answered = once(shell.stdout, "data");
      shell.stdin.write(
        `failed=0; trap 'failed=$?' ERR; { . "${file}"; } > "${out}" 2> "${err}" < /dev/null; trap - ERR; echo $failed\n`,
      );
      const [code] = await Promise.race([answered, closed]);
      const printed = readFileSync(out, "utf8");
      if (String(code).trim() !== "0") throw new Error(`exit code ${code}\n${printed}\n${readFileSync(err, "utf8")}`);
      return printed;
    },
    close: () => end(shell, "SIGKILL"),
  };
};

/** Runs a block whose last command is a server, looks whether it answers at the port, and ends it as Ctrl-C does. */
export const serve = async (text: string, cwd: string, port: string, env: NodeJS.ProcessEnv): Promise<void> => {
  const child = spawn("bash", ["-eu", "-c", text], { cwd, env: { ...env, PORT: port }, detached: process.platform !== "win32" });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  child.stdout.resume();
  const closed = once(child, "close");
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${said}`);
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      if (answer?.ok) break;
      await pause(100);
    }
    end(child, "SIGINT");
    await closed;
  } finally {
    end(child, "SIGKILL");
  }
};

/** Whether the page has been built, which `npm start` would do else. */
export const hasPage = (): boolean => existsSync(at("dist/playground/index.html"));
