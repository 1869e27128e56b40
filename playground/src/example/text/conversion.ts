import { daysAgo, type Example, everyKey, networkUsers } from "../shape.js";

export const conversionExamples: readonly Example[] = [
  {
    title: "Conversions of the last 7 days",
    about: "The first 50 that Affise lists, and how many there are: where from, how they stand, what they pay.",
    who: "every key; affiliates and advertisers see their own",
    keys: everyKey,
    view: "table",
    variables: ({ today }) => ({ from: daysAgo(today, 6), to: daysAgo(today, 0) }),
    query: `query RecentConversions($from: Date!, $to: Date!) {
  conversions(first: 50, from: $from, to: $to) {
    totalCount
    nodes {
      createdAt
      status
      offer { title }
      goal
      country
      payout
      income
      currency
      id
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: "Why were conversions declined?",
    about: "Declined conversions of the last 7 days, sorted by the reason, with who brought them.",
    who: "network users who may see conversions and affiliates",
    keys: networkUsers,
    view: "table",
    sort: "declineReason",
    variables: ({ today }) => ({ from: daysAgo(today, 6), to: daysAgo(today, 0) }),
    query: `query DeclinedConversions($from: Date!, $to: Date!) {
  conversions(
    first: 10000
    from: $from
    to: $to
    filter: { status: [DECLINED] }
  ) {
    totalCount
    nodes {
      declineReason
      affiliate { companyName }
      offer { title }
      country
      ip
      createdAt
      comment
    }
  }
}
`,
  },
  {
    title: "Decline these conversions",
    about: "Declines several conversions in one REST call, with a note. Affise queues it: it shows some minutes later.",
    who: "network users who may edit conversions",
    keys: networkUsers,
    find: "{ conversions(first: 3, filter: { status: [PENDING] }) { nodes { id } } }",
    variables: ({ ids }) => ({ conversionIds: ids("conversions"), comment: "Test orders" }),
    query: `mutation DeclineConversions(
  $conversionIds: [ID!]!
  $comment: String
) {
  updateConversions(
    input: {
      changes: [
        {
          conversionIds: $conversionIds
          change: { status: DECLINED, comment: $comment }
        }
      ]
    }
  ) {
    results {
      conversionId
      outcome
      error { code message }
    }
  }
}
`,
  },
  {
    title: "Import conversions",
    about: "Adds conversions that were never tracked, in one REST call. Each run adds them again; they show some minutes later.",
    who: "network users who may import conversions",
    keys: networkUsers,
    find: "{ offers(first: 2, filter: { status: [ACTIVE] }) { nodes { id } } affiliates(first: 1, filter: { status: ACTIVE }) { nodes { id } } }",
    variables: ({ ids, today }) => ({
      input: {
        conversions: ids("offers").map((offerId, index) => ({
          offerId,
          affiliateId: ids("affiliates")[0] ?? "",
          actionId: `order-${index + 1001}`,
          status: "PENDING",
          createdOn: daysAgo(today, 1),
          comment: "From the shop's own books",
        })),
        notifyAffiliates: false,
      },
    }),
    query: `mutation ImportConversions($input: ImportConversionsInput!) {
  importConversions(input: $input) {
    message
    results {
      actionId
      outcome
      error { message argument }
    }
  }
}
`,
  },
];
