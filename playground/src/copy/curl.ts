import { bodyOf, literal, type Snippet } from "./snippet.js";

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const asCurl = (snippet: Snippet): string => {
  const key = snippet.sampleKey === undefined ? "$AFFISE_API_KEY" : `\${AFFISE_API_KEY:-${snippet.sampleKey}}`;
  return `${[
    `curl --silent --show-error ${quoted(snippet.url)}`,
    `  -H 'Content-Type: application/json'`,
    `  -H "API-Key: ${key}"`,
    ...Object.entries(snippet.headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`),
    `  --data-raw ${quoted(literal(bodyOf(snippet)))}`,
  ].join(" \\\n")}\n`;
};
