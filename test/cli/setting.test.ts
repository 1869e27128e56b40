import { describe, expect, test } from "vitest";
import { settings } from "../../src/config.js";
import { hasRedis, openRedis } from "../world/redis.js";
import { run, serving, tidyUp } from "./launch.js";

tidyUp();

test("origins are known however they are written", async () => {
  const CORS_ORIGINS = "https://App.Acme.com, HTTPS://b.acme.com:443/,http://c.acme.com:8080";
  const { address } = await serving(["start", "--port", "0"], { CORS_ORIGINS, TRUST_PROXY: "loopback, 10.0.0.0/8" });
  const allowed = async (origin: string) => {
    const answer = await fetch(`${address}/graphql`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    return answer.headers.get("access-control-allow-origin");
  };
  for (const origin of ["https://app.acme.com", "https://b.acme.com", "http://c.acme.com:8080"])
    expect(await allowed(origin)).toBe(origin);
  expect(await allowed("https://d.acme.com")).toBeNull();
});

describe("what can never work is refused by name, before anything starts", { timeout: 60_000 }, () => {
  // The others take any text, or are looked at once these are good.
  const anyText = ["AFFISE_API_URL", "HOST", "STORE_SECRET", "TRUSTED_DOCUMENTS", "AUDIT_FILE"];
  const checked = Object.keys(settings).filter((name) => !anyText.includes(name));

  test.each(["wrong", "true,", "1.5.9", "ftp://acme.com"])("each setting that is %s, in a line of its own", async (value) => {
    const { code, error } = await run(["start"], Object.fromEntries(checked.map((name) => [name, value])));
    expect(code).toBe(2);
    const lines = error.trim().split("\n");
    const named = lines.map((line) => /^affise-graphql: (\w+) .*\.$/.exec(line)?.[1]);
    expect(named).toEqual(checked);
  });

  test.each([
    ["AFFISE_API_URL", "https://user:ses=ame/word@acme.example"],
    ["AFFISE_API_URL", "https://acme.example/?q=1"],
    ["AFFISE_TENANTS", "acme=https://user:ses=ame,word@acme.example"],
    ["AFFISE_TENANTS", "acme=sesame"],
    ["AFFISE_TENANTS", "acme=https://acme.example,sesame"],
    ["STORE_SECRET", "sesame"],
    ["TRUSTED_DOCUMENTS_MODE", "sesame"],
    ["TRUSTED_DOCUMENTS_MODE", "enforce,sesame"],
    ["TRUSTED_DOCUMENTS_MODE", "enforce,sesame=log"],
    ["TRUST_PROXY", "5"],
    ["TRUST_PROXY", "10.0.0.1,10.0.0.0/33"],
    ["TRUST_PROXY", "10.0.0.1/"],
    ["CORS_ORIGINS", ","],
    ["CORS_ORIGINS", "https://app.acme.com/page"],
    ["CORS_ORIGINS", "https://user:sesame@app.acme.com"],
    ["CORS_ORIGINS", "https://app.acme.com:99999"],
    ["AUDIT_WEBHOOK", "https://user:sesame@audit.acme.com/x"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "https://user:sesame@otel.acme.com"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "https://otel.acme.com/?q=1"],
    ["REDIS_URL", "redis://localhost/sesame"],
    ["PORT", "0x10"],
    ["MAX_COST", "1e3"],
    ["WORKERS", "-1"],
    ["CACHE_TTL", "30s"],
  ])("%s that is %s, before anything starts", async (name, value) => {
    const { code, error } = await run(["start"], { [name]: value });
    expect(code).toBe(2);
    expect(error).toMatch(new RegExp(`^affise-graphql: ${name} .*\\.\\n$`));
    expect(error).not.toMatch(/sesame|ses=|word@|user:/);
  });

  test.skipIf(!hasRedis)("a database that Redis does not have", async () => {
    const redis = await openRedis();
    try {
      const { code, error } = await run(["start"], { REDIS_URL: `${redis.url}/99` });
      expect(code).toBe(2);
      expect(error).toMatch(
        /^affise-graphql: REDIS_URL: Redis at 127\.0\.0\.1:\d+ cannot be reached \(.*DB index is out of range\)\.\n$/,
      );
    } finally {
      await redis.stop();
    }
  });
});
