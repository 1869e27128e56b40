import { isObjectType } from "graphql";
import { expect, test } from "vitest";
import { holdsSecret } from "../../src/affise/sharing/secret.js";
import { bareSchema } from "../../src/sdl.js";

/** The REST column of each field that the schema marks as a secret. `loginUrl` comes of a POST, and no answer of a POST is kept. */
const columns: Readonly<Record<string, string>> = {
  apiKey: '"api_key":"abc"',
  password: '"password":"abc"',
  postbackSecret: '"hash_password":"abc"',
  accessToken: '"access_token":"abc"',
  refreshToken: '"refresh_token":"abc"',
  parameters: '"_get":{"secret":"abc"}',
  bodyParameters: '"post":"{\\"secret\\":\\"abc\\"}"',
  loginUrl: "",
};

const isSecret = (directives: readonly { name: { value: string } }[] = []) =>
  directives.some(({ name }) => name.value === "secret");

const fields = Object.values(bareSchema().getTypeMap())
  .filter((type) => isObjectType(type))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })));

test("every secret of the schema is known by its REST column, so that its answer is kept nowhere", () => {
  const secrets = new Set(fields.filter(({ field }) => isSecret(field.astNode?.directives)).map(({ field }) => field.name));
  expect([...secrets].sort()).toEqual(Object.keys(columns).sort());
  for (const text of Object.values(columns).filter(Boolean)) expect(holdsSecret(`{"a":1,${text}}`), text).toBe(true);
});

test("what is empty is no secret", () => {
  expect(holdsSecret('{"api_key":"","hash_password":null,"_get":{},"post":"[]","title":"token"}')).toBe(false);
});

test("a field whose description or name speaks of a secret is marked as one", () => {
  const unmarked = fields.filter(
    ({ field }) =>
      !isSecret(field.astNode?.directives) &&
      (/^SECRET\b/.test(field.description ?? "") || /^(apiKey|password|\w*Secret|\w*[a-z]Token)$/.test(field.name)),
  );
  expect(unmarked.map(({ type, field }) => `${type}.${field.name}`)).toEqual([]);
});
