import { afterAll, afterEach, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 40, advertisers: 12, conversions: 800 });
afterAll(() => world.close());
afterEach(() => world.sandbox.reset());

const list = "GET /3.0/admin/advertiser-invoices";
const single = "GET /3.0/admin/advertiser-invoice/{number}";
const advertisers = "GET /3.0/admin/advertisers";

interface Invoice {
  id: string;
  status: string;
  startDate: string;
  endDate: string;
  amount: number;
  advertiser: { id: string };
  lines: { amount: number }[];
}

const nodesOf = (data: unknown) => (data as { invoices: { nodes: Invoice[] } }).invoices.nodes;

const fields = "id status startDate endDate amount advertiser { id } lines { amount }";
const read = async (args = ""): Promise<Invoice[]> =>
  nodesOf((await world.ask(`{ invoices(first: 1000 ${args}) { nodes { ${fields} } } }`)).data);

const mutate = (mutation: string, key?: string) => world.askCounting(`mutation { ${mutation} }`, { key });

const advertiser = async (): Promise<string> => {
  const { data } = await world.ask(graphql("{ advertisers(first: 1) { nodes { id } } }"));
  return data.advertisers.nodes[0]?.id ?? "";
};

const line = `{ offerId: 1, payoutType: RPA_AND_RPS, actions: 12, amount: 340, comment: "March" }`;

/** Two invoices to the first advertiser, beside those the sandbox begins with. */
const made = async () => {
  const id = await advertiser();
  const { data } = await world.ask(
    graphql(`mutation {
    a: createInvoice(input: { advertiserId: "${id}", currency: "USD", startDate: "2026-01-01", endDate: "2026-01-31", lines: [${line}, ${line}] }) { invoice { id } }
    b: createInvoice(input: { advertiserId: "${id}", currency: "EUR", startDate: "2026-02-01", endDate: "2026-02-28", status: PAID }) { invoice { id } } }`),
  );
  return { advertiserId: id, unpaid: data.a.invoice.id, paid: data.b.invoice.id };
};

