import type { TypedDocumentString } from "./gql/graphql.js";

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

const url = process.env.AFFISE_GRAPHQL_URL ?? "http://127.0.0.1:4000/graphql";
const key = process.env.AFFISE_API_KEY ?? "sandbox-general-manager";

// Who reads the output may have seen enough, as head has.
process.stdout.on("error", () => process.exit());

const fail = (why: string): never => {
  console.error(why);
  process.exit(1);
};

/** Sends a query and gives its data. What failed is said on stderr; data that is there is given all the same, without any the script ends. */
export const ask = async <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "api-key": key },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch(() => fail(`${url} cannot be reached: is the server running?`));
  const { data, errors = [] } = await response
    .json()
    .then((answer) => answer as Answer<Data>)
    .catch(() => fail(`${url} answers ${response.status} with something that is not GraphQL's.`));
  for (const { message, path, extensions } of errors)
    console.error(`${extensions?.code ?? "ERROR"}${path ? ` at ${path.join(".")}` : ""}: ${message}`);
  if (errors.length) process.exitCode = 1;
  return data ?? process.exit(1);
};
