import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 800 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const detail = "GET /3.0/admin/user/{id}";
const setPermissions = "POST /3.1/user/{id}/permissions";

const one = async (role: string): Promise<{ id: string }> => {
  const { data } = await world.ask(graphql("{ users(first: 100) { nodes { id role } } }"));
  const { nodes } = data.users;
  const found = nodes.find((user) => user.role === role);
  if (!found) throw new Error(`The sandbox has no ${role}.`);
  return found;
};

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

test("the named ones change, all others stay", async () => {
  const { id } = await one("ACCOUNT_MANAGER");
  const before = await world.ask(graphql(`query ($id: ID!) { user(id: $id) { permissions { section name level } } }`), {
    variables: { id },
  });
  const tree = before.data.user.permissions;
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
  const [advertiser] = (await world.ask(graphql("{ advertisers(first: 1) { nodes { id } } }"))).data.advertisers.nodes;
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
    graphql(`query ($id: ID!) { user(id: $id) { permissions { name section exceptions { affiliates { id } } } } }`),
    { variables: { id } },
  );
  const { permissions } = data.user;
  expect(permissions.find(({ name, section }) => section === "users" && name === "entity-affiliate")?.exceptions).toEqual([
    { affiliates: [{ id: "3" }, { id: "5" }] },
  ]);
});

test.each([
  ["nothing to change", { section: "stats", name: "clicks-list" }, "input.changes.0"],
  [
    "exceptions where there can be none",
    { section: "stats", name: "clicks-list", level: "READ", exceptions: [{ level: "DENY", ids: ["1"] }] },
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

test.each([
  ["__proto__", "toString"],
  ["constructor", "name"],
  ["users", "__proto__"],
  ["users", "constructor"],
])("%s %s is no permission, though every object has it", async (section, name) => {
  const { id } = await one("AFFILIATE_MANAGER");
  const { errors, calls } = await world.askCounting(permit, {
    variables: { input: { userId: id, changes: [{ section, name, level: "READ" }] } },
  });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", outcome: "NOT_SENT" } }]);
  expect(calls).not.toContain(setPermissions);
  expect({}.toString()).toBe("[object Object]");
});