describe("reading", () => {
  test("one invoice, with all it is made up of", async () => {
    const { unpaid, advertiserId } = await made();
    const { data, errors, calls } = await world.askCounting(`{
      invoice(id: ${unpaid}) {
        id status startDate endDate currency amount comment createdOn updatedOn
        advertiser { id companyName } lines { offer { id title } payoutType actions amount comment }
      }
      none: invoice(id: 999999) { id }
    }`);
    expect(errors).toBeUndefined();
    const part = {
      offer: { id: "1", title: expect.any(String) },
      payoutType: "RPA_AND_RPS",
      actions: 12,
      amount: 340,
      comment: "March",
    };
    expect(data).toMatchObject({
      invoice: {
        ...{
          id: unpaid,
          status: "UNPAID",
          startDate: "2026-01-01",
          endDate: "2026-01-31",
          currency: "USD",
          amount: 680,
          comment: null,
        },
        createdOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        advertiser: { id: advertiserId },
        lines: [part, part],
      },
      none: null,
    });
    expect(calls).toEqual([single, single, advertisers, "GET /3.0/offers"]);
  });

  test("all of them with what they join cost one call for each kind", async () => {
    await made();
    const { data, errors, calls } = await world.askCounting(
      graphql("{ invoices(first: 100) { totalCount nodes { id advertiser { companyName } lines { offer { title } } } } }"),
    );
    expect(errors).toBeUndefined();
    expect(nodesOf(data).length).toBe(data.invoices.totalCount);
    expect(calls).toEqual([list, advertisers, "GET /3.0/offers"]);
  });

  test("by advertiser, status and period, in order, page by page", async () => {
    const { advertiserId, unpaid, paid } = await made();
    const all = await read();
    const ids = (some: readonly Invoice[]) => some.map(({ id }) => id);
    expect(ids(await read(`filter: { status: PAID }`))).toEqual(ids(all.filter(({ status }) => status === "PAID")));
    expect(ids(await read(`filter: { advertiserIds: ["${advertiserId}"] }`))).toEqual(
      ids(all.filter((invoice) => invoice.advertiser.id === advertiserId)),
    );
    const february = await read(`from: "2026-02-01", to: "2026-02-28", filter: { advertiserIds: ["${advertiserId}"] }`);
    expect(ids(february)).toContain(paid);
    expect(ids(february)).not.toContain(unpaid);
    expect(ids(await read("orderBy: { field: NUMBER, direction: DESC }"))).toEqual(ids(all).reverse());
    const { data } = await world.ask(
      graphql(`{ invoices(first: 1, orderBy: { field: NUMBER, direction: DESC }) { nodes { id } pageInfo { endCursor } } }`),
    );
    const { endCursor } = data.invoices.pageInfo;
    expect(nodesOf(data)).toEqual([{ id: paid }]);
    const next = await world.ask(
      `{ invoices(first: 1, after: "${endCursor}", orderBy: { field: NUMBER, direction: DESC }) { nodes { id } } }`,
    );
    expect(nodesOf(next.data)).toEqual([{ id: unpaid }]);
  });

  test.each(["ADVERTISER", "CREATED_ON", "START_DATE", "END_DATE", "STATUS"])("sorted by %s", async (field) => {
    const { errors } = await world.ask(`{ invoices(orderBy: { field: ${field} }) { nodes { id } } }`);
    expect(errors).toBeUndefined();
  });

  test("under an advertiser", async () => {
    const { advertiserId, unpaid } = await made();
    const { data, calls } = await world.askCounting(
      graphql(
        `query ($advertiserId: ID!) { advertiser(id: $advertiserId) { invoices(filter: { status: UNPAID }) { nodes { id advertiser { id } } } } }`,
      ),
      { variables: { advertiserId } },
    );
    const { nodes } = data.advertiser.invoices;
    expect(nodes.map(({ id }) => id)).toContain(unpaid);
    expect(nodes.every((invoice) => invoice.advertiser.id === advertiserId)).toBe(true);
    expect(calls).toEqual([list, advertisers]);
  });

  test("an Affiliate manager, who may see billing, sees them too", async () => {
    const { data, errors } = await world.ask("{ invoices(first: 1) { nodes { id } } }", { key: "sandbox-affiliate-manager" });
    expect(errors).toBeUndefined();
    expect(nodesOf(data)).toHaveLength(1);
  });

  test.each(["account-manager", "affiliate", "advertiser"])("not for other keys: %s", async (who) => {
    const { data, errors } = await world.ask("{ invoices { nodes { id } } categories(first: 1) { nodes { id } } }", {
      key: `sandbox-${who}`,
    });
    expect(data).toMatchObject({ invoices: null, categories: { nodes: [{}] } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", operation: list });
  });
});

describe("writing", () => {
  test("a new invoice, found by its number", async () => {
    const id = await advertiser();
    const { data, errors, calls } = await mutate(
      `createInvoice(input: { advertiserId: "${id}", currency: "USD", status: UNPAID, comment: "Q1", lines: [${line}] }) {
        message invoice { id status comment amount advertiser { id } lines { payoutType } }
      }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      createInvoice: {
        message: "Invoice created",
        invoice: { status: "UNPAID", comment: "Q1", amount: 340, advertiser: { id }, lines: [{ payoutType: "RPA_AND_RPS" }] },
      },
    });
    expect(calls).toEqual([list, advertisers, "POST /3.0/admin/advertiser-invoice"]);
  });

  test("a change leaves the rest; paid is closed", async () => {
    const { unpaid } = await made();
    const change = `updateInvoice(input: { id: ${unpaid}, status: PAID, comment: "Paid" })`;
    const { data, errors, calls } = await mutate(`${change} { message invoice { id status comment startDate amount currency } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      updateInvoice: {
        message: "Invoice updated",
        invoice: { id: unpaid, status: "PAID", comment: "Paid", startDate: "2026-01-01", amount: 680, currency: "USD" },
      },
    });
    expect(calls).toEqual([single, "POST /3.0/admin/advertiser-invoice/{number}"]);
    const again = await mutate(`${change} { message }`);
    expect(again.data).toEqual({ updateInvoice: null });
    expect(again.errors?.[0]?.message).toContain("unpaid");
  });

  test("unknown invoices and advertisers", async () => {
    const { data, errors } = await mutate(`
      updateInvoice(input: { id: 999999, comment: "x" }) { message }
      createInvoice(input: { advertiserId: "ffffffffffffffffffffffff", currency: "USD" }) { message }`);
    expect(data).toEqual({ updateInvoice: null, createInvoice: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND", "BAD_USER_INPUT"]);
  });

  test.each([
    [`createInvoice(input: { advertiserId: "7", currency: "USD" }) { message }`, "input.advertiserId"],
    [
      `createInvoice(input: { advertiserId: "ffffffffffffffffffffffff", currency: "USD", lines: [{ offerId: "x" }] }) { message }`,
      "input.lines.0.offerId",
    ],
    [`updateInvoice(input: { id: "x", comment: "y" }) { message }`, "input.id"],
  ])("%s is refused before any call", async (mutation, argument) => {
    const { errors, calls } = await mutate(mutation);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("not with an Account manager's key", async () => {
    const id = await advertiser();
    const { data, errors } = await mutate(
      `createInvoice(input: { advertiserId: "${id}", currency: "USD" }) { message }`,
      "sandbox-account-manager",
    );
    expect(data).toEqual({ createInvoice: null });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
