import { afterAll, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";

const id = "56cc49dc3b7d9b89058b45f0";
const user = { id, type: "client", roles: ["ROLE_OF_ANOTHER_YEAR", "ROLE_SECTION_OF_ANOTHER_YEAR"] };
const at = await openAnswering(() => ({ status: 1, user }));
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
])(
  "a role that cannot be written back stops a change of %s: nothing is sent, and it is told in the caller's words",
  async (change, roles) => {
    expect(await told(change)).toEqual({
      outcome: "NOT_SENT",
      error: { argument: "input.id", message: `${roles} is a value that Affise does not take.` },
    });
  },
);
