import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openWorld } from "./world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 800 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const unknown = "ffffffffffffffffffffffff";
const detail = "GET /3.0/admin/user/{id}";
const update = "POST /3.0/admin/user/{id}";
const setPermissions = "POST /3.1/user/{id}/permissions";

interface User {
  id: string;
  role: string;
  email: string;
  sections: string[];
}

const users = async (): Promise<User[]> => {
  const { data } = await world.ask("{ users(first: 100) { nodes { id role email sections } } }");
  return (data as unknown as { users: { nodes: User[] } }).users.nodes;
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

const create = "mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id name role sections telegram workHours } } }";
const change = "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id name role sections skype } } }";
const permit = `mutation ($input: SetUserPermissionsInput!) {
  setUserPermissions(input: $input) { user { email permissions { section name level hasExceptions exceptions { level ids } } } }
}`;

interface Permission {
  section: string;
  name: string;
  level: string;
}

const permissionsOf = (data: unknown): Permission[] =>
  (data as { setUserPermissions: { user: { permissions: Permission[] } } }).setUserPermissions.user.permissions;

const permissionOf = (data: unknown, section: string, name: string) =>
  permissionsOf(data).find((permission) => permission.section === section && permission.name === name);

describe("making and changing users", () => {
  test("a new user, in one call", async () => {
    const { data, errors, calls } = await world.askCounting(create, { variables: { input: newcomer } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      createUser: {
        user: {
          name: "New User",
          role: "AFFILIATE_MANAGER",
          sections: ["ROLE_SECTION_TICKET", "ROLE_SECTION_SUPPLIER"],
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
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining("already exists"), extensions: { code: "BAD_USER_INPUT" } });
  });

  test("a weak password is refused before any call, and never repeated", async () => {
    const { errors, calls } = await world.askCounting(create, { variables: { input: { ...newcomer, password: "pwd" } } });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/password/i),
      extensions: { code: "BAD_USER_INPUT", arguments: ["password"] },
    });
    expect(errors?.[0]?.message).not.toContain("pwd");
    expect(calls).toEqual([]);
  });

  test("a change leaves the rest as it is", async () => {
    const before = await one("ACCOUNT_MANAGER");
    const { data, calls } = await world.askCounting(change, { variables: { input: { id: before.id, firstName: "Ada", skype: null } } });
    expect(data).toMatchObject({
      updateUser: { user: { id: before.id, name: expect.stringMatching(/^Ada /), sections: before.sections, skype: null } },
    });
    expect(calls).toEqual([update]);
  });

  test("sections keep the role, a role keeps the sections: the other half is read first", async () => {
    const { id, sections } = await one("ACCOUNT_MANAGER");
    const opened = await world.askCounting(change, { variables: { input: { id, sections: ["NEWS"] } } });
    expect(opened.data).toMatchObject({ updateUser: { user: { role: "ACCOUNT_MANAGER", sections: ["ROLE_SECTION_NEWS"] } } });
    expect(opened.calls).toEqual([detail, update]);
    await world.sandbox.reset();
    const moved = await world.askCounting(change, { variables: { input: { id, role: "AFFILIATE_MANAGER" } } });
    expect(moved.data).toMatchObject({ updateUser: { user: { role: "AFFILIATE_MANAGER", sections } } });
    const both = await world.askCounting(change, { variables: { input: { id, role: "GENERAL_MANAGER", sections: [] } } });
    expect(both.data).toMatchObject({ updateUser: { user: { role: "GENERAL_MANAGER", sections: [] } } });
    expect(both.calls).toEqual([update]);
  });

  test("an unknown user", async () => {
    const { data, errors } = await world.ask(change, { variables: { input: { id: unknown, firstName: "Ada" } } });
    expect(data).toEqual({ updateUser: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", operation: update });
  });

  test("an id of another kind, before any call", async () => {
    const { errors, calls } = await world.askCounting(change, { variables: { input: { id: "7" } } });
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
      `mutation { rotateUserApiKey(input: { userId: "${id}" }) { apiKey user { id role } } }`,
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual([detail, "POST /3.0/admin/user/api_key/{id}"].sort());
    const { apiKey, user } = (data as unknown as { rotateUserApiKey: { apiKey: string; user: User } }).rotateUserApiKey;
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
      world.askCounting(`mutation { logInUser(input: { email: "${email}", password: "${password}" }) { apiKey } }`, { key: null });
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
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["password"] });
    expect(calls).toEqual([]);
  });
});

