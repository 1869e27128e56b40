import { afterAll, beforeEach, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 40,
  affiliates: 20,
  advertisers: 6,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
beforeEach(() => w.sandbox.reset());

/** From here on the sandbox has no such page, as an older Affise. */
const without = async (operation: string, status = 404) => {
  const fault = { operation, kind: "status", status };
  const response = await fetch(`${w.upstream}/sandbox/faults`, { method: "POST", body: JSON.stringify(fault) });
  expect(response.status).toBe(200);
};

test("an affiliate's key is replaced by the older path, and the new key works", async () => {
  const newer = "POST /3.1/partner/api-key";
  await without(newer);
  const key = "sandbox-affiliate";
  const { data, errors, calls } = await w.askCounting("mutation { rotateOwnApiKey { affiliateId apiKey } }", { key });
  expect(errors).toBeUndefined();
  expect(calls).toEqual([newer, "POST /3.1/partner/api_key"]);
  const { apiKey } = data.rotateOwnApiKey as { apiKey: string };
  expect(apiKey).not.toBe(key);
  expect((await w.ask("{ viewer { __typename } }", { key: apiKey })).data).toEqual({ viewer: { __typename: "Affiliate" } });
  expect((await w.ask("{ viewer { __typename } }", { key })).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("affiliates' pixels are read one affiliate a call, and are the same", async () => {
  const newer = "GET /3.0/partner/pixels";
  const query = "{ affiliates(first: 6) { nodes { id pixels { id affiliateId name code } } } }";
  const plain = await w.ask(query);
  expect(JSON.stringify(plain.data)).toContain('"code"');
  await without(newer);
  const { data, errors, calls } = await w.askCounting(query);
  expect(errors).toBeUndefined();
  expect(data).toEqual(plain.data);
  const each = Array<string>(6).fill("GET /3.0/partner/pixels/{affiliate}");
  expect(calls).toEqual(["GET /3.0/admin/partners", newer, ...each]);
});

test("payments are deleted by the older path, each with its own outcome", async () => {
  const newer = "POST /3.1/payments/bulk-delete";
  const { data: before } = await w.ask("{ payments(filter: { status: [WAITING] }, first: 2) { nodes { id } } }");
  const [one, other] = (before.payments as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
  await without(newer);
  const { data, errors, calls } = await w.askCounting(
    `mutation { deletePayments(input: { paymentIds: [${one}, ${other}, 999999] }) { results { deletedId outcome } } }`,
  );
  expect(errors).toBeUndefined();
  expect(calls).toEqual([newer, "POST /3.1/payments/delete/{id}"]);
  expect(data).toEqual({
    deletePayments: {
      results: [
        { deletedId: one, outcome: "DONE" },
        { deletedId: other, outcome: "DONE" },
        { deletedId: "999999", outcome: "REFUSED" },
      ],
    },
  });
  expect((await w.ask(`{ payment(id: ${one}) { id } }`)).data).toEqual({ payment: null });
});

test.each([403, 500])("anything but a missing page is no reason to try the older path: %i", async (status) => {
  const newer = "POST /3.1/payments/bulk-delete";
  await without(newer, status);
  const { calls } = await w.askCounting("mutation { deletePayments(input: { paymentIds: [1] }) { results { outcome } } }");
  expect(calls).toEqual([newer]);
});
