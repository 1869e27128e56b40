import { daysAgo, type Example, networkUsers } from "../shape.js";

export const affiliateExamples: readonly Example[] = [
  {
    title: "What do we owe affiliates?",
    about:
      "What each affiliate has earned and not yet been paid, by currency, and who looks after it. The largest number stands first, whatever its currency.",
    who: "network users who may see affiliates",
    keys: networkUsers,
    view: "table",
    sort: "balances.balance",
    query: `query OwedToAffiliates {
  affiliates(first: 10000) {
    totalCount
    nodes {
      id
      companyName
      balances {
        balance
        currency
        available
        hold
      }
      status
      manager { name }
    }
  }
}
`,
  },
  {
    title: "Who waits for approval?",
    about: "Affiliates that signed up and wait for a manager's decision.",
    who: "network users who may see affiliates",
    keys: networkUsers,
    view: "table",
    query: `query WaitingAffiliates {
  affiliates(
    first: 10000
    filter: { status: ON_MODERATION }
  ) {
    totalCount
    nodes {
      id
      companyName
      email
      country
      createdAt
    }
  }
}
`,
  },
  {
    title: "Approve affiliates",
    about: "Lets waiting affiliates in, all of them in one REST call. Each is told by mail.",
    who: "network users who may edit affiliates",
    keys: networkUsers,
    find: "{ affiliates(first: 3, filter: { status: ON_MODERATION }) { nodes { id } } }",
    variables: ({ ids }) => ({ affiliateIds: ids("affiliates") }),
    query: `mutation ApproveAffiliates($affiliateIds: [ID!]!) {
  updateAffiliates(
    input: {
      changes: [
        { affiliateIds: $affiliateIds, status: ACTIVE }
      ]
    }
  ) {
    results {
      affiliateId
      affiliate { companyName email status }
      outcome
      error { code message }
    }
  }
}
`,
  },
  {
    title: "Connect an affiliate to offers",
    about: "Lets an affiliate run several offers, in one REST call and without a mail.",
    who: "network users who may edit the offers",
    keys: networkUsers,
    find: "{ affiliates(first: 1, filter: { status: ACTIVE }) { nodes { id } } offers(first: 3, filter: { status: [ACTIVE] }) { nodes { id } } }",
    variables: ({ ids }) => ({ affiliateId: ids("affiliates")[0] ?? "", offerIds: ids("offers") }),
    query: `mutation ConnectAffiliate(
  $affiliateId: ID!
  $offerIds: [ID!]!
) {
  connectAffiliateToOffers(
    input: {
      affiliateId: $affiliateId
      offerIds: $offerIds
      notify: false
    }
  ) {
    affiliate { companyName }
    results {
      offerId
      offer { title }
      outcome
      error { code message }
    }
  }
}
`,
  },
  {
    title: "What affiliates brought in 30 days",
    about:
      "Active affiliates with their clicks, conversions and payout, the highest paid first; 200 of them share a statistics call.",
    who: "network users who may see affiliates' statistics",
    keys: networkUsers,
    view: "table",
    sort: "statistics.conversions.confirmed.payout",
    variables: ({ today }) => ({ from: daysAgo(today, 30), to: daysAgo(today, 0) }),
    query: `query AffiliatesWithFigures($from: Date!, $to: Date!) {
  affiliates(
    first: 10000
    filter: { status: ACTIVE }
  ) {
    totalCount
    nodes {
      id
      companyName
      manager { name }
      statistics(from: $from, to: $to) {
        clicks
        conversions {
          confirmed { count payout }
          declined { count }
        }
        conversionRate
      }
    }
  }
}
`,
  },
];
