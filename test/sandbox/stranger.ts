import { afterAll, beforeAll } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";

interface Answer {
  http: number;
  // biome-ignore lint/suspicious/noExplicitAny: a stranger's client knows no types
  body: any;
}

export interface Stranger {
  sandbox: Sandbox;
  url: string;
  get(path: string, key?: string): Promise<Answer>;
  post(path: string, body: BodyInit | undefined, key?: string, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, body?: BodyInit, key?: string): Promise<Answer>;
}

export const general = "sandbox-general-manager";
export const small: SandboxOptions = { offers: 120, affiliates: 60, advertisers: 12, conversions: 3000 };

const read = async (response: Response): Promise<Answer> => ({ http: response.status, body: await response.json() });

/** A sandbox served over HTTP and a client that knows nothing of us: a URL, a key, hand-written brackets. */
export const stranger = (options: SandboxOptions = small): Stranger => {
  const sandbox = createSandbox(options);
  let close = async (): Promise<void> => undefined;
  const client: Stranger = {
    sandbox,
    url: "",
    get: async (path, key = general) => read(await fetch(client.url + path, { headers: { "API-Key": key } })),
    post: async (path, body, key = general, headers = {}) =>
      read(await fetch(client.url + path, { method: "POST", body, headers: { "API-Key": key, ...headers } })),
    delete: async (path, body, key = general) =>
      read(await fetch(client.url + path, { method: "DELETE", body, headers: { "API-Key": key } })),
  };
  beforeAll(async () => {
    const listening = await sandbox.listen();
    client.url = listening.url;
    close = listening.close;
  });
  afterAll(() => close());
  return client;
};

export const form = (text: string): URLSearchParams => new URLSearchParams(text);
