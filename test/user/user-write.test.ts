import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 800 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const unknown = "ffffffffffffffffffffffff";
const detail = "GET /3.0/admin/user/{id}";
const update = "POST /3.0/admin/user/{id}";

interface User {
  id: string;
  role: string;
  email: string;
  sections: string[];
}

const users = async (): Promise<User[]> => {
  const { data } = await world.ask(graphql("{ users(first: 100) { nodes { id role email sections } } }"));
  return data.users.nodes;
};

const one = async (role: string): Promise<User> => {
  const found = (await users()).find((user) => user.role === role);
  if (!found) throw new Error(`The sandbox has no ${role}.`);
  return found;
};

const newcomer = {
  email: "new.user@network.example",
  password: "Secret-123",
  firstName: "New",
  lastName: "User",
  role: "AFFILIATE_MANAGER",
  sections: ["TICKETS", "ADVERTISERS"],
  telegram: "@new_user",
  workHours: "9-17",
};

const create =
  "mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id name role sections telegram workHours } } }";
const change = "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id name role sections skype } } }";
describe("making and changing users", () => {
  test("a new user, in one call", async () => {
    const { data, errors, calls } = await world.askCounting(create, { variables: { input: newcomer } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      createUser: {
        user: {
          name: "New User",
          role: "AFFILIATE_MANAGER",
          sections: ["TICKETS", "ADVERTISERS"],
          telegram: "@new_user",
          workHours: "9-17",
        },
      },
    });
    expect(calls).toEqual(["POST /3.0/admin/user"]);
    expect((await users()).find(({ email }) => email === newcomer.email)?.role).toBe("AFFILIATE_MANAGER");
  });

  test("a known email address is refused in Affise's words", async () => {
    const { email } = await one("GENERAL_MANAGER");
    const { data, errors } = await world.ask(create, { variables: { input: { ...newcomer, email } } });
    expect(data).toEqual({ createUser: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("already exists"),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  test("a weak password is refused before any call, and never repeated", async () => {
    const { errors, calls } = await world.askCounting(create, { variables: { input: { ...newcomer, password: "pwd" } } });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/password/i),
      extensions: { code: "BAD_USER_INPUT", arguments: ["input.password"] },
    });
    expect(errors?.[0]?.message).not.toContain("pwd");
    expect(calls).toEqual([]);
  });

  test("a change leaves the rest as it is", async () => {
    const before = await one("ACCOUNT_MANAGER");
    const { data, calls } = await world.askCounting(change, {
      variables: { input: { id: before.id, firstName: "Ada", skype: "", telegram: null } },
    });
    expect(data).toMatchObject({
      updateUser: { user: { id: before.id, name: expect.stringMatching(/^Ada /), sections: before.sections, skype: null } },
    });
    expect(calls).toEqual([update]);
  });

  test("sections keep the role, a role keeps the sections: the other half is read first", async () => {
    const { id, sections } = await one("ACCOUNT_MANAGER");
    const opened = await world.askCounting(change, { variables: { input: { id, sections: ["NEWS"] } } });
    expect(opened.data).toMatchObject({ updateUser: { user: { role: "ACCOUNT_MANAGER", sections: ["NEWS"] } } });
    expect(opened.calls).toEqual([detail, update]);
    await world.sandbox.reset();
    const moved = await world.askCounting(change, { variables: { input: { id, role: "AFFILIATE_MANAGER" } } });
    expect(moved.data).toMatchObject({ updateUser: { user: { role: "AFFILIATE_MANAGER", sections } } });
    const both = await world.askCounting(change, { variables: { input: { id, role: "GENERAL_MANAGER", sections: [] } } });
    expect(both.data).toMatchObject({ updateUser: { user: { role: "GENERAL_MANAGER", sections: [] } } });
    expect(both.calls).toEqual([detail, update]);
  });

  test("an unknown user", async () => {
    const { data, errors } = await world.ask(change, { variables: { input: { id: unknown, firstName: "Ada" } } });
    expect(data).toEqual({ updateUser: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation: update });
  });

  test("an id of another kind, before any call", async () => {
    const { errors, calls } = await world.askCounting(change, { variables: { input: { id: "7", firstName: "Ada" } } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.id"] });
    expect(calls).toEqual([]);
  });

  test.each(["affiliate-manager", "account-manager", "affiliate", "advertiser"])("no other key may: %s", async (who) => {
    const { data, errors } = await world.ask(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }`,
      { key: `sandbox-${who}`, variables: { input: newcomer } },
    );
    expect(data).toEqual({ createUser: null });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("keys and passwords", () => {
  test("a new key works, the old one no longer", async () => {
    const { id } = await one("ACCOUNT_MANAGER");
    const { data, errors, calls } = await world.askCounting(
      graphql(`mutation ($id: ID!) { rotateUserApiKey(input: { userId: $id }) { apiKey user { id role } } }`),
      { variables: { id } },
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([detail, "POST /3.0/admin/user/api_key/{id}"].sort());
    const { apiKey, user } = data.rotateUserApiKey;
    expect(user).toEqual({ id, role: "ACCOUNT_MANAGER" });
    const viewer = "{ viewer { ... on User { id } } }";
    expect((await world.ask(viewer, { key: apiKey })).data).toEqual({ viewer: { id } });
    expect((await world.ask(viewer, { key: "sandbox-account-manager" })).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("a new password opens the login, without any key", async () => {
    const { id, email } = await one("AFFILIATE_MANAGER");
    const set = await world.askCounting(
      `mutation { setUserPassword(input: { userId: "${id}", password: "Better-456" }) { user { email } } }`,
    );
    expect(set.data).toEqual({ setUserPassword: { user: { email } } });
    expect(set.calls).toEqual([detail, "POST /3.0/admin/user/{id}/password"].sort());
    const logIn = (password: string) =>
      world.askCounting(`mutation { logInUser(input: { email: "${email}", password: "${password}" }) { apiKey } }`, {
        key: null,
      });
    const good = await logIn("Better-456");
    expect(good.data).toEqual({ logInUser: { apiKey: "sandbox-affiliate-manager" } });
    expect(good.calls).toEqual(["POST /3.1/pub-auth"]);
    const bad = await logIn("Wrong-4567");
    expect(bad.data).toEqual({ logInUser: null });
    expect(bad.errors?.[0]?.extensions.operation).toBe("POST /3.1/pub-auth");
  });

  test("a password that no network takes, before any call", async () => {
    const { id } = await one("AFFILIATE_MANAGER");
    const { errors, calls } = await world.askCounting(
      `mutation { setUserPassword(input: { userId: "${id}", password: "short" }) { user { id } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.password"] });
    expect(calls).toEqual([]);
  });

  test("none of it with a key that may not", async () => {
    const { id } = await one("AFFILIATE_MANAGER");
    const { data, errors } = await world.ask(
      `mutation { 
        a: setUserPassword(input: { userId: "${id}", password: "Better-456" }) { user { id } }
        b: rotateUserApiKey(input: { userId: "${id}" }) { apiKey }
        c: logInUser(input: { email: "nobody@network.example", password: "Better-456" }) { apiKey }
      }`,
      { key: "sandbox-affiliate-manager" },
    );
    expect(data).toEqual({ a: null, b: null, c: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN", "BAD_USER_INPUT"]);
  });
});
