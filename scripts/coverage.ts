// Writes docs/coverage.md: every REST operation of the contract with the GraphQL fields that call it. With --check it writes nothing and
// fails when the file is stale or an operation has no field.
//
// What a field of a type reads is said by its own @restCalls, which tests hold against real calls. A query or mutation may choose among
// several operations: there the script follows whatever a resolver names, through functions, loaders and other modules, and takes down the
// operations it meets, which are spelled out everywhere as in the contract.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isObjectType } from "graphql";
import ts from "typescript";
import { operations } from "../src/contract/operation.js";
import { type Parameter, propertiesOf } from "../src/contract/schema.js";
import { fieldCosts } from "../src/execution/field-cost.js";
import { buildSchema } from "../src/graph/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = new URL("../docs/coverage.md", import.meta.url);

const configText = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(configText, ts.sys, root);
const index = `${root}src/graph/noun.ts`;
const program = ts.createProgram([index], options);
const checker = program.getTypeChecker();

const isOurs = (node: ts.Node) =>
  /\/src\/(graph\/|loaders\.ts|lists\.ts|affise\/(statistics|list))/.test(node.getSourceFile().fileName);

/** What a name stands for: the declarations behind imports, shorthands and the mapped type of the loaders. */
const declarationsOf = (name: ts.Identifier): readonly ts.Node[] => {
  const shorthand = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : undefined;
  const found = shorthand ?? checker.getSymbolAtLocation(name);
  const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  return symbol?.declarations?.filter(isOurs) ?? [];
};

/** The operations named in a piece of source and in all that it names in turn. */
const operationsOf = (start: ts.Node): Set<string> => {
  const found = new Set<string>();
  const seen = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (seen.has(node) || ts.isTypeNode(node)) return;
    seen.add(node);
    // Of a table of loaders or lists only the one that is named.
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && ts.isIdentifier(node.name)) {
      const named = declarationsOf(node.name);
      if (named.length) {
        named.forEach(visit);
        return;
      }
    }
    if (ts.isStringLiteral(node) && (operations as ReadonlyMap<string, unknown>).has(node.text)) found.add(node.text);
    if (ts.isIdentifier(node)) declarationsOf(node).forEach(visit);
    ts.forEachChild(node, visit);
  };
  visit(start);
  return found;
};

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isSatisfiesExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node)
    ? unwrapped(node.expression)
    : node;

/** The resolvers of a module: what it exports under a capital, field by field. */
const resolversIn = (file: ts.SourceFile): { field: string; node: ts.Node }[] =>
  file.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const map = initializer && unwrapped(initializer);
      if (!ts.isIdentifier(name) || !/^[A-Z]/.test(name.text) || !map || !ts.isObjectLiteralExpression(map)) return [];
      return map.properties.flatMap((property) =>
        property.name && ts.isIdentifier(property.name) ? [{ field: `${name.text}.${property.name.text}`, node: property }] : [],
      );
    }),
  );

/** The modules that the schema is really built of. */
const modules = (): ts.SourceFile[] =>
  [...(program.getSourceFile(index)?.statements ?? [])].filter(ts.isExportDeclaration).flatMap(({ moduleSpecifier }) => {
    const file = moduleSpecifier && checker.getSymbolAtLocation(moduleSpecifier)?.valueDeclaration;
    return file && ts.isSourceFile(file) ? [file] : [];
  });

const fieldsByOperation = new Map<string, Set<string>>([...operations.keys()].map((operation) => [operation, new Set()]));
const schema = buildSchema();
const costOf = fieldCosts(schema);
const named = new Map(
  modules()
    .flatMap(resolversIn)
    .map(({ field, node }) => [field, operationsOf(node)]),
);

