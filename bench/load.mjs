// The load, in a process of its own: told what to send over IPC, answers with what it measured.
import { Agent, request } from "node:http";
import autocannon from "autocannon";

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const rounded = (milliseconds) => Math.round(milliseconds * 100) / 100;
const timesOf = (times) => {
  const sorted = times.sort((a, b) => a - b);
  return { p50: rounded(percentile(sorted, 0.5)), p99: rounded(percentile(sorted, 0.99)) };
};

const jsonHeaders = (key) => ({ "content-type": "application/json", accept: "application/json", "api-key": key });

/** Every connection goes round the same bodies from another place, so that no two ask the same in step. */
const throughMany = async ({ url, bodies, keys = ["bench"], connections, seconds, distinct = false }) => {
  const times = [];
  const failures = [];
  let clients = 0;
  let count = 0;
  // Another document each time: only the operation's name differs, which is enough for a server to parse and validate it anew.
  const another = (body) => body.replace("query One", `query One${process.pid}x${count++}`);
  const requestsFrom = (start, headers) => {
    if (distinct)
      return [{ method: "POST", headers, setupRequest: (sent) => ({ ...sent, body: another(bodies[count % bodies.length]) }) }];
    return bodies.map((_, index) => ({ method: "POST", headers, body: bodies[(start + index) % bodies.length] }));
  };
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 60,
    setupClient: (client) => {
      const headers = jsonHeaders(keys[clients % keys.length]);
      client.setRequests(requestsFrom(Math.floor((clients * bodies.length) / connections), headers));
      clients += 1;
    },
    verifyBody: (body) => {
      const right = !body.includes('"errors":[');
      if (!right && failures.length < 3) failures.push(body.slice(0, 300));
      return right;
    },
  });
  run.on("response", (_client, _status, _bytes, time) => times.push(time));
  const start = performance.now();
  const { non2xx, errors, timeouts, mismatches } = await run;
  const took = (performance.now() - start) / 1000;
  const wrong = non2xx + errors + timeouts + mismatches;
  return { requests: times.length, perSecond: times.length / took, wrong, failures, ...timesOf(times) };
};

const once = (agent, url, body, key) =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const headers = body === undefined ? { "api-key": key } : { ...jsonHeaders(key), "content-length": Buffer.byteLength(body) };
    const sent = request(url, { agent, method: body === undefined ? "GET" : "POST", headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode !== 200 || text.includes('"errors":[')) reject(new Error(text.slice(0, 300)));
        else resolve({ ms: performance.now() - start, bytes: text.length });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** One request after the other over one connection; with several targets, fifty for each in turn, so that all meet the same weather. */
const oneByOne = async ({ targets, seconds }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = targets.map(() => []);
  const end = performance.now() + seconds * 1000;
  for (let start = 0; performance.now() < end; start += 50) {
    for (const [place, { url, urls, bodies }] of targets.entries()) {
      for (let index = start; index < start + 50; index += 1) {
        const { ms } = await once(agent, urls ? urls[index % urls.length] : url, bodies?.[index % bodies.length], "bench");
        if (index >= 3) times[place].push(ms);
      }
    }
  }
  agent.destroy();
  return targets.map(({ name }, place) => ({ name, requests: times[place].length, ...timesOf(times[place]) }));
};

/** So many requests at once, each answer read to its end and thrown away. */
const allAtOnce = async ({ url, bodies, keys, count }) => {
  const agent = new Agent({ keepAlive: false });
  const start = performance.now();
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) => once(agent, url, bodies[index % bodies.length], keys[index % keys.length])),
  );
  const bytes = Math.max(...answers.map((answer) => answer.bytes));
  return { seconds: (performance.now() - start) / 1000, bytes, ...timesOf(answers.map(({ ms }) => ms)) };
};

const kinds = { throughMany, oneByOne, allAtOnce };

process.on("message", async ({ kind, job }) => {
  try {
    process.send({ result: await kinds[kind](job) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.on("disconnect", () => process.exit(0));
