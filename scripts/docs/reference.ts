import { readdirSync, readFileSync } from "node:fs";
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  isUnionType,
  Kind,
  parse,
} from "graphql";
import { examples } from "../../playground/src/example/example.js";
import { withPages } from "../../src/paged-sdl.js";
import { exampleWriter, sampleValue } from "./example.js";
import type { Facts, FactsReader, OutputField } from "./facts.js";
import { escaped } from "./html.js";
import { inReference, type Page } from "./layout.js";
import { codeBlock, playgroundLink, renderLine } from "./markdown.js";
import type { Entry } from "./search-entry.js";

/** What the reference is made of. */
export interface Source {
  schema: GraphQLSchema;
  facts: FactsReader;
  /** The address of a type's or field's place, under docs/. */
  referenceOf(name: string): string | undefined;
}

export interface Reference {
  pages: Page[];
  entries: Entry[];
}

const kindOf = (type: GraphQLNamedType): string => {
  if (isEnumType(type)) return "enum";
  if (isInputObjectType(type)) return "input";
  if (isScalarType(type)) return "scalar";
  if (isInterfaceType(type)) return "interface";
  return isUnionType(type) ? "union" : "type";
};

const typeText = (type: GraphQLType): string => {
  if (isNonNullType(type)) return `${typeText(type.ofType)}!`;
  if (isListType(type)) return `[${typeText(type.ofType)}]`;
  const own = /^(ID|String|Int|Float|Boolean)$/.test(type.name);
  return own ? type.name : `<a href="${type.name}.html">${type.name}</a>`;
};

/** The roots' fields have pages of their own: each is a way into the API. */
const pageOf = (parent: string, field: string): string =>
  /^(Query|Mutation)$/.test(parent) ? `${parent}.${field}.html` : `${parent}.html#${field}`;

/** Where in `schema/` a type or a field stands: the folder of its family, and the file of its noun. */
interface Home {
  family: string;
  file: string;
}

interface Homes {
  /** Of types and of the roots' fields, which have pages of their own. */
  pages: Map<string, Home>;
  /** The fields that other nouns add to a type, as `Offer.access`. */
  added: Set<string>;
}

