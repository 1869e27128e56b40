import { type Example, networkUsers } from "../shape.js";

export const paymentExamples: readonly Example[] = [
  {
    title: "Payments not yet made",
    about:
      "Payments to affiliates that wait, are under way or are paid in part. The largest number stands first, whatever its currency.",
    who: "network users who may see billing",
    keys: networkUsers,
    view: "table",
    sort: "amount",
    query: `query OpenPayments {
  payments(
    first: 10000
    filter: { status: [WAITING, PENDING, PARTLY_PAID] }
  ) {
    totalCount
    nodes {
      id
      affiliate { companyName }
      status
      amount
      currency
      conversionsCount
      paymentSystemName
      createdAt
    }
  }
}
`,
  },
  {
    title: "Create a payment for an affiliate",
    about: "Makes a payment over a sum you name; no money moves. Each run makes another; it shows some minutes later.",
    who: "network users who may edit billing",
    keys: networkUsers,
    find: "{ affiliates(first: 1, filter: { status: ACTIVE }) { nodes { id } } }",
    variables: ({ ids }) => ({
      input: {
        affiliateId: ids("affiliates")[0] ?? "",
        amount: 25,
        currency: "USD",
        note: "Bonus for a good month",
      },
    }),
    query: `mutation CreatePayment($input: CreatePaymentInput!) {
  createPayment(input: $input) {
    outcome
    error { message }
    message
    affiliate { companyName }
  }
}
`,
  },
];
