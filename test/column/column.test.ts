import { afterAll, describe, expect, test } from "vitest";
import { openProxied } from "../world/proxied.js";
import type { Rewrite } from "../world/proxy.js";
import type { Reply } from "../world/world.js";
import type { ColumnCase } from "./column-case.js";
import { casesOf } from "./column-noun.js";
import { batchesOf, type Cell, corrupt, differences, type Json } from "./corrupt.js";

const limits = { depth: 100, aliases: 10_000, directives: 1000, cost: 1e9, calls: 1e6, tokens: 1e6 };
const { world, proxy } = await openProxied(
  { offers: 40, affiliates: 40, advertisers: 8, conversions: 500, now: new Date("2026-03-01T12:00:00Z") },
  { limits },
);
const cases = await casesOf(world);
let ran = 0;

const broken = new Map<string, Set<string>>();
const brokenBy = (reader: string): Set<string> => {
  const known = broken.get(reader) ?? new Set();
  broken.set(reader, known);
  return known;
};

afterAll(async () => {
  console.log(`${ran} broken cells, each in a row of its own, in ${cases.length} lists and single rows.`);
  await world.close();
});

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((inner, step) => (step ? (inner as Record<string, unknown> | null)?.[step] : inner), value);

const isJson = (value: unknown): value is Json => value !== null && typeof value === "object" && !Array.isArray(value);

/** The rows of an answer by their places among the rows of the case. */
const rowsIn = (one: ColumnCase, url: URL, answer: unknown): Map<number, Json> => {
  const found = at(answer, one.at);
  if (one.ids && one.about) {
    const { ids, about } = one;
    return new Map((found as Json[]).map((row) => [ids.indexOf(String(row[about])), row] as const));
  }
  if (one.ids) {
    const parts = [...url.pathname.split("/"), ...url.searchParams.values()];
    const place = one.ids.findIndex((id) => parts.includes(id));
    return new Map(isJson(found) && place >= 0 ? [[place, found]] : []);
  }
  const all = Array.isArray(found) ? found : one.isAlone ? [found] : Object.values(found ?? {});
  return new Map(all.flatMap((row: unknown, index) => (isJson(row) ? [[index, row] as const] : [])));
};

const through = (one: ColumnCase, change: (rows: Map<number, Json>) => void): Rewrite => {
  return (operation, url) => {
    if (operation !== one.operation || !(one.isOurs?.(url) ?? true)) return undefined;
    return (answer) => {
      change(rowsIn(one, url, answer));
      return answer;
    };
  };
};

interface Told {
  rows: unknown[] | null;
  errors: { row: number | undefined; rest: readonly (string | number)[]; code: string; message: string; path: string }[];
}

/** An answer as rows, and its errors by row. */
const toldBy = (one: ColumnCase, { data, errors = [] }: Reply): Told => {
  const steps = one.rows.split(".").filter(Boolean);
  const found = at(data, one.rows);
  const gone = found === null || found === undefined;
  const rows = gone ? null : Array.isArray(found) ? found : one.ids && !one.about ? Object.values(found) : [found];
  return {
    rows,
    errors: errors.map(({ path = [], message, extensions: { code } }) => {
      const told = { code, message, path: path.join(".") };
      if (!steps.every((step, place) => path[place] === step)) return { ...told, row: undefined, rest: path };
      if (one.isAlone) return { ...told, row: 0, rest: path.slice(steps.length) };
      const row = Number(String(path[steps.length]).replace(/^r/, ""));
      return { ...told, row: Number.isNaN(row) ? undefined : row, rest: path.slice(steps.length + 1) };
    }),
  };
};

const named = (path: readonly (string | number)[]) => path.filter((step) => typeof step === "string").join(".");

const isKnown = ({ forbidden = [] }: ColumnCase, { rest, code }: Told["errors"][number]) =>
  code === "FORBIDDEN" && forbidden.includes(named(rest));

