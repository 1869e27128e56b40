import { afterAll, expect, test } from "vitest";
import { contract, flatten, propertyOf } from "../../src/contract/schema.js";
import { openAnswering } from "../world/answering.js";

const id = "56cc49dc3b7d9b89058b45f0";
let roles = ["ROLE_OF_ANOTHER_YEAR", "ROLE_SECTION_OFFER"];
const at = await openAnswering((path) => {
  const user = { id, type: "client", roles };
  return path.endsWith("users") ? { status: 1, users: [user] } : { status: 1, user };
});
afterAll(() => at.close());

const told = async (change: string) => {
  const { data, errors } = await at.ask(
    `mutation { updateUser(input: { id: "${id}", ${change} }) { outcome error { message argument } } }`,
  );
  expect(errors).toBeUndefined();
  expect(at.seen()).toEqual([`/3.0/admin/user/${id}`]);
  return data.updateUser;
};

test.each([
  ["role: AFFILIATE_MANAGER", "input.id: its roles.1"],
  ["sections: [OFFERS]", "input.id: its roles.0"],
  ["role: AFFILIATE_MANAGER, sections: [OFFERS]", "input.id: its roles.1"],
])(
  "a role that cannot be written back stops a change of %s: nothing is sent, and it is told in the caller's words",
  async (change, which) => {
    roles = ["ROLE_OF_ANOTHER_YEAR", "ROLE_SECTION_OFFER"];
    expect(await told(change)).toEqual({
      outcome: "NOT_SENT",
      error: { argument: "input.id", message: `${which} is a value that Affise does not take.` },
    });
  },
);

test.each(["role: ACCOUNT_MANAGER", "role: ACCOUNT_MANAGER, sections: [OFFERS]"])(
  "of several roles none is lost by %s: nothing is sent",
  async (change) => {
    roles = ["ROLE_ADMIN", "ROLE_MANAGER_AFFILIATE", "ROLE_SECTION_OFFER"];
    expect(await told(change)).toEqual({
      outcome: "NOT_SENT",
      error: {
        argument: "input.role",
        message:
          "input.role: Affise has several roles for this user (ROLE_ADMIN, ROLE_MANAGER_AFFILIATE), all of which the new one would replace. Change it in the panel. Nothing was sent.",
      },
    });
  },
);

const rolesIn = (name: string) => flatten(propertyOf(contract.components.schemas[name], "roles") ?? {}).items ?? {};
const taken = (rolesIn("UserInput").enum ?? []) as string[];
const ofSections = taken.filter((role) => role.startsWith("ROLE_SECTION_"));

test("Affise shows the roles that it takes", () => {
  expect(rolesIn("User")["x-known-values"]).toEqual(taken);
  expect(ofSections.length).toBeGreaterThan(20);
});

test.each(ofSections)("the section %s is shown, and stays when the role changes", async (section) => {
  roles = ["ROLE_ADMIN", section];
  const { data, errors } = await at.ask(`{ user(id: "${id}") { sections } __type(name: "UserSection") { enumValues { name } } }`);
  expect(errors).toBeUndefined();
  expect(data.user).toEqual({ sections: [expect.any(String)] });
  expect(data.__type).toMatchObject({ enumValues: { length: ofSections.length } });
  const { data: changed } = await at.ask(
    `mutation { updateUser(input: { id: "${id}", role: AFFILIATE_MANAGER }) { outcome error { message } } }`,
  );
  expect(changed.updateUser).toEqual({ outcome: "DONE", error: null });
});
