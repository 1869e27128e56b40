import { endpoint, tenantToSend } from "./ask.js";
import type { Sheet } from "./workbench.js";

export type CopyForm = "cURL" | "fetch" | "TypeScript";

const variablesOf = ({ variables }: Sheet): Record<string, unknown> | undefined => {
  try {
    const parsed: unknown = JSON.parse(variables);
    return parsed && typeof parsed === "object" ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const templated = (text: string): string =>
  `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;

const asCurl = (sheet: Sheet): string => {
  const tenant = tenantToSend();
  return [
    `curl ${shellQuoted(endpoint())}`,
    `  -H 'Content-Type: application/json'`,
    `  -H "API-Key: $AFFISE_API_KEY"`,
    ...(tenant ? [`  -H ${shellQuoted(`X-Affise-Tenant: ${tenant}`)}`] : []),
    `  --data ${shellQuoted(JSON.stringify({ query: sheet.query.trim(), variables: variablesOf(sheet) }, null, 2))}`,
  ].join(" \\\n");
};

const headerLines = (key: string): string[] => {
  const tenant = tenantToSend();
  return [
    `    "Content-Type": "application/json",`,
    `    "API-Key": ${key},`,
    ...(tenant ? [`    "X-Affise-Tenant": ${JSON.stringify(tenant)},`] : []),
  ];
};

const asFetch = (sheet: Sheet): string => {
  const variables = variablesOf(sheet);
  return [
    `const query = ${templated(sheet.query.trim())};`,
    ...(variables ? [`const variables = ${JSON.stringify(variables, null, 2)};`] : []),
    "",
    `const response = await fetch(${JSON.stringify(endpoint())}, {`,
    `  method: "POST",`,
    "  headers: {",
    ...headerLines("process.env.AFFISE_API_KEY"),
    "  },",
    `  body: JSON.stringify({ query${variables ? ", variables" : ""} }),`,
    "});",
    "const { data, errors } = await response.json();",
    "",
  ].join("\n");
};

const asTypeScript = (sheet: Sheet): string => {
  const variables = variablesOf(sheet);
  return [
    "interface Answer<Data> {",
    "  data?: Data | null;",
    "  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];",
    "}",
    "",
    "const ask = async <Data>(query: string, variables?: Record<string, unknown>): Promise<Data> => {",
    `  const response = await fetch(${JSON.stringify(endpoint())}, {`,
    `    method: "POST",`,
    "    headers: {",
    ...headerLines(`process.env.AFFISE_API_KEY ?? ""`).map((line) => `  ${line}`),
    "    },",
    "    body: JSON.stringify({ query, variables }),",
    "  });",
    "  const { data, errors } = (await response.json()) as Answer<Data>;",
    `  if (errors?.length || !data) throw new Error(errors?.map(({ message }) => message).join("; ") ?? "No data");`,
    "  return data;",
    "};",
    "",
    `const data = await ask<Record<string, unknown>>(${templated(sheet.query.trim())}${
      variables ? `, ${JSON.stringify(variables, null, 2)}` : ""
    });`,
    "console.log(data);",
    "",
  ].join("\n");
};

/** The query as a program, with the key left to the environment. */
export const copyAs = (form: CopyForm, sheet: Sheet): string =>
  form === "cURL" ? asCurl(sheet) : form === "fetch" ? asFetch(sheet) : asTypeScript(sheet);
