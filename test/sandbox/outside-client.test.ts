import { expect, test } from "vitest";
import { examplesOn } from "./known.js";
import { keyOf, outsideCalls } from "./outside-call.js";
import type { Ids, OutsideCall } from "./outside-reads.js";
import { stranger } from "./stranger.js";

const client = stranger();

const headers: Record<OutsideCall["client"], (key: string) => Record<string, string>> = {
  go: (key) => ({ "API-Key": key, "User-Agent": "go-sdk/undefined" }),
  php: (key) => ({ "API-Key": key }),
  mcp: (key) => ({ "api-key": key, Accept: "application/json", "Content-Type": "application/json" }),
  postman: (key) => ({ "API-Key": key }),
};

const is: Record<string, (value: unknown) => boolean> = {
  int: Number.isInteger,
  float: (value) => typeof value === "number",
  text: (value) => typeof value === "string",
  flag: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: (value) => typeof value === "object" && !Array.isArray(value),
  any: () => true,
};

/** All values at a path; what is absent on the way has none. */
const valuesAt = (value: unknown, path: readonly string[]): unknown[] => {
  const [step, ...rest] = path;
  if (step === undefined || value === null || value === undefined) return [value];
  if (step === "[]") return Array.isArray(value) ? value.flatMap((one) => valuesAt(one, rest)) : [value];
  if (typeof value !== "object") return [value];
  if (step === "*")
    return Array.isArray(value) && value.length ? [value] : Object.values(value).flatMap((one) => valuesAt(one, rest));
  return valuesAt((value as Record<string, unknown>)[step], rest);
};

const misread = (body: unknown, reads: OutsideCall["reads"] = {}): string[] =>
  Object.entries(reads).flatMap(([path, type]) => {
    const wrong = valuesAt(body, path.replaceAll("[]", ".[]").split(".")).find(
      (value) => value !== null && value !== undefined && !is[type]?.(value),
    );
    return wrong === undefined ? [] : [`${path} is no ${type}: ${JSON.stringify(wrong).slice(0, 80)}`];
  });

const ids = async (): Promise<Ids> => {
  const examples = await examplesOn(client.sandbox);
  const of = (operation: string, name: string) => examples[operation]?.path?.[name];
  const { offers } = (await client.get("/3.0/offers?int_id[]=1")).body;
  const text = (value: unknown) => String(value);
  client.sandbox.reset();
  return {
    advertiser: offers[0].advertiser,
    offer: (await client.get(`/3.0/offers?privacy[]=2&limit=1`)).body.offers[0].offer_id,
    category: text(of("POST /3.0/admin/category/{id}", "id")),
    conversion: (await client.get("/3.0/stats/conversions?limit=1")).body.conversions[0].id,
    manager: (await client.get("/3.0/admin/users?limit=1")).body.users[0].id,
    source: text(of("POST /3.0/admin/offer/source/{id}", "id")),
    user: text(of("POST /3.0/admin/user/{id}", "id") ?? of("GET /3.0/admin/user/{id}", "id")),
    invoice: (await client.get("/3.0/admin/advertiser-invoices?status=unpaid")).body.message[0].number,
    postback: Number(of("POST /3.0/partner/postback/{id}", "id")),
    pixel: Number(of("POST /3.0/partner/pixel/{id}", "id")),
    ticket: (await client.get("/3.0/admin/tickets?page=1&status=open")).body.tickets[0].id,
    smartlink: (await client.get("/3.0/admin/smartlink/categories")).body.data[0]._id,
    news: (await client.get("/3.0/news", "sandbox-affiliate")).body.items[0]._id.$id,
    preset: text(of("POST /3.1/presets/{preset_id}", "preset_id")),
  };
};

/** Paths of `reads` where not one row has anything: nothing was shown by them. */
const unseen = (body: unknown, reads: OutsideCall["reads"] = {}): string[] =>
  Object.keys(reads).filter((path) =>
    valuesAt(body, path.replaceAll("[]", ".[]").split(".")).every((value) => value === null || value === undefined),
  );

/** What has nothing in the sandbox's seed, or in its last page. */
const withoutRows = /pagination.next_page|getbysub|time-to-action|io_document|partners?(\[\])?\.ref$/;

test("clients from outside are understood as they write, and read what they declare", async () => {
  const faults: string[] = [];
  const empty: string[] = [];
  const calls = outsideCalls(await ids());
  for (const call of calls) {
    const [method = "", path = ""] = call.call.split(" ");
    const own = headers[call.client](keyOf(call));
    const json = typeof call.body === "object";
    const response = await fetch(client.url + path, {
      method,
      headers: json ? { ...own, "Content-Type": "application/json" } : own,
      body: json ? JSON.stringify(call.body) : (call.body as string | undefined),
    });
    const body = (await response.json()) as { status?: unknown };
    if (response.status !== 200 || ![1, "success"].includes(body.status as never))
      faults.push(`${call.client} ${call.call.slice(0, 120)}: ${response.status} ${JSON.stringify(body).slice(0, 160)}`);
    else {
      faults.push(...misread(body, call.reads).map((text) => `${call.client} ${call.call.slice(0, 90)}: ${text}`));
      empty.push(...unseen(body, call.reads).map((text) => `${call.call.split("?")[0]} ${text}`));
    }
  }
  expect(faults).toEqual([]);
  expect(empty.filter((text) => !withoutRows.test(text))).toEqual([]);
  expect(calls.length).toBeGreaterThan(120);
});
