import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import {
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  parse,
  validate,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chapters, guides } from "../../scripts/docs/contents.js";
import { exampleWriter } from "../../scripts/docs/example.js";
import { renderSite } from "../../scripts/docs/site.js";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld, type World } from "../world/world.js";

const schema = buildSchema();
const ownScalars = new Set(["ID", "String", "Int", "Float", "Boolean"]);
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__") && !ownScalars.has(name));
const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);

const page = (path: string): string => String(files.get(path) ?? "");
const pages = (): [string, string][] =>
  [...files].flatMap(([name, text]) => (name.endsWith(".html") ? [[name, String(text)]] : []));

const files = await renderSite({ script: "assets/docs.js", styles: ["assets/docs.css"] });

describe("the docs as pages", () => {
  test("every link leads to a page that is there, and to a place on it; none asks another host for anything", () => {
    const ids = new Map(pages().map(([name, text]) => [name, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]));
    const astray = pages().flatMap(([name, text]) => {
      const folder = posix.join("docs", posix.dirname(name));
      return [...text.matchAll(/ (href|src)="([^"]*)"/g)].flatMap(([, kind, link = ""]) => {
        if (/^https?:/.test(link)) return kind === "href" && !/<link[^>]*https?:/.test(text) ? [] : [`${name}: ${link}`];
        const [path = "", anchor] = link.split("#");
        const target = path ? posix.join(folder, path) : posix.join("docs", name);
        // The playground itself, its files, and a query in its address.
        if (!target.startsWith("docs/"))
          return ["./", "icon.svg", "assets/docs.js", "assets/docs.css"].includes(target) ? [] : [`${name}: ${link}`];
        const inside = target.slice("docs/".length);
        if (inside === "theme.js") return [];
        if (!files.has(inside)) return [`${name}: ${link}`];
        return anchor && !ids.get(inside)?.has(anchor) ? [`${name}: ${link}`] : [];
      });
    });
    expect(astray).toEqual([]);
  });

  test("every guide is among them, and no link of the guides is lost for want of a page", () => {
    const known = new Set(guides.map(({ file }) => file));
    const read = chapters.filter(({ title }) => title !== "How it is made").flatMap((chapter) => chapter.guides);
    const lost = read.flatMap(({ file }) =>
      [...readFileSync(file, "utf8").matchAll(/\]\(((?!https?:)[^)#\s]+\.md)[^)]*\)/g)].flatMap(([, link = ""]) => {
        const target = posix.join(posix.dirname(file), link);
        return known.has(target) ? [] : [`${file}: ${target}`];
      }),
    );
    const missing = readdirSync("docs").filter((name) => name.endsWith(".md") && !known.has(`docs/${name}`));
    expect({ missing, lost }).toEqual({ missing: [], lost: [] });
  });

  test("nothing on them asks for what their policy refuses: scripts and styles are files", () => {
    for (const [name, text] of pages())
      expect([name, /<style|\sstyle=|<script(?![^>]* src=)|\son\w+="/.test(text)]).toEqual([name, false]);
  });

  test("no page shows what is for the tests alone", () => {
    for (const [name, text] of pages()) expect([name, /&lt;!--|not run:/.test(text)]).toEqual([name, false]);
  });
});

describe("the reference", () => {
  const described = types.filter((type) => !roots.has(type));

  test.each(described.map(({ name }) => name))("has a page for %s, with all that it has", (name) => {
    const type = schema.getType(name);
    const text = page(`reference/${name}.html`);
    expect(text).toContain(`<code>${name}</code>`);
    const members = isEnumType(type)
      ? type.getValues().map((one) => one.name)
      : isObjectType(type) || isInputObjectType(type) || isInterfaceType(type)
        ? Object.keys(type.getFields())
        : [];
    for (const member of members) expect(text).toContain(` id="${member}"`);
  });

  test("has a page for every query and mutation, with its arguments, whose keys may ask and what it costs", () => {
    for (const root of [schema.getQueryType(), schema.getMutationType()])
      for (const field of Object.values(root?.getFields() ?? {})) {
        const text = page(`reference/${root?.name}.${field.name}.html`);
        for (const { name } of field.args) expect(text).toContain(`<code>${name}: `);
        for (const said of ["Who", "Cost"]) expect([field.name, text.includes(`<dt>${said}</dt>`)]).toEqual([field.name, true]);
        expect(text).toContain('<h2 class="minor">Example</h2>');
      }
  });

  test.each([
    ["Offer", "conversionRate", "Wire", "cr"],
    ["Conversion", "payout", "Panel", "Payout"],
    ["ConversionCount", "income", "Wire", "charge"],
    ["OfferStatus", "SUSPENDED", "Panel", "Paused"],
    ["Offer", "capsTimezone", "REST", "GET /3.0/offer/{id}"],
  ])("says of %s.%s the word of %s: %s", (type, member, label, word) => {
    const [, section = ""] = page(`reference/${type}.html`).split(` id="${member}"`);
    const [own = ""] = section.split("</section>");
    expect(own.slice(own.indexOf(`<dt>${label}</dt>`))).toContain(word);
  });
});

describe("examples of the reference", () => {
  let world: World;
  const example = exampleWriter(schema);
  const fields = types.flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => [type, field] as const) : [],
  );
  const written = fields.flatMap(([type, field]) => {
    const text = example(type, field);
    return text ? [[`${type.name}.${field.name}`, text] as const] : [];
  });

  beforeAll(async () => {
    world = await openWorld({ offers: 60, affiliates: 20, advertisers: 6, conversions: 500 });
  });
  afterAll(() => world?.close());

  test("every field has one", () => {
    const has = new Set<string>(written.map(([name]) => name));
    expect(fields.map(([type, { name }]) => `${type.name}.${name}`).filter((name) => !has.has(name))).toEqual([]);
  });

  test("each fits the schema", () => {
    const wrong = written.flatMap(([name, text]) => validate(schema, parse(text)).map(({ message }) => `${name}: ${message}`));
    expect(wrong).toEqual([]);
  });

  test("each that reads runs: no argument of it is refused", async () => {
    const reads = [...new Set(written.map(([, text]) => text).filter((text) => text.startsWith("{")))];
    const wrong: string[] = [];
    for (const text of reads) {
      const { errors } = await world.ask(text);
      for (const { message, extensions } of errors ?? [])
        if (!/^(FORBIDDEN|NOT_FOUND)$/.test(String(extensions?.code))) wrong.push(`${message}\n${text}`);
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

describe("the index of the search", () => {
  test("knows every type, field, value and heading, and fits into 150 KB on the wire", () => {
    const rows = JSON.parse(page("search.json")) as [string, string, string, string][];
    const titles = new Set(rows.map(([title]) => title));
    const missing = types
      .filter((type) => !roots.has(type) && !/(Connection|Edge)$/.test(type.name) && !isScalarType(type))
      .flatMap((type) => {
        const members = isEnumType(type)
          ? type.getValues().map(({ name }) => name)
          : isInputObjectType(type) || isObjectType(type)
            ? Object.keys((type as GraphQLObjectType).getFields())
            : [];
        return [type.name, ...members.map((name) => `${getNamedType(type).name}.${name}`)].filter((name) => !titles.has(name));
      });
    expect(missing).toEqual([]);
    for (const [, url] of rows) expect(files.has(url.split("#")[0] ?? "")).toBe(true);
  });
});
