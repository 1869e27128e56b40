import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./redis.js";

export const hasHaproxy = spawnSync("haproxy", ["-v"]).status === 0;

export interface Balancer {
  url: string;
  stop(): Promise<void>;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

/** haproxy with its own defaults (no redispatch to another server) and checks of `/readyz`, before servers at the given addresses. */
export const openHaproxy = async (servers: readonly string[], checkMs: number): Promise<Balancer> => {
  const folder = mkdtempSync(join(tmpdir(), "affise-graphql-haproxy-"));
  const port = await freePort();
  const file = join(folder, "haproxy.cfg");
  const lines = servers.map((url, index) => `  server s${index} ${new URL(url).host} check inter ${checkMs}ms fall 2 rise 1`);
  writeFileSync(
    file,
    `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout check 2s
frontend in
  bind 127.0.0.1:${port}
  default_backend out
backend out
  option httpchk GET /readyz
${lines.join("\n")}
`,
  );
  const child: ChildProcess = spawn("haproxy", ["-f", file, "-db"], { stdio: "ignore" });
  while (!(await answers(port))) await sleep(20);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        child.once("close", () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill("SIGKILL");
      }),
  };
};