/** What a field calls: for a field of a type what it says, and the same for an affiliate's key; for a root all that it names, too. */
const calledBy = (field: string, said: ReadonlySet<string>, isRoot: boolean): string[] => {
  const found = [...(named.get(field) ?? [])];
  const forAffiliates = new Set([...said].map((operation) => operation.replace("/admin/", "/partner/")));
  return [...said, ...found.filter((operation) => isRoot || forAffiliates.has(operation))];
};

for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
  for (const field of Object.values(type.getFields())) {
    const said = new Set(costOf(field, type).calls.flatMap(({ operation }) => operation ?? []));
    const name = `${type.name}.${field.name}`;
    for (const operation of calledBy(name, said, isRoot)) fieldsByOperation.get(operation)?.add(name);
  }
}

/** Questions and changes first, then the fields of types. */
const inOrder = (fields: Iterable<string>): string[] => {
  const rank = (field: string) => ["Query", "Mutation"].indexOf(field.split(".")[0] ?? "") >>> 0;
  return [...fields].sort((left, right) => rank(left) - rank(right) || left.localeCompare(right, "en"));
};

const rows = [...operations.values()].map((facts) => ({
  ...facts,
  fields: inOrder(fieldsByOperation.get(facts.operation) ?? []),
}));
const listed = rows.filter(({ beyondReference }) => !beyondReference);
const beyond = rows.filter(({ beyondReference }) => beyondReference);
const covered = (some: typeof rows) => some.filter(({ fields }) => fields.length > 0).length;

const table = (some: typeof rows): string[] => [
  "| REST operation | GraphQL |",
  "| --- | --- |",
  ...some.map(
    ({ operation, fields }) => `| \`${operation}\` | ${fields.map((field) => `\`${field}\``).join(", ") || "**none yet**"} |`,
  ),
  "",
];

/** The names of a parameter as they stand in an address: of an object each of its columns. */
const namesOf = ({ name, schema }: Parameter): string[] => {
  const columns = Object.keys(propertiesOf(schema));
  return columns.length ? columns.map((column) => `${name}[${column}]`) : [name];
};

const parameters = (some: typeof rows): string[] => [
  "| REST operation | Parameters |",
  "| --- | --- |",
  ...some.flatMap(({ operation, parameters }) => {
    const names = parameters.filter((one) => one.in === "query").flatMap(namesOf);
    return names.length ? [`| \`${operation}\` | ${names.map((name) => `\`${name}\``).join(", ")} |`] : [];
  }),
  "",
];

const nouns = [...new Set(listed.map(({ tag }) => tag))].sort();
const text = [
  "# Coverage",
  "",
  "Which GraphQL fields call which operation of the Affise REST API. Made by `npm run coverage` out of the schema's `@restCalls` and the",
  "mutations' resolvers; a check in CI keeps it fresh. A field stands beside an operation when it may call it; most ask only where the data",
  "at hand lacks something. Mutations read, too: to look up what they change, and to answer with it.",
  "",
  `**${covered(listed)} of ${listed.length}** operations of the reference have a field.`,
  "",
  ...nouns.flatMap((noun) => [`## ${noun}`, "", ...table(listed.filter(({ tag }) => tag === noun))]),
  ...(beyond.length
    ? ["## Beyond the reference", "", "In no reference, but called by Affise's own clients.", "", ...table(beyond)]
    : []),
  "## Parameters",
  "",
  "What can be said in the address of each operation. The sandbox refuses every other name, as Affise does.",
  "",
  ...parameters(rows),
].join("\n");

const present = (): string => {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return "";
  }
};

// What only clients call beside the reference may go without a field; the page says so.
const bare = listed.filter(({ fields }) => fields.length === 0).map(({ operation }) => operation);
console.log(`${covered(listed)} of ${listed.length} operations have a GraphQL field.`);
if (bare.length) console.log(`Without one:\n${bare.map((operation) => `  ${operation}`).join("\n")}`);

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else {
  if (present() !== text) console.error("docs/coverage.md is stale: run npm run coverage and commit it.");
  if (bare.length || present() !== text) process.exitCode = 1;
}
