import { type ParseError, parse as parseJsonc, printParseErrorCode } from "jsonc-parser";

/** What a copied program asks, and of whom. */
export interface Snippet {
  url: string;
  query: string;
  variables: Record<string, unknown> | undefined;
  /** Which operation to run, where the query has several. */
  operationName: string | undefined;
  /** Headers beside the key's and the content type. */
  headers: Readonly<Record<string, string>>;
  /** A key of the sandbox, which is no secret; any other key is read from AFFISE_API_KEY. */
  sampleKey: string | undefined;
}

/** The variables as the editor reads them: JSON with comments and trailing commas. Throws where they are none. */
export const variablesIn = (text: string): Record<string, unknown> | undefined => {
  if (!text.trim()) return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw new Error(`The variables cannot be read: ${printParseErrorCode(error.error)} in line ${line}`);
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw new Error("The variables have to be an object");
  return value as Record<string, unknown>;
};

/** What goes over the wire. */
export const bodyOf = ({ query, variables, operationName }: Snippet): Record<string, unknown> => ({
  query,
  ...(variables ? { variables } : {}),
  ...(operationName === undefined ? {} : { operationName }),
});

/** A text as a template literal of JavaScript. */
export const templated = (text: string): string =>
  `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${").replaceAll("\r", "\\r")}\``;

/** A value as a literal of JavaScript. */
export const literal = (value: unknown): string => JSON.stringify(value, null, 2);

export const indented = (text: string, by: number): string => text.replaceAll("\n", `\n${" ".repeat(by)}`);
