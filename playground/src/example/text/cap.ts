import { daysAgo, type Example, networkUsers } from "../shape.js";

export const capExamples: readonly Example[] = [
  {
    title: "Active offers and their caps",
    about: "The first 50 running offers with their advertiser and each limit: its period, what it counts, how full it is.",
    who: "network users",
    keys: networkUsers,
    view: "table",
    query: `query ActiveOffersAndCaps {
  offers(
    first: 50
    filter: { status: [ACTIVE] }
  ) {
    totalCount
    nodes {
      id
      title
      advertiser { companyName }
      caps {
        period
        type
        value
        usage { current remaining }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: "Which caps are nearly full?",
    about: "The caps of the active offers that are more than 80 percent full right now, the fullest first.",
    who: "network users",
    keys: networkUsers,
    view: "table",
    sort: "caps.usage.percent",
    query: `query NearlyFullCaps {
  offers(
    first: 10000
    filter: { status: [ACTIVE] }
  ) {
    totalCount
    nodes {
      id
      title
      caps(fullerThan: 80) {
        usage { percent current remaining }
        period
        type
        value
      }
    }
  }
}
`,
  },
  {
    title: "My biggest offers and their caps",
    about:
      "The 3 offers that earned the network most in the days you choose, each with its caps and how full they are right now.",
    who: "network users",
    keys: networkUsers,
    view: "table",
    sort: "slice.offer.caps.usage.percent",
    variables: ({ today }) => ({ from: daysAgo(today, 6), to: daysAgo(today, 0), timezone: "Europe/Berlin" }),
    query: `query BiggestOffersAndCaps($from: Date!, $to: Date!, $timezone: String) {
  statistics(
    from: $from
    to: $to
    timezone: $timezone
    by: [OFFER]
    first: 3
    orderBy: { field: CONFIRMED_EARNINGS }
  ) {
    nodes {
      slice {
        offer {
          title
          caps {
            usage { percent current remaining }
            period
            type
            value
          }
          id
        }
      }
      figures {
        conversions {
          confirmed { count earnings }
        }
      }
    }
  }
}
`,
  },
  {
    title: "Raise a cap",
    about: "Gives offers new caps. What stands here replaces all caps of the offer, so list every cap it shall keep.",
    who: "network users who may edit the offers",
    keys: networkUsers,
    find: "{ offers(first: 2, filter: { status: [ACTIVE] }) { nodes { id } } }",
    variables: ({ ids }) => ({
      input: {
        offers: ids("offers").map((offerId) => ({
          offerId,
          caps: [
            { period: "DAY", type: "CONVERSIONS", value: 500 },
            { period: "MONTH", type: "CONVERSIONS", value: 10_000 },
          ],
        })),
      },
    }),
    query: `mutation RaiseCaps($input: UpdateOfferCapsInput!) {
  updateOfferCaps(input: $input) {
    results {
      offerId
      offer {
        title
        caps {
          period
          type
          value
          usage { current remaining }
        }
      }
      outcome
      error { code message }
    }
  }
}
`,
  },
];
