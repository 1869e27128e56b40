import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A port that is free just now. */
export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

export interface RedisProcess {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops the process where it stands: connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

/** A Redis of the test's own, which it may stop and start again; it starts with what it was told to save. */
export const openRedis = async (): Promise<RedisProcess> => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  let child: ChildProcess | undefined;
  const start = () =>
    new Promise<void>((resolve, reject) => {
      const started = spawn("redis-server", ["--port", String(port), "--save", "", "--appendonly", "no", "--dir", folder]);
      child = started;
      started.once("error", reject);
      started.stdout?.on("data", (text) => {
        if (String(text).includes("Ready to accept connections")) resolve();
      });
    });
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    stop: () =>
      new Promise((resolve) => {
        child?.once("close", () => resolve());
        process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
        child?.kill("SIGKILL");
      }),
  };
};
