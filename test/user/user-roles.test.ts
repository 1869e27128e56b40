import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const id = "56cc49dc3b7d9b89058b45f0";
let roles = ["ROLE_OF_ANOTHER_YEAR", "ROLE_SECTION_OFFER"];
const at = await openAnswering(() => ({ status: 1, user: { id, type: "client", roles } }));
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