const homesIn = (folder: string): Homes => {
  const homes: Homes = { pages: new Map(), added: new Set() };
  for (const file of readdirSync(`${folder}schema`, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".graphql")) continue;
    const home = { family: file.includes("/") ? (file.split("/")[0] ?? "") : "basics", file };
    for (const definition of withPages(parse(readFileSync(`${folder}schema/${file}`, "utf8"), { noLocation: true }))
      .definitions) {
      if (!("name" in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
      const { value } = definition.name;
      const fields = "fields" in definition ? (definition.fields ?? []).map(({ name }) => `${value}.${name.value}`) : [];
      if (/^(Query|Mutation)$/.test(value)) for (const field of fields) homes.pages.set(field, home);
      else if (definition.kind.endsWith("Extension")) for (const field of fields) homes.added.add(field);
      else homes.pages.set(value, home);
    }
  }
  return homes;
};

class ReferenceWriter {
  readonly pages: Page[] = [];
  readonly entries: Entry[] = [];
  private readonly example: ReturnType<typeof exampleWriter>;
  private readonly types: GraphQLNamedType[];
  private readonly homes: Homes;
  /** For each type the fields and arguments that have it. */
  private readonly users = new Map<string, Set<string>>();

  constructor(
    private readonly source: Source,
    folder: string,
  ) {
    this.example = exampleWriter(source.schema);
    this.homes = homesIn(folder);
    this.types = Object.values(source.schema.getTypeMap())
      .filter(({ name }) => !name.startsWith("__") && !/^(ID|String|Int|Float|Boolean)$/.test(name))
      .sort((left, right) => left.name.localeCompare(right.name, "en"));
    for (const type of this.types) this.noteUses(type);
  }

  private noteUses(type: GraphQLNamedType): void {
    const note = (used: GraphQLType, by: string) => {
      const { name } = getNamedType(used);
      this.users.set(name, (this.users.get(name) ?? new Set()).add(by));
    };
    if (isUnionType(type)) for (const one of type.getTypes()) note(one, type.name);
    if (!isObjectType(type) && !isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      note(field.type, `${type.name}.${field.name}`);
      if ("args" in field) for (const one of field.args) note(one.type, `${type.name}.${field.name}`);
    }
  }

  private line(text: string | null | undefined): string {
    return text ? renderLine(text, { ...inReference, file: "", referenceOf: this.source.referenceOf }) : "";
  }

  private factList({ panel, wire, operations, who, cost }: Facts, more: readonly [string, string][] = []): string {
    const code = (text: string) => `<code>${escaped(text)}</code>`;
    const rows: [string, string | undefined][] = [
      ["Panel", panel && escaped(panel)],
      ["Wire", wire?.split(", ").map(code).join(", ")],
      ["REST", operations.length ? operations.map(code).join("<br>") : undefined],
      ["Who", who && this.line(who)],
      ["Cost", cost && this.line(cost)],
      ...more,
    ];
    const shown = rows.filter(([, value]) => value);
    if (!shown.length) return "";
    return `<dl class="facts">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`;
  }

  private argumentList(args: readonly GraphQLArgument[], heading: "h2" | "h4"): string {
    if (!args.length) return "";
    const row = (one: GraphQLArgument) => {
      const usual = one.astNode?.defaultValue ? ` = ${escaped(printedDefault(one))}` : "";
      const needed = isRequiredArgument(one) ? '<span class="needed">required</span>' : "";
      return `<div><dt><code>${one.name}: ${typeText(one.type)}${usual}</code>${needed}</dt><dd>${this.line(one.description)}</dd></div>`;
    };
    return `<${heading} class="minor">Arguments</${heading}><dl class="arguments">${args.map(row).join("")}</dl>`;
  }

  private exampleOf(parent: GraphQLObjectType, field: OutputField, isOpen: boolean): string {
    const text = this.example(parent, field);
    if (!text) return "";
    const block = codeBlock(text, "graphql", inReference.root);
    return isOpen
      ? `<h2 class="minor">Example</h2>${block}`
      : `<details class="example"><summary>Example</summary>${block}</details>`;
  }

  /** The ready examples of the playground that ask for a field of a root. */
  private readyExamples(name: string): string {
    const found = examples.filter(({ query }) => new RegExp(`\\b${name}\\b\\s*[({]`).test(query)).slice(0, 8);
    if (!found.length) return "";
    const items = found.map(
      ({ title, about, query }) =>
        `<li><a href="${escaped(playgroundLink(inReference.root, query))}">${escaped(title)}</a><br><span class="faint">${escaped(about)}</span></li>`,
    );
    return `<h2 class="minor">In the playground</h2><ul class="ready">${items.join("")}</ul>`;
  }

  private async field(parent: GraphQLObjectType, field: OutputField): Promise<string> {
    const facts = await this.source.facts.ofField(field, parent);
    const old = field.deprecationReason ? `<p class="needed">Deprecated: ${this.line(field.deprecationReason)}</p>` : "";
    return `<section class="member" id="${field.name}">
<h3><a class="anchor" href="#${field.name}"><code>${field.name}</code></a><span class="of"><code>${typeText(field.type)}</code></span></h3>
<p>${this.line(field.description)}</p>${old}${this.factList(facts)}${this.argumentList(field.args, "h4")}${this.exampleOf(parent, field, false)}
</section>`;
  }

  private inputField(field: GraphQLInputField, type: string): string {
    const usual = field.astNode?.defaultValue ? ` = ${escaped(printedDefault(field))}` : "";
    const needed = isRequiredInputField(field) ? '<span class="needed">required</span>' : "";
    const value = `${field.name}: ${sampleValue(field, type)}`;
    const facts = this.source.facts.ofInput(field.description ?? "");
    return `<section class="member" id="${field.name}">
<h3><a class="anchor" href="#${field.name}"><code>${field.name}</code></a><span class="of"><code>${typeText(field.type)}${usual}</code></span>${needed}</h3>
<p>${this.line(field.description)}</p>${this.factList(facts, [["Example", `<code>${escaped(value)}</code>`]])}
</section>`;
  }

  private usesOf({ name }: GraphQLNamedType): string {
    const used = [...(this.users.get(name) ?? [])];
    if (!used.length) return "";
    const link = (path: string) => {
      const to = this.source.referenceOf(path);
      return to ? `<a href="${inReference.docs}${to}"><code>${path}</code></a>` : `<code>${path}</code>`;
    };
    const [shown, rest] = [used.slice(0, 12).map(link).join(", "), used.slice(12).map(link).join(", ")];
    const more = rest ? ` <details class="more"><summary>${used.length - 12} more</summary>${rest}</details>` : "";
    return `<p class="uses"><span class="faint">Where it stands:</span> ${shown}${more}</p>`;
  }

  /** What stands in the same file of the schema: the noun's other types and operations. */
  private siblings(name: string): string {
    const home = this.homes.pages.get(name);
    const mine = [...this.homes.pages].filter(([, { file }]) => file === home?.file).map(([one]) => one);
    if (mine.length < 2) return "";
    const link = (one: string) =>
      `<li><a href="${one}.html"${one === name ? ' aria-current="page"' : ""}>${one.replace(/^(Query|Mutation)\./, "")}</a></li>`;
    return `<h2>Reference: beside it</h2><ul class="beside">${mine.map(link).join("")}</ul>`;
  }

  private add(name: string, title: string, kind: string, about: string, main: string): void {
    const path = `${name}.html`;
    const home = this.homes.pages.get(name)?.family;
    const head = `<p class="crumbs"><a href="index.html">Reference</a>${home ? ` › <a href="index.html#${home}">${home}</a>` : ""}</p>
<h1><code>${title}</code><span class="kind">${kind}</span></h1>`;
    const page = { ...inReference, title, path: `reference/${path}`, about, siblings: this.siblings(name) };
    this.pages.push({ ...page, main: `<article class="reference">${head}${main}</article>` });
    this.entries.push({ title, url: `reference/${path}`, kind, text: about });
  }

  private async writeRoot(root: GraphQLObjectType, kind: string): Promise<void> {
    for (const field of Object.values(root.getFields())) {
      const facts = await this.source.facts.ofField(field, root);
      const about = field.description ?? "";
      const main = `<p class="signature"><code>${field.name}: ${typeText(field.type)}</code></p><p>${this.line(about)}</p>${this.factList(facts)}${this.argumentList(field.args, "h2")}${this.exampleOf(root, field, true)}${this.readyExamples(field.name)}`;
      this.add(`${root.name}.${field.name}`, field.name, kind, about, main);
    }
  }

  private async members(type: GraphQLNamedType): Promise<string> {
    const entry = (name: string, text: string | null | undefined, kind: string) =>
      this.entries.push({ title: `${type.name}.${name}`, url: `reference/${type.name}.html#${name}`, kind, text: text ?? "" });
    if (isEnumType(type)) {
      const values = type.getValues().map((value) => {
        entry(value.name, value.description, "value");
        return `<section class="member" id="${value.name}"><h3><a class="anchor" href="#${value.name}"><code>${value.name}</code></a></h3>
<p>${this.line(value.description)}</p>${this.factList(this.source.facts.ofValue(value))}</section>`;
      });
      return `<h2>Values</h2>${values.join("")}`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      for (const { name, description } of fields) entry(name, description, "input field");
      return `<h2>Fields</h2>${fields.map((field) => this.inputField(field, type.name)).join("")}`;
    }
    if (isUnionType(type)) {
      const types = type.getTypes().map((one) => `<li><code>${typeText(one)}</code> ${this.line(one.description)}</li>`);
      return `<h2>One of</h2><ul>${types.join("")}</ul>`;
    }
    if (isInterfaceType(type)) {
      const own = Object.values(type.getFields()).map((field) => {
        entry(field.name, field.description, "field");
        return `<section class="member" id="${field.name}">
<h3><a class="anchor" href="#${field.name}"><code>${field.name}</code></a><span class="of"><code>${typeText(field.type)}</code></span></h3>
<p>${this.line(field.description)}</p></section>`;
      });
      const types = this.source.schema.getPossibleTypes(type).map((one) => `<li><code>${typeText(one)}</code></li>`);
      return `<h2>Fields</h2>${own.join("")}<h2>Types that have them</h2><ul class="names">${types.join("")}</ul>`;
    }
    if (!isObjectType(type)) return "";
    // A type's own fields first, then those that other nouns add to it.
    const isAdded = ({ name }: OutputField) => Number(this.homes.added.has(`${type.name}.${name}`));
    const fields = Object.values(type.getFields()).sort((left, right) => isAdded(left) - isAdded(right));
    const isPlain = /(Connection|Edge)$/.test(type.name);
    if (!isPlain) for (const { name, description } of fields) entry(name, description, "field");
    return `<h2>Fields</h2>${(await Promise.all(fields.map((field) => this.field(type, field)))).join("")}`;
  }

  private writeIndex(): void {
    const families = [...new Set([...this.homes.pages.values()].map(({ family }) => family))].sort();
    const part = (family: string) => {
      const mine = [...this.homes.pages].filter(([, home]) => home.family === family).map(([name]) => name);
      const list = (title: string, names: readonly string[]) =>
        names.length
          ? `<h3>${title}</h3><ul class="names">${names.map((name) => `<li><a href="${name}.html"><code>${name.replace(/^(Query|Mutation)\./, "")}</code></a></li>`).join("")}</ul>`
          : "";
      const begins = (start: string) => mine.filter((name) => name.startsWith(`${start}.`));
      const rest = mine.filter((name) => !name.includes(".")).sort();
      return `<section><h2 id="${family}">${family}</h2>${list("Queries", begins("Query"))}${list("Mutations", begins("Mutation"))}${list("Types", rest)}</section>`;
    };
    const about = "Every query, mutation, type, field, argument and enum value of the schema.";
    const main = `<h1>Reference</h1><p>${about} Each says what it is, the panel's word and the wire's, the REST operation behind it, whose keys may ask, what it costs, and shows an example.</p>${families.map(part).join("")}`;
    const page = { ...inReference, title: "Reference", path: "reference/index.html", about };
    this.pages.push({ ...page, main: `<article class="reference">${main}</article>` });
    this.entries.push({ title: "Reference", url: "reference/index.html", kind: "guide", text: about });
  }

  async write(): Promise<Reference> {
    const { schema } = this.source;
    const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
    if (query) await this.writeRoot(query, "query");
    if (mutation) await this.writeRoot(mutation, "mutation");
    for (const type of this.types) {
      if (type === query || type === mutation) continue;
      const about = type.description ?? "";
      const members = await this.members(type);
      const main = `<p>${this.line(about)}</p>${this.usesOf(type)}${isLeafType(type) && !isEnumType(type) ? "" : members}`;
      this.add(type.name, type.name, kindOf(type), about, main);
    }
    this.writeIndex();
    return { pages: this.pages, entries: this.entries };
  }
}

const printedDefault = ({ defaultValue }: GraphQLArgument | GraphQLInputField): string => JSON.stringify(defaultValue);

/** The addresses of all that the reference explains, by name: `Offer`, `Offer.caps`, `offers`, `updateOffers`. */
export const referenceNames = (schema: GraphQLSchema): Map<string, string> => {
  const names = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || /^(ID|String|Int|Float|Boolean)$/.test(type.name)) continue;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    if (!isRoot) names.set(type.name, `reference/${type.name}.html`);
    if (isEnumType(type))
      for (const { name } of type.getValues()) names.set(`${type.name}.${name}`, `reference/${type.name}.html#${name}`);
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name } of Object.values(type.getFields())) {
      names.set(`${type.name}.${name}`, `reference/${pageOf(type.name, name)}`);
      if (isRoot) names.set(name, `reference/${pageOf(type.name, name)}`);
    }
  }
  return names;
};

/** Writes a page for every type and for every field of the roots. */
export const writeReference = (source: Source, folder: string): Promise<Reference> => new ReferenceWriter(source, folder).write();
