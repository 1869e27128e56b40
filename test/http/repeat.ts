import { createHash } from "node:crypto";
import type { World } from "../world/world.js";

export const small = { offers: 10, affiliates: 5, advertisers: 2, conversions: 0 };
/** A mutation that makes another category each time it is carried out. */
export const create = 'mutation ($title: String! = "New") { createCategory(input: { title: $title }) { category { id title } } }';

/** An answer as it came. */
export interface Sent {
  status: number;
  replayed: string | null;
  text: string;
}

interface Request {
  query?: string | null;
  variables?: object;
  extensions?: object;
  headers?: Record<string, string>;
}

/** As Apollo Client's link sends an operation: by its hash. */
export const persisted = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") },
});

/** Sends a mutation under an Idempotency-Key. */
export const post = async (
  world: World,
  idempotencyKey: string,
  { query = create, variables, extensions, headers }: Request = {},
): Promise<Sent> => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "api-key": "sandbox-general-manager",
      "idempotency-key": idempotencyKey,
      ...headers,
    },
    body: JSON.stringify({ query: query ?? undefined, variables, extensions }),
  });
  return { status: response.status, replayed: response.headers.get("idempotent-replayed"), text: await response.text() };
};

/** How many writes the sandbox has seen. */
export const writes = ({ sandbox }: World) =>
  Object.entries(sandbox.calls()).reduce((sum, [operation, times]) => sum + (operation.startsWith("GET") ? 0 : times), 0);

export const codeOf = ({ text }: Sent) =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;

/** Makes the sandbox faulty. */
export const spoil = (world: World, fault: object) =>
  fetch(`${world.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify({ operation: "*", ...fault }) });
