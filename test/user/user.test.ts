import { afterAll, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 20,
  affiliates: 20,
  advertisers: 6,
  conversions: 0,
  users: 12,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const list = "GET /3.0/admin/users";
const one = "GET /3.0/admin/user/{id}";

const users = async () => {
  const { data } = await w.ask(graphql("{ users { nodes { id email role sections } } }"));
  return data.users.nodes;
};

describe("users", () => {
  test("the list: roles and sections in GraphQL's words, names in one piece", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql("{ users { totalCount nodes { id name firstName lastName role sections createdAt } } }"),
    );
    expect(errors).toBeUndefined();
    const { totalCount, nodes } = data.users;
    expect(totalCount).toBe(12);
    expect(nodes.slice(0, 3).map(({ role }) => role)).toEqual(["GENERAL_MANAGER", "AFFILIATE_MANAGER", "ACCOUNT_MANAGER"]);
    expect(nodes.every(({ name, firstName, lastName }) => name === `${firstName} ${lastName}`)).toBe(true);
    expect(nodes[0]?.sections).toEqual([]);
    expect(nodes[1]?.sections).toContain("AFFILIATES");
    expect(calls).toEqual([list]);
  });

  test("several users by id are one call; an unknown one is null", async () => {
    const [first, second] = await users();
    const { data, errors, calls } = await w.askCounting(
      `{ a: user(id: "${first?.id}") { email } b: user(id: "${second?.id}") { email telegram } none: user(id: "0123456789abcdef01234567") { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ a: { email: first?.email }, b: { email: second?.email }, none: null });
    expect(calls).toEqual([list]);
  });

  test("searching and paging reach Affise", async () => {
    const all = await users();
    const { data } = await w.ask(
      `{ found: users(filter: { search: "${all[4]?.email}" }) { nodes { id } }
         page: users(first: 5, after: "${Buffer.from("row 9").toString("base64url")}") { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
         later: users(filter: { updatedFrom: "2100-01-01" }) { totalCount } }`,
    );
    expect(data).toEqual({
      found: { nodes: [{ id: all[4]?.id }] },
      page: { nodes: all.slice(10).map(({ id }) => ({ id })), pageInfo: { hasNextPage: false, hasPreviousPage: true } },
      later: { totalCount: 0 },
    });
  });

  test("permissions cost one call for each user", async () => {
    const { data, calls } = await w.askCounting(
      graphql("{ users(first: 2) { nodes { permissions { section name level hasExceptions } } } }"),
    );
    const { nodes } = data.users;
    expect(nodes[0]?.permissions).toContainEqual({
      section: "users",
      name: "entity-affiliate",
      level: "WRITE",
      hasExceptions: false,
    });
    expect(nodes[1]?.permissions).toContainEqual({ section: "users", name: "view-users", level: "DENY", hasExceptions: false });
    expect(calls).toEqual([one, one, list]);
  });

  test("permissions with exceptions say so", async () => {
    const [, , accountManager] = await users();
    await fetch(`${w.upstream}/3.1/user/${accountManager?.id}/permissions`, {
      method: "POST",
      headers: { "api-key": "sandbox-general-manager", "content-type": "application/json" },
      body: JSON.stringify({
        permissions: { users: { "entity-affiliate": { level: "deny", exceptions: { strings: {}, ints: { read: [1] } } } } },
      }),
    });
    const { data } = await w.ask(graphql("{ viewer { ... on User { permissions { name level hasExceptions } } } }"), {
      key: "sandbox-account-manager",
    });
    const { permissions } = data.viewer;
    expect(permissions.filter(({ hasExceptions }) => hasExceptions)).toEqual([
      { name: "entity-affiliate", level: "DENY", hasExceptions: true },
    ]);
  });

  test("an account manager may not list users", async () => {
    const { data, errors } = await w.ask("{ users { nodes { id } } viewer { __typename } }", { key: "sandbox-account-manager" });
    expect(data).toEqual({ users: null, viewer: { __typename: "User" } });
    expect(errors).toMatchObject([
      { path: ["users", "nodes"], extensions: { code: "FORBIDDEN", operation: list, upstreamStatus: 403 } },
    ]);
  });

  test.each([
    ["id", '{ user(id: "42") { id } }'],
    ["first", "{ users(first: 0) { totalCount } }"],
  ])("a wrong %s is BAD_USER_INPUT, before any call", async (argument, query) => {
    const { errors, calls } = await w.askCounting(query);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", arguments: [argument] } }]);
    expect(calls).toEqual([]);
  });
});
