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

const register = `mutation ($input: RegisterAdvertiserInput!) { registerAdvertiser(input: $input) { message } }`;
const login = graphql(`mutation ($input: LogInAdvertiserInput!) { logInAdvertiser(input: $input) {
  advertiserId email createdAt apiKey accessToken refreshToken expiresInSeconds } }`);
const input = { companyName: "New Shop", email: "boss@newshop.example", password: "Sandbox-1" };

test("signing up and in, without a key; the key that comes back is the advertiser's", async () => {
  const signedUp = await w.askCounting(register, { variables: { input }, key: null });
  expect(signedUp.errors).toBeUndefined();
  expect(signedUp.data).toEqual({ registerAdvertiser: { message: expect.any(String) } });
  expect(signedUp.calls).toEqual(["POST /3.1/advertiser/registration"]);

  const credentials = { email: input.email, password: input.password };
  const signedIn = await w.askCounting(login, { variables: { input: credentials }, key: null });
  expect(signedIn.errors).toBeUndefined();
  expect(signedIn.calls).toEqual(["POST /3.1/advertiser/login"]);
  const { logInAdvertiser } = signedIn.data;
  expect(logInAdvertiser).toMatchObject({
    email: input.email,
    apiKey: expect.any(String),
    accessToken: expect.any(String),
    expiresInSeconds: 259200,
  });
  expect(logInAdvertiser.refreshToken).not.toBe(logInAdvertiser.accessToken);

  const { data } = await w.ask("query ($id: ID!) { advertiser(id: $id) { companyName email } }", {
    variables: { id: logInAdvertiser.advertiserId },
  });
  expect(data).toEqual({ advertiser: { companyName: input.companyName, email: input.email } });
  const own = await w.ask("{ offers { totalCount } }", { key: logInAdvertiser.apiKey });
  expect(own.data).toEqual({ offers: { totalCount: 0 } });
});

test("a known email address and wrong credentials are errors", async () => {
  await w.ask(register, { variables: { input }, key: null });
  const again = await w.ask(register, { variables: { input }, key: null });
  expect(again.data).toEqual({ registerAdvertiser: null });
  expect(again.errors).toHaveLength(1);
  const wrong = await w.ask(login, { variables: { input: { email: input.email, password: "Guessed-1" } }, key: null });
  expect(wrong.data).toEqual({ logInAdvertiser: null });
  expect(wrong.errors?.[0]?.message).not.toMatch(/Guessed-1|API key/);
});

test("what cannot be credentials reaches nobody", async () => {
  const bad = await w.askCounting(login, { variables: { input: { email: "boss", password: "x" } }, key: null });
  expect(bad).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  const empty = await w.askCounting(register, { variables: { input: { ...input, password: "" } }, key: null });
  expect(empty).toMatchObject({
    errors: [{ message: "input.password is an empty text: give one.", extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
});
