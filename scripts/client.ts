// What the typed client knows of the server beside its operations: the error codes, and how caches tell the schema's objects apart.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { getNamedType, isAbstractType, isNonNullType, isObjectType } from "graphql";
import { errorCodes } from "../src/affise/error/error-code.js";
import { bareSchema } from "../src/sdl.js";

const schema = bareSchema();
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
const objects = types.filter(isObjectType);

const possibleTypes = Object.fromEntries(
  types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

/** Types whose objects are nobody outside their parent. */
const valueTypes = objects
  .filter((type) => type !== schema.getQueryType() && type !== schema.getMutationType() && !type.getFields().id)
  .map(({ name }) => name);

/** Types of which some objects have no id: only those with one are kept by it. */
const typesWithOptionalId = objects
  .filter((type) => type.getFields().id && !isNonNullType(type.getFields().id?.type))
  .map(({ name }) => name);

const slicing = new Set(["first", "last", "after", "before"]);

/** The fields with pages, and the arguments that make another list of them. */
const pagedFields = Object.fromEntries(
  objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith("Connection"))
      .map(({ name, args }) => [`${type.name}.${name}`, args.map((arg) => arg.name).filter((arg) => !slicing.has(arg))]),
  ),
);

const literal = (value: unknown) => JSON.stringify(value, null, 2);
const folder = new URL("../client/src/generated/", import.meta.url);
await mkdir(folder, { recursive: true });

// One interface is no reason for a dependency, which would bring graphql with it.
const operations = new URL("graphql.ts", folder);
const imported = /^import type \{ DocumentTypeDecoration \} from .*$/m;
const text = await readFile(operations, "utf8");
if (!imported.test(text)) throw new Error("graphql-codegen writes another import than DocumentTypeDecoration's.");
await writeFile(
  operations,
  text.replace(
    imported,
    "export interface DocumentTypeDecoration<Data, Variables> {\n  __apiType?: (variables: Variables) => Data;\n}",
  ),
);

await writeFile(
  new URL("schema.ts", folder),
  `// Built from the schema and the table of error codes by npm run codegen.
export const errorCodes = ${literal(Object.keys(errorCodes))} as const;

/** Every \`extensions.code\` of the server. */
export type ErrorCode = (typeof errorCodes)[number];

export const possibleTypes: Record<string, string[]> = ${literal(possibleTypes)};

export const valueTypes: readonly string[] = ${literal(valueTypes)};

export const typesWithOptionalId: readonly string[] = ${literal(typesWithOptionalId)};

export const pagedFields = ${literal(pagedFields)} as const;
`,
);
