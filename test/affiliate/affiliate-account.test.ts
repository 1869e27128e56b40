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

const list = "GET /3.0/admin/partners";
const check = `mutation ($email: String!, $password: String!) {
  authenticateAffiliate(input: { email: $email, password: $password }) { loginUrl affiliate { id email } } }`;

const emailOf = async (id: number) => {
  const { data } = await w.ask(graphql("query ($id: ID!) { affiliate(id: $id) { email } }"), { variables: { id } });
  return data.affiliate.email;
};

test("a new password is shown once, and signs in", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql("mutation { resetAffiliatePassword(input: { affiliateId: 3 }) { password affiliate { id } } }"),
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    resetAffiliatePassword: { affiliate: { id: "3" }, password: expect.stringMatching(/^[0-9a-f]{10}$/) },
  });
  expect(calls).toEqual([list, "POST /3.0/admin/partner/password/{id}"]);
  const { password } = data.resetAffiliatePassword;
  const email = await emailOf(3);
  const signedIn = await w.askCounting(check, { variables: { email, password } });
  expect(signedIn.data).toEqual({
    authenticateAffiliate: { loginUrl: expect.stringContaining("http"), affiliate: { id: "3", email } },
  });
  expect(signedIn.calls).toEqual([list, "POST /3.1/partner/auth"]);
});

test.each([
  ["ACTIVE", null],
  ["NOT_ACTIVE", "Affiliate is not active"],
])("an affiliate that is %s: %s", async (status, refusal) => {
  const changed = await w.ask<{ resetAffiliatePassword: { password: string } }>(
    `mutation { updateAffiliate(input: { id: 3, status: ${status} }) { affiliate { id } }
      resetAffiliatePassword(input: { affiliateId: 3 }) { password } }`,
  );
  expect(changed.errors).toBeUndefined();
  const { password } = changed.data.resetAffiliatePassword;
  const { errors } = await w.ask(check, { variables: { email: await emailOf(3), password } });
  expect(errors?.[0]?.message ?? null).toBe(refusal);
});

test("wrong credentials are an error in words, without the password in it", async () => {
  const { data, errors } = await w.ask(check, { variables: { email: await emailOf(3), password: "guessed-wrong" } });
  expect(data).toEqual({ authenticateAffiliate: null });
  expect(errors).toMatchObject([{ message: "Wrong email or password", extensions: { code: "BAD_USER_INPUT" } }]);
  const empty = await w.askCounting(check, { variables: { email: "a@b.example", password: "" } });
  expect(empty).toMatchObject({
    errors: [{ message: "input.password is an empty text: give one.", extensions: { code: "BAD_USER_INPUT" } }],
    calls: [],
  });
});

test("language and time zone are set, and at least one must be given", async () => {
  const set = await w.askCounting(
    'mutation { setAffiliateLocale(input: { affiliateId: 3, language: "es", timezone: "Europe/Madrid" }) { affiliate { id language } } }',
  );
  expect(set.data).toMatchObject({ setAffiliateLocale: { affiliate: { id: "3", language: "es" } } });
  expect(set.calls).toEqual([list, "POST /3.0/admin/partner/{id}/locale"]);
  const nothing = await w.askCounting("mutation { setAffiliateLocale(input: { affiliateId: 3 }) { affiliate { id } } }");
  expect(nothing).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
});

test("an affiliate replaces its own key, and the new one works", async () => {
  const { data, errors, calls } = await w.askCounting(graphql("mutation { rotateOwnApiKey { affiliateId apiKey } }"), {
    key: "sandbox-affiliate",
  });
  expect(errors).toBeUndefined();
  expect(calls).toEqual(["POST /3.1/partner/api-key"]);
  const { affiliateId, apiKey } = data.rotateOwnApiKey;
  const { data: own } = await w.ask("{ viewer { ... on Affiliate { id balances { currency available } } } }", { key: apiKey });
  expect(own).toMatchObject({ viewer: { id: affiliateId, balances: expect.any(Array) } });
});

test("unknown affiliates are NOT_FOUND, bad numbers reach nobody, affiliates may do none of it", async () => {
  const unknown = await w.ask("mutation { resetAffiliatePassword(input: { affiliateId: 4711 }) { password } }");
  expect(unknown.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  const bad = await w.askCounting('mutation { resetAffiliatePassword(input: { affiliateId: "x" }) { password } }');
  expect(bad).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  const both = await w.ask(
    'mutation { resetAffiliatePassword(input: { affiliateId: 1 }) { password } setAffiliateLocale(input: { affiliateId: 1, language: "es" }) { affiliate { id } } }',
    { key: "sandbox-affiliate" },
  );
  expect(both.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  const rotated = await w.ask("mutation { rotateOwnApiKey { apiKey } }");
  expect(rotated.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
