import { afterAll, afterEach, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 300,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());
afterEach(() => w.sandbox.reset());

const list = "GET /3.0/admin/tickets";
const single = "GET /3.0/admin/ticket/{id}";

interface Ticket {
  id: string;
  status: string;
  type: string;
  affiliate: { id: string } | null;
  offer: { id: string } | null;
  updatedAt: string | null;
}

const tickets = async (filter = ""): Promise<Ticket[]> => {
  const { data, errors } = await w.ask(
    graphql(
      `{ tickets(first: 100, filter: { ${filter} }) { nodes { id status type affiliate { id } offer { id } updatedAt } } }`,
    ),
  );
  expect(errors).toBeUndefined();
  return data.tickets.nodes;
};

const openRequests = async (type: string): Promise<Ticket[]> => tickets(`types: [${type}], status: OPEN`);

test("a list of 100 with affiliates and offers is one call a noun", async () => {
  const { data, errors, calls } = await w.askCounting(
    graphql(
      "{ tickets(first: 100) { totalCount nodes { id status type title description affiliate { id email } offer { id title } attachments createdAt updatedAt } pageInfo { hasNextPage } } }",
    ),
  );
  expect(errors).toBeUndefined();
  const { totalCount, nodes } = data.tickets;
  expect(nodes).toHaveLength(totalCount);
  expect(calls).toEqual(["GET /3.0/admin/partners", list, "GET /3.0/offers"]);
  for (const { status, updatedAt } of nodes) if (status === "OPEN") expect(updatedAt).toBeNull();
});

test("filters, and paging to the end", async () => {
  const all = await tickets();
  const requests = await openRequests("OFFER_REQUEST");
  expect(requests).toEqual(all.filter(({ type, status }) => type === "OFFER_REQUEST" && status === "OPEN"));
  const offer = requests[0]?.offer?.id;
  expect(await tickets(`offerIds: [${offer}]`)).toEqual(all.filter((one) => one.offer?.id === offer));
  const affiliate = all[0]?.affiliate?.id;
  expect(await tickets(`affiliateIds: [${affiliate}]`)).toEqual(all.filter((one) => one.affiliate?.id === affiliate));
  expect(await tickets('search: "nothing says this"')).toEqual([]);
  const first = await w.ask(graphql("{ tickets(first: 7) { nodes { id } pageInfo { endCursor hasNextPage } } }"));
  const { pageInfo } = first.data.tickets;
  const next = await w.ask(graphql("query ($after: String) { tickets(first: 7, after: $after) { nodes { id } } }"), {
    variables: { after: pageInfo.endCursor },
  });
  expect(pageInfo.hasNextPage).toBe(true);
  expect(next.data.tickets.nodes).toEqual(all.slice(7, 14).map(({ id }) => ({ id })));
});

test("a single ticket, and none", async () => {
  const [known] = await openRequests("OFFER_REQUEST");
  const { data, errors, calls } = await w.askCounting(
    "query ($id: ID!) { ticket(id: $id) { id status type affiliate { id } offer { id } updatedAt } }",
    {
      variables: { id: known?.id },
    },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ ticket: known });
  expect(calls).toEqual([single, "GET /3.0/admin/partners", "GET /3.0/offers"].sort());
  const none = await w.ask("{ ticket(id: 4711) { id } }");
  expect(none.data).toEqual({ ticket: null });
  expect(none.errors).toBeUndefined();
});

test("tickets under their offer and their affiliate", async () => {
  const [known] = await openRequests("OFFER_REQUEST");
  const { data } = await w.ask(
    graphql(
      "query ($offer: ID!, $affiliate: ID!) { offer(id: $offer) { tickets { nodes { id } } } affiliate(id: $affiliate) { tickets(filter: { types: [OFFER_REQUEST] }) { nodes { id } } } }",
    ),
    { variables: { offer: known?.offer?.id, affiliate: known?.affiliate?.id } },
  );
  const { offer, affiliate } = data;
  expect(offer.tickets.nodes).toContainEqual({ id: known?.id });
  expect(affiliate.tickets.nodes).toContainEqual({ id: known?.id });
});

test("requests for offers are decided, each with its own result", async () => {
  const [yes, no] = await openRequests("OFFER_REQUEST");
  const [closed] = await tickets("types: [OFFER_REQUEST], status: CLOSED");
  const decisions = [
    { ticketId: yes?.id, decision: "APPROVE" },
    { ticketId: no?.id, decision: "REJECT" },
    { ticketId: closed?.id, decision: "APPROVE" },
    { ticketId: "4711", decision: "APPROVE" },
  ];
  const { data, calls } = await w.askCounting(
    "mutation ($decisions: [TicketDecisionInput!]!) { decideOfferRequests(input: { decisions: $decisions }) { results { id: ticketId ticket { id status } error { code message } } } }",
    { variables: { decisions } },
  );
  expect(data).toMatchObject({
    decideOfferRequests: {
      results: [
        { id: yes?.id, ticket: { status: "CLOSED" }, error: null },
        { id: no?.id, ticket: { status: "CLOSED" }, error: null },
        { id: closed?.id, ticket: null, error: { code: "BAD_USER_INPUT", message: "Ticket is already closed" } },
        { id: "4711", ticket: null, error: { code: "NOT_FOUND" } },
      ],
    },
  });
  expect(calls).toEqual([single, single, ...Array<string>(4).fill("POST /3.0/admin/ticket/{id}/offer")]);
  const access = await w.ask(
    "query ($id: ID!) { offer(id: $id) { access { enabledAffiliates(first: 100) { nodes { id } } } } }",
    {
      variables: { id: yes?.offer?.id },
    },
  );
  expect(access.data).toMatchObject({
    offer: { access: { enabledAffiliates: { nodes: expect.arrayContaining([yes?.affiliate]) } } },
  });
});

test("requests for SmartLinks are decided", async () => {
  const [request] = await openRequests("SMARTLINK_REQUEST");
  const { data, errors, calls } = await w.askCounting(
    "mutation ($id: ID!) { decideSmartlinkRequests(input: { decisions: [{ ticketId: $id, decision: APPROVE }] }) { results { id: ticketId error { message } } } }",
    { variables: { id: request?.id } },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ decideSmartlinkRequests: { results: [{ id: request?.id, error: null }] } });
  expect(calls).toEqual(["POST /3.0/admin/ticket/{id}/smartlink"]);
  const { data: categories } = await w.ask(graphql("{ smartlinkCategories { includedAffiliates { id } } }"));
  const { smartlinkCategories } = categories;
  expect(smartlinkCategories.flatMap(({ includedAffiliates }) => includedAffiliates)).toContainEqual(request?.affiliate);
});

test("a ticket named twice is refused; affiliates and advertisers see no tickets", async () => {
  const twice = await w.askCounting(
    "mutation { decideOfferRequests(input: { decisions: [{ ticketId: 1, decision: APPROVE }, { ticketId: 1, decision: REJECT }] }) { results { id: ticketId } } }",
  );
  expect(twice).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }], calls: [] });
  for (const key of ["sandbox-affiliate", "sandbox-advertiser"]) {
    const { errors } = await w.ask("{ tickets { nodes { id } } offers(first: 1) { nodes { id tickets { totalCount } } } }", {
      key,
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  }
});
