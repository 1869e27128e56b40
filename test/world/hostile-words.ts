/** A request that means harm: what of it is sent to `/graphql`, and the code it must be refused with, where one is sure. */
export interface Hostile {
  name: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

export const times = (count: number, text: string | ((index: number) => string), join = " "): string =>
  Array.from({ length: count }, (_, index) => (typeof text === "string" ? text : text(index))).join(join);

export const json = (query: string, variables?: object, more: object = {}) => JSON.stringify({ query, variables, ...more });

export const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => String(index + from));