/** Which columns are the row's own id: their loss takes the row away, and what is read by the id with it. */
const isOwnId = ({ ownId = "" }: ColumnCase, { column }: Cell) =>
  column === ownId || /^(_?id|number|code)(\.\$id)?$/.test(column);

/** What is wrong with an answer in which these cells were broken; nothing where each cost its own field only. */
const faults = (one: ColumnCase, before: readonly unknown[], now: Told, batch: ReadonlyMap<number, Cell>): string[] => {
  const said = ({ column, kind }: Cell) => `${column} as ${kind}`;
  const [only] = batch.values();
  if (one.isAlone && !now.rows && only && isOwnId(one, only) && now.errors.every(({ code }) => code === "UPSTREAM_FAILED"))
    return [];
  if (!now.rows) return [`the list is gone with ${[...batch.values()].map(said).join(", ")}: ${now.errors[0]?.message}`];
  const wrong: string[] = [];
  const lost = before.length - now.rows.length;
  const mayGo = [...batch.values()].filter((cell) => isOwnId(one, cell) && ["null", "empty", "list", "map"].includes(cell.kind));
  if (lost > mayGo.length) return [`${lost} rows are gone with ${[...batch.values()].map(said).join(", ")}`];
  const gone = new Set(lost > 0 ? mayGo.map(({ row }) => row) : []);
  const left = before.flatMap((row, place) => (gone.has(place) ? [] : [{ row, place }]));
  if (left.length !== now.rows.length) return [`${lost} of ${gone.size} rows without an id are gone`];
  const places = new Map(left.map(({ place }, index) => [index, place]));
  const touched = new Map<number, Set<string>>();
  const touch = (place: number, path: readonly (string | number)[]) =>
    touched.set(place, (touched.get(place) ?? new Set()).add(named(path)));

  for (const error of now.errors) {
    if (isKnown(one, error)) continue;
    const place = error.row === undefined ? undefined : places.get(error.row);
    const cell = place === undefined ? undefined : batch.get(place);
    if (place === undefined || !cell) wrong.push(`an error of no broken row at ${error.path}: ${error.code} ${error.message}`);
    else if (!error.rest.length && !isOwnId(one, cell)) wrong.push(`${said(cell)} took its row: ${error.message}`);
    else if (error.code !== "UPSTREAM_FAILED") wrong.push(`${said(cell)}: ${error.code} ${error.message} at ${error.path}`);
    else touch(place, error.rest);
  }
  now.rows.forEach((row, index) => {
    const place = places.get(index) ?? index;
    for (const path of differences(before[place], row)) touch(place, path);
  });
  for (const [place, fields] of touched) {
    const cell = batch.get(place);
    if (!cell) wrong.push(`a sound row has other ${[...fields].join(", ")} beside ${[...batch.values()].map(said).join(", ")}`);
    else if (!isOwnId(one, cell)) wrong.push(...excess(one, cell, fields).map((what) => `${said(cell)} touches ${what}`));
  }
  return wrong;
};

