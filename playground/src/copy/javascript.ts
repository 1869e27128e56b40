import { indented, literal, type Snippet, templated } from "./snippet.js";

/** The lines that name what is asked, and the call of `fetch` that asks it. */
const request = ({ url, query, variables, operationName, headers }: Snippet, key: string) => {
  const names = ["query", ...(variables ? ["variables"] : []), ...(operationName === undefined ? [] : ["operationName"])];
  const given = Object.entries(headers).map(([name, value]) => `      ${literal(name)}: ${literal(value)},\n`);
  return {
    constants: [
      `const query = ${templated(query)};\n`,
      variables ? `const variables = ${literal(variables)};\n` : "",
      operationName === undefined ? "" : `const operationName = ${literal(operationName)};\n`,
    ].join(""),
    call: `fetch(${literal(url)}, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "API-Key": ${key},
${given.join("")}    },
    body: JSON.stringify({ ${names.join(", ")} }),
  })`,
  };
};

const fetching = (snippet: Snippet, key: string, print: string): string => {
  const { constants, call } = request(snippet, key);
  return `${constants}
const main = async () => {
  const response = await ${call};
  ${print}
};

main();
`;
};

/** For Node, which reads the key from its environment. */
export const asNodeFetch = (snippet: Snippet): string => {
  const key = snippet.sampleKey === undefined ? "" : ` ?? ${literal(snippet.sampleKey)}`;
  return fetching(snippet, `process.env.AFFISE_API_KEY${key}`, "console.log(JSON.stringify(await response.json(), null, 2));");
};

/** For a page or its console; a key that is a secret is asked for, and stands in no source. */
export const asBrowserFetch = (snippet: Snippet): string => {
  const key = snippet.sampleKey === undefined ? 'prompt("Affise API key")' : literal(snippet.sampleKey);
  return fetching(snippet, key, "console.log(await response.json());");
};

/** A program in TypeScript for tsx or Node, its data typed as the query asks for it. */
export const asTypeScript = (snippet: Snippet, data: string): string => {
  const key = snippet.sampleKey === undefined ? "" : literal(snippet.sampleKey);
  const { constants, call } = request(snippet, `process.env.AFFISE_API_KEY ?? ${key || '""'}`);
  return `interface Data ${data}

interface Answer {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

${constants}
const ask = async (): Promise<Answer> => {
  const response = await ${call};
  return (await response.json()) as Answer;
};

const main = async () => {
  const { data, errors } = await ask();
  if (errors) console.error(JSON.stringify(errors, null, 2));
  console.log(JSON.stringify(data, null, 2));
};

main();
`;
};

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** A hook for Apollo Client 4. The document has one operation, as Apollo wants it. */
export const asApolloHook = (
  snippet: Snippet,
  data: string,
  kind: "query" | "mutation",
  operation: string | undefined,
): string => {
  const name = capital(operation ?? (kind === "query" ? "Answer" : "Change"));
  const hook = kind === "query" ? "useQuery" : "useMutation";
  const options = snippet.variables ? `, {\n  variables: ${indented(literal(snippet.variables), 2)},\n}` : "";
  const headers = Object.entries({ "API-Key": "…", ...snippet.headers }).map(
    ([key, value]) => `${literal(key)}: ${literal(value)}`,
  );
  return `// The client above it: new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({
//   uri: ${literal(snippet.url)}, headers: { ${headers.join(", ")} } }) })
import { gql, type TypedDocumentNode } from "@apollo/client";
import { ${hook} } from "@apollo/client/react";

export interface ${name}Data ${data}

export const ${name}: TypedDocumentNode<${name}Data> = gql${templated(snippet.query)};

export const use${name} = () => ${hook}(${name}${options});
`;
};
