import type { GraphQLSchema } from "graphql";
import { post } from "../world/send.js";
import type { World } from "../world/world.js";
import { type Random, randomRequest } from "./random-document.js";

export interface Found {
  requests: number;
  ok: number;
  refused: number;
  partly: number;
  /** Masked faults of this server: each is a bug, though a harmless one. */
  masked: { query: string; path?: string }[];
  /** What must never be. */
  broken: string[];
  slowestMs: number;
}

const keys = [
  "sandbox-general-manager",
  "sandbox-affiliate-manager",
  "sandbox-affiliate",
  "sandbox-advertiser",
  "wrong",
  undefined,
];

const mostMs = 20_000;

/** Sends random operations and takes down what became of them. */
export const fuzz = async (world: World, schema: GraphQLSchema, random: Random, requests: number): Promise<Found> => {
  const found: Found = { requests: 0, ok: 0, refused: 0, partly: 0, masked: [], broken: [], slowestMs: 0 };
  const one = async () => {
    const request = randomRequest(random, schema);
    const key = random() < 0.6 ? keys[0] : keys[Math.floor(random() * keys.length)];
    const start = performance.now();
    try {
      const signal = AbortSignal.timeout(mostMs);
      const { status, text } = await post(`${world.url}/graphql`, request, key ? { "api-key": key } : {}, { signal });
      const answer = JSON.parse(text) as {
        data?: unknown;
        errors?: { message: string; path?: unknown[]; extensions?: { code?: string } }[];
      };
      judge(found, request.query, status, answer);
    } catch (error) {
      found.broken.push(`${String(error)}: ${request.query}`);
    }
    found.requests += 1;
    found.slowestMs = Math.max(found.slowestMs, performance.now() - start);
  };
  const client = async () => {
    while (found.requests < requests) await one();
  };
  await Promise.all(Array.from({ length: 6 }, client));
  return found;
};

const judge = (
  found: Found,
  query: string,
  status: number,
  { data, errors }: { data?: unknown; errors?: { message: string; path?: unknown[]; extensions?: { code?: string } }[] },
) => {
  const faults = (errors ?? []).filter(({ extensions }) => extensions?.code === "INTERNAL_SERVER_ERROR");
  for (const { message, path } of faults) {
    if (!message.startsWith("Something went wrong in this server")) found.broken.push(`unmasked: ${message}: ${query}`);
    found.masked.push({ query, path: path?.join(".") });
  }
  if (status >= 500 && !faults.length) found.broken.push(`status ${status}: ${query}`);
  if (errors?.some(({ extensions }) => !extensions?.code)) found.broken.push(`an error without a code: ${query}`);
  if (!errors) found.ok += 1;
  else if (data) found.partly += 1;
  else found.refused += 1;
};
