import { daysAgo, type Example, everyKey, networkUsers } from "../shape.js";

export const offerExamples: readonly Example[] = [
  {
    title: "Find offers by name",
    about: "The first 20 offers with a text in title or number; change it in the variables.",
    who: "every key",
    keys: everyKey,
    view: "table",
    variables: () => ({ search: "app" }),
    query: `query FindOffers($search: String!) {
  offers(
    first: 20
    filter: { search: $search }
  ) {
    totalCount
    nodes {
      id
      title
      countries
      categories { title }
      previewUrl
    }
  }
}
`,
  },
  {
    title: "Offers changed this month",
    about: "Which offers somebody touched in the last 30 days, and how they stand now.",
    who: "network users",
    keys: networkUsers,
    view: "table",
    variables: ({ today }) => ({ since: daysAgo(today, 30) }),
    query: `query ChangedOffers($since: Date!) {
  offers(
    first: 10000
    filter: { updatedFrom: $since }
  ) {
    totalCount
    nodes {
      id
      title
      status
      privacy
      advertiser { companyName }
      updatedAt
    }
  }
}
`,
  },
  {
    title: "Everything about one offer",
    about: "Payouts, landings, targeting and creatives of a single offer.",
    who: "every key",
    keys: everyKey,
    find: "{ offers(first: 1) { nodes { id } } }",
    variables: ({ ids }) => ({ id: ids("offers")[0] ?? "1" }),
    query: `query OneOffer($id: ID!) {
  offer(id: $id) {
    id
    title
    description
    countries
    categories { title }
    payouts {
      title
      goal
      type
      payout
      currency
      countries
    }
    landings { title url }
    creatives { title type size url }
    sources { title isAllowed }
    previewUrl
    createdAt
  }
}
`,
  },
  {
    title: "Who may run this offer?",
    about: "Whether an offer is open to all, which affiliates were let in one by one, and how many were shut out.",
    who: "network users who may see affiliates",
    keys: networkUsers,
    view: "table",
    find: "{ offers(first: 1, filter: { status: [ACTIVE], privacy: [PRIVATE] }) { nodes { id } } }",
    variables: ({ ids }) => ({ id: ids("offers")[0] ?? "1" }),
    query: `query WhoMayRun($id: ID!) {
  offer(id: $id) {
    title
    access {
      privacy
      enabledAffiliates(first: 10000) {
        totalCount
        nodes { id companyName email status }
      }
      disabledAffiliates { totalCount }
    }
  }
}
`,
  },
  {
    title: "Pause these offers",
    about: "Suspends several offers in one REST call and shows how each stands afterwards.",
    who: "network users who may edit the offers",
    keys: networkUsers,
    find: "{ offers(first: 3, filter: { status: [ACTIVE] }) { nodes { id } } }",
    variables: ({ ids }) => ({ offerIds: ids("offers") }),
    query: `mutation PauseOffers($offerIds: [ID!]!) {
  updateOffers(
    input: {
      changes: [
        { offerIds: $offerIds, status: SUSPENDED }
      ]
    }
  ) {
    results {
      offerId
      offer { title status }
      outcome
      error { code message }
    }
  }
}
`,
  },
  {
    title: "Start paused offers again",
    about: "Sets suspended offers to active, all of them in one REST call.",
    who: "network users who may edit the offers",
    keys: networkUsers,
    find: "{ offers(first: 3, filter: { status: [SUSPENDED] }) { nodes { id } } }",
    variables: ({ ids }) => ({ offerIds: ids("offers") }),
    query: `mutation StartOffers($offerIds: [ID!]!) {
  updateOffers(
    input: {
      changes: [
        { offerIds: $offerIds, status: ACTIVE }
      ]
    }
  ) {
    results {
      offerId
      offer { title status }
      outcome
      error { code message }
    }
  }
}
`,
  },
  {
    title: "Create an offer",
    about: "Makes an offer for an advertiser. It starts stopped, so nothing runs before you say so.",
    who: "network users who may edit the advertiser's offers",
    keys: networkUsers,
    find: "{ advertisers(first: 1) { nodes { id } } }",
    variables: ({ ids }) => ({
      input: {
        title: "My first offer",
        advertiserId: ids("advertisers")[0] ?? "",
        url: "https://shop.example/?clickid={clickid}",
        status: "STOPPED",
        privacy: "PRIVATE",
        payouts: [{ type: "FIXED", goal: "1", payout: 4.5, income: 6, currency: "USD", countries: ["DE", "AT"] }],
        caps: [{ period: "DAY", type: "CONVERSIONS", value: 100 }],
      },
    }),
    query: `mutation CreateOffer($input: CreateOfferInput!) {
  createOffer(input: $input) {
    outcome
    error { code message }
    offer {
      id
      title
      status
      advertiser { companyName }
      payouts {
        payout
        income
        currency
        countries
      }
      caps { period type value }
    }
  }
}
`,
  },
];
