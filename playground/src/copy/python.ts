import type { Snippet } from "./snippet.js";

const escapes: Record<string, string> = { "\u2028": "\\u2028", "\u2029": "\\u2029" };

// A string of JSON is a string of Python, too.
const text = (value: string): string => JSON.stringify(value).replaceAll(/[\u2028\u2029]/g, (one) => escapes[one] ?? one);

const literal = (value: unknown, depth = 0): string => {
  const [inner, outer] = ["    ".repeat(depth + 1), "    ".repeat(depth)];
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return text(value);
  if (typeof value !== "object") return String(value);
  const lines = Array.isArray(value)
    ? value.map((item) => literal(item, depth + 1))
    : Object.entries(value).map(([name, item]) => `${text(name)}: ${literal(item, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return lines.length ? `${open}\n${lines.map((line) => `${inner}${line},\n`).join("")}${outer}${close}` : `${open}${close}`;
};

const block = (query: string): string => `"""${query.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\r", "\\r")}"""`;

/** A program for Python 3 and nothing else. */
export const asPython = ({ url, query, variables, operationName, headers, sampleKey }: Snippet): string => {
  const key = sampleKey === undefined ? 'os.environ["AFFISE_API_KEY"]' : `os.environ.get("AFFISE_API_KEY", ${text(sampleKey)})`;
  const given = Object.entries(headers).map(([name, value]) => `        ${text(name)}: ${text(value)},\n`);
  const body = ['"query": query', ...(variables ? ['"variables": variables'] : [])];
  if (operationName !== undefined) body.push(`"operationName": ${text(operationName)}`);
  return `import json
import os
import urllib.error
import urllib.request

query = ${block(query)}
${variables ? `variables = ${literal(variables)}\n` : ""}
request = urllib.request.Request(
    ${text(url)},
    data=json.dumps({${body.join(", ")}}).encode(),
    headers={
        "Content-Type": "application/json",
        "API-Key": ${key},
${given.join("")}    },
)
try:
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
except urllib.error.HTTPError as error:
    answer = json.load(error)
print(json.dumps(answer, indent=2))
`;
};