describe("permissions", () => {
  test("the named ones change, all others stay", async () => {
    const { id } = await one("ACCOUNT_MANAGER");
    const before = await world.ask(`{ user(id: "${id}") { permissions { section name level } } }`);
    const tree = (before.data as unknown as { user: { permissions: Permission[] } }).user.permissions;
    const changes = [
      { section: "stats", name: "clicks-list", level: "READ" },
      { section: "general", name: "billing", level: "WRITE" },
    ];
    const { data, errors, calls } = await world.askCounting(permit, { variables: { input: { userId: id, changes } } });
    expect(errors).toBeUndefined();
    expect(calls).toEqual([detail, detail, setPermissions]);
    const expected = tree.map((permission) => ({
      ...permission,
      ...changes.find(({ section, name }) => section === permission.section && name === permission.name),
    }));
    expect(permissionsOf(data).map(({ section, name, level }) => ({ section, name, level }))).toEqual(expected);
  });

  test("exceptions, by level, numbers apart from hex ids; an empty list removes them", async () => {
    const { id } = await one("AFFILIATE_MANAGER");
    const [advertiser] = (
      (await world.ask("{ advertisers(first: 1) { nodes { id } } }")).data as unknown as { advertisers: { nodes: { id: string }[] } }
    ).advertisers.nodes;
    const set = (exceptions: unknown[]) => {
      const input = { userId: id, changes: [{ section: "users", name: "entity-affiliate", level: "DENY", exceptions }] };
      return world.ask(permit, { variables: { input } });
    };
    const given = await set([
      { level: "READ", ids: ["3", "5"] },
      { level: "WRITE", ids: ["7"] },
    ]);
    expect(given.errors).toBeUndefined();
    expect(permissionOf(given.data, "users", "entity-affiliate")).toMatchObject({
      level: "DENY",
      hasExceptions: true,
      exceptions: [
        { level: "READ", ids: ["3", "5"] },
        { level: "WRITE", ids: ["7"] },
      ],
    });
    const removed = await set([]);
    expect(permissionOf(removed.data, "users", "entity-affiliate")).toMatchObject({ hasExceptions: false, exceptions: [] });

    const about = [{ section: "users", name: "entity-advertiser", exceptions: [{ level: "DENY", ids: [advertiser?.id] }] }];
    const input = { userId: id, changes: about };
    const { data, errors } = await world.ask(
      `mutation ($input: SetUserPermissionsInput!) {
        setUserPermissions(input: $input) { user { permissions { section name exceptions { level affiliates { id } advertisers { id } users { id } } } } }
      }`,
      { variables: { input } },
    );
    expect(errors).toBeUndefined();
    expect(permissionOf(data, "users", "entity-advertiser")).toMatchObject({
      exceptions: [{ level: "DENY", affiliates: null, advertisers: [advertiser], users: null }],
    });
  });

  test("an affiliate manager told to see two affiliates only sees two", async () => {
    const { id } = await one("AFFILIATE_MANAGER");
    const level = { section: "users", name: "entity-affiliate", level: "DENY", exceptions: [{ level: "READ", ids: ["3", "5"] }] };
    await world.ask(permit, { variables: { input: { userId: id, changes: [level] } } });
    const { data } = await world.ask(
      `{ user(id: "${id}") { permissions { name section exceptions { affiliates { id } } } } }`,
    );
    const { permissions } = (data as unknown as { user: { permissions: (Permission & { exceptions: unknown })[] } }).user;
    expect(permissions.find(({ name, section }) => section === "users" && name === "entity-affiliate")?.exceptions).toEqual([
      { affiliates: [{ id: "3" }, { id: "5" }] },
    ]);
  });

  test.each([
    ["nothing to change", { section: "stats", name: "clicks-list" }, "input.changes.0"],
    [
      "exceptions where there can be none",
      { section: "stats", name: "clicks-list", level: "READ", exceptions: [] },
      "input.changes.0.exceptions",
    ],
    [
      "an exception that is no id",
      { section: "users", name: "entity-affiliate", exceptions: [{ level: "READ", ids: ["x"] }] },
      "input.changes.0.exceptions.0.ids",
    ],
  ])("%s, before any call", async (_, wrong, argument) => {
    const { id } = await one("AFFILIATE_MANAGER");
    const { errors, calls } = await world.askCounting(permit, { variables: { input: { userId: id, changes: [wrong] } } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test.each([
    ["a section", { section: "sales", name: "billing", level: "READ" }, "input.changes.0.section"],
    ["a name", { section: "stats", name: "billing", level: "READ" }, "input.changes.0.name"],
  ])("%s that neither contract nor user knows is not sent", async (_, wrong, argument) => {
    const { id } = await one("AFFILIATE_MANAGER");
    const { errors, calls } = await world.askCounting(permit, { variables: { input: { userId: id, changes: [wrong] } } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([detail]);
  });

  test("a permission named twice", async () => {
    const { id } = await one("AFFILIATE_MANAGER");
    const twice = { section: "stats", name: "clicks-list", level: "READ" };
    const { errors } = await world.ask(permit, { variables: { input: { userId: id, changes: [twice, twice] } } });
    expect(errors?.[0]?.message).toContain("given twice");
  });

  test("other keys may not, and what they asked beside stays", async () => {
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
