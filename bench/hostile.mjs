// What one hostile request of at most 1 MB costs the server: node --import tsx bench/hostile.mjs [--each]
// The server runs as in production with its defaults; nothing hostile has a key unless one is given in AFFISE_API_KEY.
import { fork } from "node:child_process";
import { hostileRequests } from "../test/world/hostile.ts";
import { at } from "./process.mjs";

const [mostBlockMs, mostMb] = [250, 100];

const startServer = () =>
  new Promise((resolve, reject) => {
    const child = fork(at("../dist/cli.js"), ["start", "--port", "0"], {
      execArgv: ["--expose-gc", "--import", at("hostile-probe.mjs")],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        AFFISE_API_URL: process.env.AFFISE_API_URL ?? "http://127.0.0.1:9",
        LOG_LEVEL: "silent",
      },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const url = /GraphQL\s+(http\S+)/.exec(said)?.[1];
      if (url) resolve({ child, url });
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });

const { child, url } = await startServer();
const told = (word) =>
  new Promise((resolve) => {
    child.once("message", resolve);
    child.send(word);
  });

const fire = async ({ body, headers }) => {
  try {
    const key = process.env.AFFISE_API_KEY;
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key && { "api-key": key }), ...headers },
      body,
      signal: AbortSignal.timeout(120_000),
    });
    const text = await response.text();
    let code = "ok";
    try {
      code = JSON.parse(text).errors?.[0]?.extensions?.code ?? "ok";
    } catch {
      code = "no JSON";
    }
    return { status: response.status, code, answered: text.length };
  } catch (error) {
    return { status: 0, code: error.cause?.code ?? error.name, answered: 0 };
  }
};

const only = process.argv[2];
const chosen = only ? hostileRequests.filter(({ name }) => name.includes(only)) : hostileRequests;
// What is compiled and loaded at first sight is not the attack's doing.
for (const query of ["{ __typename }", "{ nope }", "{ viewer { __typename } }", "{ __schema { queryType { name } } }"])
  await fire({ body: JSON.stringify({ query }) });

let failed = 0;
console.log("  status code                          answer kB  block ms  cpu ms  peak MB  kept MB  bytes sent  request");
for (const hostile of chosen) {
  await told("begin");
  const { status, code, answered } = await fire(hostile);
  const { blockMs, cpuMs, peakMb, keptMb } = await told("end");
  const isOver = blockMs > mostBlockMs || peakMb > mostMb || status === 0 || status >= 500;
  if (isOver) failed += 1;
  const cells = [status, code.padEnd(28), answered / 1e3, blockMs, cpuMs, peakMb, keptMb, hostile.body.length];
  const [a, b, ...rest] = cells;
  console.log(
    `${isOver ? "!" : " "} ${String(a).padEnd(6)} ${b} ${rest.map((cell) => cell.toFixed(0).padStart(8)).join(" ")}  ${hostile.name}`,
  );
}
child.removeAllListeners("exit");
child.kill("SIGTERM");
console.log(`${chosen.length - failed} of ${chosen.length} within ${mostBlockMs} ms and ${mostMb} MB.`);
process.exitCode = failed ? 1 : 0;
setTimeout(() => child.kill("SIGKILL"), 15_000).unref();
