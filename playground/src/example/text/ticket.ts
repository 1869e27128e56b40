import { type Example, networkUsers } from "../shape.js";

export const ticketExamples: readonly Example[] = [
  {
    title: "Open tickets: who asks for which offer?",
    about: "Affiliates' requests for offers that nobody has decided yet, newest first.",
    who: "network users who may see the affiliates or offers",
    keys: networkUsers,
    view: "table",
    sort: "createdAt",
    query: `query OfferRequests {
  tickets(
    first: 10000
    filter: { status: OPEN, types: [OFFER_REQUEST] }
  ) {
    totalCount
    nodes {
      id
      createdAt
      affiliate { companyName }
      offer { title }
      description
    }
  }
}
`,
  },
  {
    title: "Let an affiliate in",
    about: "Says yes to a request: the affiliate may run the offer and may be told by mail. Cannot be taken back.",
    who: "network users who may edit affiliates",
    keys: networkUsers,
    find: "{ tickets(first: 1, filter: { status: OPEN, types: [OFFER_REQUEST] }) { nodes { id } } }",
    variables: ({ ids }) => ({
      decisions: ids("tickets").map((ticketId) => ({ ticketId, decision: "APPROVE" })),
    }),
    query: `mutation LetIn($decisions: [TicketDecisionInput!]!) {
  decideOfferRequests(input: { decisions: $decisions }) {
    results {
      ticketId
      ticket {
        status
        affiliate { companyName }
        offer { title }
      }
      outcome
      error { code message }
    }
  }
}
`,
  },
];
