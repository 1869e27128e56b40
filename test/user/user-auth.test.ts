import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const login = graphql(
  "mutation ($email: String!, $password: String!) { logInUser(input: { email: $email, password: $password }) { apiKey } }",
);

test("a user signs in without a key, and the key it gets is its own", async () => {
  const { data: own } = await w.ask(graphql("{ viewer { ... on User { id email } } }"));
  const { viewer } = own;
  const { data, errors, calls } = await w.askCounting(login, {
    variables: { email: viewer.email, password: "Sandbox-1" },
    key: null,
  });
  expect(errors).toBeUndefined();
  expect(calls).toEqual(["POST /3.1/pub-auth"]);
  const { apiKey } = data.logInUser;
  expect((await w.ask("{ viewer { ... on User { id email } } }", { key: apiKey })).data).toEqual({ viewer });
});

test("wrong credentials are an error that does not speak of keys", async () => {
  const { data, errors } = await w.ask(login, { variables: { email: "no@body.example", password: "Sandbox-2" }, key: null });
  expect(data).toEqual({ logInUser: null });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.message).not.toContain("Sandbox-2");
  expect(errors?.[0]?.message).not.toContain("API key");
});

test("what cannot be credentials reaches nobody", async () => {
  const bad = await w.askCounting(login, { variables: { email: "nobody", password: "Sandbox-1" }, key: null });
  expect(bad).toMatchObject({
    errors: [{ message: expect.stringContaining("mail"), extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
  const short = await w.askCounting(login, { variables: { email: "a@b.example", password: "x" }, key: null });
  expect(short).toMatchObject({
    errors: [{ message: expect.stringContaining("assword"), extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
});