/** Columns that several fields read, and these fields. */
const shared: Record<string, readonly string[]> = {
  description_lang: ["description", "descriptions"],
  kpi: ["kpi", "kpis"],
  smartlink_categories: ["smartlinkCategoryIds", "smartlinkCategories"],
  "caps.*.goals": ["caps.goals", "caps.namedGoals"],
  country: ["country", "countryInfo"],
  title: ["companyName", "title"],
  "restriction_isp.*.country": ["restrictedIsps.country", "restrictedIsps.countryInfo"],
  "payments.*.cities.*.country_code": ["payouts.cities.country", "payouts.cities.countryInfo"],
  "partner_payments.*.cities.*.country_code": ["affiliatePayouts.cities.country", "affiliatePayouts.cities.countryInfo"],
  "caps.*.value": ["caps.value", "caps.usage"],
  first_name: ["firstName", "name"],
  last_name: ["lastName", "name"],
  currency_code: ["currency", "lines.currency", "corrections.currency"],
  details: ["conversionsCount", "lines"],
  detail: ["amount", "lines"],
  description: ["description", "descriptions"],
  offer_id: ["offer", "objectId", "isGlobal", "landing", "prelanding"],
  payment_status: ["paymentStatus", "isPaid"],
  is_paid: ["paymentStatus", "isPaid"],
  // Whose amount the one amount of a row is depends on what else the row shows.
  payouts: ["payout", "income"],
  revenue: ["payout", "income"],
  supplier_id: ["advertiser", "payout", "income"],
  advertiser: ["advertiser", "payout", "income"],
  // The one offer of a KPI rule, where there is one.
  offers: ["offer", "offers"],
  cr: ["figures.conversionRate", "figures.conversionRates"],
  "slice.city": ["slice.city", "slice.cityId"],
  "slice.year": ["slice.year", "slice.date"],
  "slice.month": ["slice.month", "slice.date"],
  "slice.day": ["slice.day", "slice.date"],
  "slice.country": ["slice.country", "slice.countryInfo"],
  "slice.smart_id": ["slice.smartlinkId", "slice.smartlinkCategory"],
};

/** The id of another row and that row are one: offerId and offer, affiliateIds and affiliates. */
const joinedOf = (field: string) => field.replace(/yIds$/, "ies").replace(/Ids$/, "s").replace(/Id$/, "");

/** The fields that a broken cell touched and should not have. */
const excess = ({ isVerbatim }: ColumnCase, { column, kind, original }: Cell, touched: ReadonlySet<string>): string[] => {
  const fields = new Set([...touched].map(joinedOf));
  const all = [...fields].filter((field) => ![...fields].some((other) => field.startsWith(`${other}.`))).sort();
  if (kind === "number" && typeof original === "number" && all.length && !isVerbatim)
    return [`${all.join(" and ")}, though it says the same`];
  const may = Object.entries(shared).find(([name]) => column === name || column.startsWith(`${name}.`))?.[1];
  // A column of the same name elsewhere may feed another field, but then one alone.
  if (may && all.every((field) => may.map(joinedOf).some((one) => field === one || field.startsWith(`${one}.`)))) return [];
  const isDeep = column.includes(".") && (original === null || typeof original !== "object");
  const own = [...new Set(all.map((field) => (isDeep ? field : field.replace(/\..*/, ""))))];
  return own.length > 1 ? [own.join(" and ")] : [];
};

describe("every leaf field, and every column broken in turn", () => {
  test.each(cases.map((one) => [one.name, one] as const))(
    "%s",
    async (_, one) => {
      const wire: Json[] = [];
      proxy.rewrite = through(one, (rows) => {
        for (const [place, row] of rows) wire[place] = structuredClone(row);
      });
      const sound = toldBy(one, await world.ask(one.query, { key: one.key }));
      const unexpected = sound.errors.filter((error) => !isKnown(one, error));
      expect(new Set(unexpected.map(({ rest, code, message }) => `${named(rest)}: ${code} ${message}`))).toEqual(new Set());
      const before = sound.rows ?? [];
      expect(before.length).toBeGreaterThan(0);
      if (!one.about) expect(wire.length).toBe(before.length);

      const wrong: string[] = [];
      for (const batch of batchesOf(wire, one.deepest ?? 5, brokenBy(one.reader))) {
        proxy.rewrite = through(one, (rows) => {
          for (const [place, row] of rows) {
            const cell = batch.get(place);
            if (cell) corrupt(row, cell);
          }
        });
        wrong.push(...faults(one, before, toldBy(one, await world.ask(one.query, { key: one.key })), batch));
        ran += batch.size;
      }
      proxy.rewrite = undefined;
      expect([...new Set(wrong)].sort()).toEqual([]);
    },
    120_000,
  );
});
