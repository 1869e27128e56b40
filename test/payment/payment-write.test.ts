import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openAnswering } from "../world/answering.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 4000 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const single = "GET /3.1/payments/{id}";

interface Payment {
  id: string;
  status: string;
  amount: number;
  affiliate: { id: string };
  conversionIds: string[];
  lines: { offer: { id: string } }[];
  note: string | null;
}

const payments = async (filter = ""): Promise<Payment[]> => {
  const { data } = await world.ask(
    graphql(
      `{ payments(first: 1000, filter: { ${filter} }) { nodes { id status amount affiliate { id } conversionIds lines { offer { id } } note } } }`,
    ),
  );
  return data.payments.nodes;
};

const one = async (status: string): Promise<Payment> => {
  const found = (await payments(`status: [${status}]`)).find(({ conversionIds }) => conversionIds.length > 1);
  if (!found) throw new Error(`The sandbox has no payment that is ${status}.`);
  return found;
};

const mutate = (mutation: string, key?: string) => world.askCounting(`mutation { ${mutation} }`, { key });

describe("making payments", () => {
  test("one of a sum, its currency by code, queued", async () => {
    const { data, errors, calls } = await mutate(
      `createPayment(input: { affiliateId: 3, amount: 12.5, currency: "eur", note: "Bonus" }) { outcome message affiliate { id } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      createPayment: { outcome: "DONE", message: expect.stringContaining("few minutes"), affiliate: { id: "3" } },
    });
    expect(calls).toEqual(["GET /3.0/admin/currency", "GET /3.0/admin/partners", "POST /3.1/payments/create-for-affiliate"]);
    const made = (await payments("affiliateIds: [3]")).find(({ note }) => note === "Bonus");
    expect(made).toMatchObject({ status: "WAITING", amount: 12.5, conversionIds: [] });
  });

  test("a currency that the network does not have", async () => {
    const { data, errors, calls } = await mutate(
      `createPayment(input: { affiliateId: 3, amount: 12.5, currency: "XXX" }) { message }`,
    );
    expect(data).toEqual({ createPayment: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("`currencies` lists them"),
      extensions: { code: "BAD_USER_INPUT", arguments: ["input.currency"] },
    });
    expect(calls).toEqual(["GET /3.0/admin/currency"]);
  });

  test("over all that some affiliates have not been paid", async () => {
    const before = await payments();
    const [advertiser] = (await world.ask(graphql("{ advertisers(first: 1) { nodes { id } } }"))).data.advertisers.nodes;
    const { data, errors, calls } = await mutate(
      `a: generatePayments(input: { affiliateIds: [1, 2, 3], from: "2000-01-01", to: "2099-01-01", note: "Run" }) { outcome message }
       b: generatePayments(input: {
         allAffiliates: true, exceptAffiliateIds: [1], to: "2001-01-01", offerIds: [1], advertiserIds: ["${advertiser?.id}"],
         currencies: ["USD"], countries: ["USA"], fromFirstUnpaidConversion: true, fromLastPayment: false
       }) { message }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ a: { outcome: "DONE", message: expect.any(String) }, b: { message: expect.any(String) } });
    expect(calls).toEqual(["POST /3.1/payments/generate", "POST /3.1/payments/generate"]);
    const made = (await payments()).filter(({ id }) => !before.some((old) => old.id === id));
    expect(made.length).toBeGreaterThan(0);
    for (const payment of made) {
      expect(["1", "2", "3"]).toContain(payment.affiliate.id);
      expect(payment).toMatchObject({ status: "WAITING", note: "Run" });
    }
  });

  test.each([
    ["nobody named", 'note: "x"', "input.affiliateIds"],
    ["both some and all", "affiliateIds: [1], allAffiliates: true", "input.affiliateIds"],
    ["days the wrong way round", 'affiliateIds: [1], from: "2026-02-01", to: "2026-01-01"', "input.to"],
    ["no id", 'affiliateIds: ["x"]', "input.affiliateIds"],
  ])("%s is refused before any call", async (_, input, argument) => {
    const { errors, calls } = await mutate(`generatePayments(input: { ${input} }) { message }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });
});

describe("changing payments", () => {
  test("status, account and words; what is left out stays, an empty text clears", async () => {
    const { id, amount } = await one("WAITING");
    const { data, errors, calls } = await mutate(
      `updatePayment(input: { id: ${id}, status: PARTLY_PAID, paymentAccount: "DE00 1234", comment: "Half now", note: "Asked twice" }) {
        payment { id status amount paymentAccount comment note lines { payout } }
      }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      updatePayment: {
        payment: {
          id,
          status: "PARTLY_PAID",
          amount,
          paymentAccount: "DE00 1234",
          comment: "Half now",
          note: "Asked twice",
          lines: expect.arrayContaining([{ payout: expect.any(Number) }]),
        },
      },
    });
    expect(calls).toEqual(["GET /3.1/payments", single, "POST /3.1/payments/{id}"]);
    const cleared = await mutate(`updatePayment(input: { id: ${id}, note: "" }) { payment { status comment note } }`);
    expect(cleared.data).toEqual({ updatePayment: { payment: { status: "PARTLY_PAID", comment: "Half now", note: null } } });
    expect(cleared.calls).toEqual([single, "POST /3.1/payments/{id}"]);
  });

  test("an answer that says of places what became of ids proves nothing of any payment", async () => {
    const at = await openAnswering(() => ({ status: 1, result: [false, true, true] }));
    const { data } = await at.ask("mutation { deletePayments(input: { paymentIds: [1, 2, 5] }) { results { outcome } } }");
    await at.close();
    expect(data.deletePayments).toEqual({ results: Array(3).fill({ outcome: "UNKNOWN" }) });
  });

  test("a closed payment says so", async () => {
    const { id } = await one("COMPLETED");
    const { data, errors } = await mutate(`updatePayment(input: { id: ${id}, note: "x" }) { payment { id } }`);
    expect(data).toEqual({ updatePayment: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("closed"),
      extensions: { operation: "POST /3.1/payments/{id}" },
    });
  });

  test("corrections come and go", async () => {
    const { id, amount } = await one("WAITING");
    const added = await world.askCounting(
      graphql(`mutation { addPaymentCorrection(input: { paymentId: ${id}, amount: -1.25, comment: "Fee" }) {
        payment { amount corrections { id amount currency comment createdAt } }
      } }`),
    );
    expect(added.errors).toBeUndefined();
    expect(added.calls).toEqual([single, "POST /3.1/payments/{id}/add-correction"]);
    const { payment } = added.data.addPaymentCorrection;
    expect(payment.amount).toBeCloseTo(amount - 1.25, 2);
    expect(payment.corrections).toMatchObject([{ amount: -1.25, currency: expect.stringMatching(/^[A-Z]{3}$/), comment: "Fee" }]);
    const correction = payment.corrections[0]?.id;
    const removed = await mutate(`deletePaymentCorrection(input: { correctionId: "${correction}" }) { deletedId }`);
    expect(removed.data).toEqual({ deletePaymentCorrection: { deletedId: correction } });
    expect(removed.calls).toEqual(["DELETE /3.1/payments/del-correction/{id}"]);
    expect((await world.ask(`{ payment(id: ${id}) { corrections { id } } }`)).data).toEqual({ payment: { corrections: [] } });
  });

  test("conversions are taken off, one by one or offer by offer", async () => {
    const { id, conversionIds } = await one("WAITING");
    const [gone, ...kept] = conversionIds;
    const taken = await world.askCounting(
      graphql(
        `mutation { removePaymentConversions(input: { paymentId: ${id}, conversionIds: ["${gone}"] }) { message payment { conversionIds lines { offer { id } } } } }`,
      ),
    );
    expect(taken.errors).toBeUndefined();
    const { removePaymentConversions } = taken.data;
    expect(removePaymentConversions).toMatchObject({ message: "Conversions removed", payment: { conversionIds: kept } });
    const offers = new Set(removePaymentConversions.payment.lines.map(({ offer }) => offer.id));
    const rest = await mutate(
      `removePaymentConversions(input: { paymentId: ${id}, offerIds: [${[...offers]}] }) { payment { amount conversionIds conversionsCount } }`,
    );
    expect(rest.data).toMatchObject({ removePaymentConversions: { payment: { amount: 0, conversionIds: [] } } });
  });

  test("no conversions named is refused before any call", async () => {
    const { errors, calls } = await mutate(`removePaymentConversions(input: { paymentId: 1 }) { message }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.conversionIds"] });
    expect(calls).toEqual([]);
  });
});

describe("deleting payments", () => {
  test("one", async () => {
    const { id } = await one("WAITING");
    const { data, calls } = await mutate(`deletePayment(input: { id: ${id} }) { deletedId }`);
    expect(data).toEqual({ deletePayment: { deletedId: id } });
    expect(calls).toEqual(["DELETE /3.1/payments/delete/{id}"]);
    expect((await world.ask(`{ payment(id: ${id}) { id } }`)).data).toEqual({ payment: null });
  });

  test("many in one call, each with its own outcome", async () => {
    const waiting = await one("WAITING");
    const closed = await one("COMPLETED");
    const { data, errors, calls } = await mutate(
      `deletePayments(input: { paymentIds: [${waiting.id}, ${closed.id}, 999999] }) { results { id: deletedId outcome error { code message } } }`,
    );
    expect(errors).toBeUndefined();
    const failed = { outcome: "REFUSED", error: { code: "NOT_FOUND", message: expect.any(String) } };
    expect(data).toEqual({
      deletePayments: {
        results: [
          { id: waiting.id, outcome: "DONE", error: null },
          { id: closed.id, ...failed },
          { id: "999999", ...failed },
        ],
      },
    });
    expect(calls).toEqual(["POST /3.1/payments/bulk-delete"]);
  });

  test("none, and one twice, are no call", async () => {
    const none = await mutate("deletePayments(input: { paymentIds: [] }) { results { id: deletedId } }");
    expect(none.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.paymentIds"] });
    expect(none.calls).toEqual([]);
    const twice = await mutate("deletePayments(input: { paymentIds: [4, 4] }) { results { id: deletedId } }");
    expect(twice.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: ["input.paymentIds.1"] });
    expect(twice.calls).toEqual([]);
  });
});

test("unknown payments are NOT_FOUND", async () => {
  const { data, errors } = await mutate(`
    updatePayment(input: { id: 999999, note: "x" }) { payment { id } }
    addPaymentCorrection(input: { paymentId: 999999, amount: 1, comment: "x" }) { payment { id } }
    deletePaymentCorrection(input: { correctionId: 999999 }) { deletedId }
    deletePayment(input: { id: 999999 }) { deletedId }
    removePaymentConversions(input: { paymentId: 999999, offerIds: [1] }) { message }`);
  expect(Object.values(data)).toEqual([null, null, null, null, null]);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(5).fill("NOT_FOUND"));
});

test.each(["account-manager", "affiliate", "advertiser"])("not for other keys: %s", async (who) => {
  const { data, errors } = await mutate(
    `deletePayment(input: { id: 1 }) { deletedId } generatePayments(input: { affiliateIds: [1] }) { message }`,
    `sandbox-${who}`,
  );
  expect(data).toEqual({ deletePayment: null, generatePayments: null });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
});
